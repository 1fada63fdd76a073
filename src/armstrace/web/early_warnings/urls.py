from django.urls import path

from armstrace.web.early_warnings import views

urlpatterns = [
    path("warnings/", views.warnings, name="warnings"),
    path("warnings/<int:warning_id>/", views.warning, name="warning"),
    path("warnings/<int:warning_id>/decide/", views.decide, name="warning-decide"),
    path("warnings/<int:warning_id>/case/", views.open_case, name="warning-case"),
]
