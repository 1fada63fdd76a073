"""The staff pages: every folder of ``web`` that has ``urls.py`` is one area."""

import pkgutil
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from armstrace import web


def areas() -> list[str]:
    """Name the modules of addresses; no address is of two areas."""
    found = [
        f"{web.__name__}.{each.name}"
        for each in pkgutil.iter_modules(web.__path__)
        if each.ispkg
    ]
    return [f"{area}.urls" for area in found if find_spec(f"{area}.urls")]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="today")),
    path("", include("django.conf.urls.i18n")),
    *(path("", include(area)) for area in areas()),
]
