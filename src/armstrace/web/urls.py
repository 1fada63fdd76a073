"""The staff pages, in the order of the flow."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="today")),
    path("", include("django.conf.urls.i18n")),
    path("", include("armstrace.web.sign_in.urls")),
    path("", include("armstrace.web.today.urls")),
    path("", include("armstrace.web.recoveries.urls")),
    path("", include("armstrace.web.matching.urls")),
    path("", include("armstrace.web.registry.urls")),
    path("", include("armstrace.web.tracing.urls")),
    path("", include("armstrace.web.ballistics.urls")),
    path("", include("armstrace.web.return_exports.urls")),
    path("", include("armstrace.web.figures.urls")),
    path("", include("armstrace.web.intake.urls")),
    path("", include("armstrace.web.administration.urls")),
]
