from django.urls import path

from armstrace.web.investigations import views

urlpatterns = [
    path("cases/", views.case_list, name="cases"),
    path("cases/open/", views.open_case, name="case-open"),
    path("cases/<int:case_id>/", views.case, name="case"),
]
