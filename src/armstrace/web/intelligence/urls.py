from django.urls import path

from armstrace.web.intelligence import views

urlpatterns = [
    path("intelligence/", views.subjects, name="intelligence"),
    path("intelligence/subjects/<int:subject_id>/", views.subject, name="subject"),
    path("intelligence/links/<int:link_id>/", views.link, name="link"),
]
