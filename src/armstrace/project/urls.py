"""The roots of the staff site, of the API and of the public statistics."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from armstrace.api import docs
from armstrace.api.errors import answer_no_route
from armstrace.api.main import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/docs", docs.show, name="api-docs"),
    re_path(r"^api(?:/|$)", csrf_exempt(answer_no_route)),
    path("public/", include("armstrace.public.urls")),
    path("", include("armstrace.web.urls")),
]
handler500 = "armstrace.project.failing.answer"
