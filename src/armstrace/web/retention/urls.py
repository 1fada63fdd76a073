from django.urls import path

from armstrace.web.retention import views

urlpatterns = [
    path("retention/", views.retention, name="retention"),
    path("retention/holds/", views.holds, name="holds"),
    path("retention/holds/<int:hold_id>/lift/", views.lift, name="hold-lift"),
    path("retention/erasures/", views.erasures, name="erasures"),
    path("retention/erasures/<int:erasure_id>/", views.erasure, name="erasure"),
]
