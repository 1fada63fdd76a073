from django.urls import path

from armstrace.web import years  # noqa: F401 - names the kind of address
from armstrace.web.figures import (
    progress_views,
    publishing_views,
    return_table_views,
    return_views,
    shortfall_views,
    views,
    world_views,
)

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/world/", world_views.world, name="world"),
    path("figures/world/<int:release_id>/", world_views.release, name="release"),
    path(
        "figures/world/<int:release_id>/country/",
        world_views.country_of,
        name="country-of",
    ),
    path(
        "figures/world/<int:release_id>/<slug:iso3>/",
        world_views.country,
        name="country",
    ),
    path("figures/return/", return_views.years, name="returns"),
    path("figures/return/<year:year>/", return_views.year, name="return-year"),
    path(
        "figures/return/<year:year>/cell/<str:key>/",
        return_views.records,
        name="return-records",
    ),
    path(
        "figures/return/<year:year>/checks/", return_views.checks, name="return-checks"
    ),
    path(
        "figures/return/<year:year>/explain/",
        return_views.explain,
        name="return-explain",
    ),
    path(
        "figures/return/<year:year>/enter/<str:key>/",
        return_views.enter,
        name="return-enter",
    ),
    path(
        "figures/return/<year:year>/table/<str:table_id>/",
        return_table_views.enter_table,
        name="return-enter-table",
    ),
    path(
        "figures/return/<year:year>/figures.csv",
        return_views.blanks,
        name="return-blanks",
    ),
    path("figures/return/<year:year>/load/", return_views.load, name="return-load"),
    path("figures/return/<year:year>/keep/", return_views.keep, name="return-keep"),
    path(
        "figures/return/<year:year>/changes/",
        return_views.changes,
        name="return-changes",
    ),
    path("figures/return/kept/<int:return_id>/", return_views.kept, name="return-kept"),
    path("figures/publications/", publishing_views.editions, name="publications"),
    path(
        "figures/publications/<int:publication_id>/withdraw/",
        publishing_views.withdraw,
        name="publication-withdraw",
    ),
    path("figures/pictures/", progress_views.look, name="look"),
    path("figures/<year:year>/pictures/", progress_views.look, name="look-year"),
    path(
        "figures/<year:year>/pictures/stage/<str:stage>/",
        progress_views.progress,
        name="progress-records",
    ),
    path(
        "figures/<year:year>/pictures/stage/<str:stage>/<str:reason>/",
        progress_views.progress,
        name="stopped-records",
    ),
    path(
        "figures/<year:year>/pictures/route/<str:code>/",
        progress_views.route,
        name="route-records",
    ),
    path("figures/<year:year>/", views.figures, name="figures-year"),
    path("figures/<year:year>/<slug:method>/keep/", views.keep, name="figure-keep"),
    path(
        "figures/<year:year>/<slug:method>/shortfall/",
        shortfall_views.shortfall,
        name="shortfall",
    ),
    path(
        "figures/<year:year>/<slug:method>/shortfall/<str:reason>/",
        shortfall_views.records,
        name="shortfall-records",
    ),
    path(
        "figures/<year:year>/<slug:method>/<str:part>/",
        views.records,
        name="figure-records",
    ),
]
