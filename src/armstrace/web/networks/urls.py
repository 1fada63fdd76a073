from django.urls import path

from armstrace.web.networks import views

urlpatterns = [
    path("intelligence/network/", views.network, name="network"),
    path("intelligence/network/file.<str:ending>", views.file, name="network-file"),
    path("intelligence/network/path/", views.paths_between, name="network-path"),
    path("intelligence/network/overview/", views.overview, name="network-overview"),
    path("intelligence/network/survey/", views.survey, name="network-survey"),
    path("intelligence/network/schema.zip", views.schema, name="network-schema"),
]
