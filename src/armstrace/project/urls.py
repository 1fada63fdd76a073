"""The roots of the staff site and of the API."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("armstrace.web.urls")),
]
