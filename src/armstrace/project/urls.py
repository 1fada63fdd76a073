"""The roots of the staff site and of the API."""

from django.urls import URLPattern, URLResolver, include, path

from armstrace.api.main import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("armstrace.web.urls")),
]
