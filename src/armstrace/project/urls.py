"""The roots of the staff site, of the API and of the public statistics."""

from django.urls import URLPattern, URLResolver, include, path

from armstrace.api.main import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("public/", include("armstrace.public.urls")),
    path("", include("armstrace.web.urls")),
]
