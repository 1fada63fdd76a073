from django.urls import path

from armstrace.web import years  # noqa: F401 - names the kind of address
from armstrace.web.figures import (
    progress_views,
    publishing_views,
    return_views,
    shortfall_views,
    views,
    world_views,
)

RETURN = "figures/return/<year:year>/"
PICTURES = "figures/<year:year>/pictures/"
YEAR = "figures/<year:year>/"
RELEASE = "figures/world/<int:release_id>/"

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/world/", world_views.world, name="world"),
    path(RELEASE, world_views.release, name="release"),
    path(f"{RELEASE}country/", world_views.country_of, name="country-of"),
    path(f"{RELEASE}<slug:iso3>/", world_views.country, name="country"),
    path("figures/return/", return_views.years, name="returns"),
    path(RETURN, return_views.year, name="return-year"),
    path(f"{RETURN}cell/<str:key>/", return_views.records, name="return-records"),
    path(f"{RETURN}checks/", return_views.checks, name="return-checks"),
    path(f"{RETURN}explain/", return_views.explain, name="return-explain"),
    path(f"{RETURN}enter/<str:key>/", return_views.enter, name="return-enter"),
    path(
        f"{RETURN}table/<str:table_id>/",
        return_views.enter_table,
        name="return-enter-table",
    ),
    path(f"{RETURN}figures.csv", return_views.blanks, name="return-blanks"),
    path(f"{RETURN}load/", return_views.load, name="return-load"),
    path(f"{RETURN}keep/", return_views.keep, name="return-keep"),
    path(f"{RETURN}changes/", return_views.changes, name="return-changes"),
    path("figures/return/kept/<int:return_id>/", return_views.kept, name="return-kept"),
    path("figures/publications/", publishing_views.editions, name="publications"),
    path(
        "figures/publications/<int:publication_id>/withdraw/",
        publishing_views.withdraw,
        name="publication-withdraw",
    ),
    path("figures/pictures/", progress_views.look, name="look"),
    path(PICTURES, progress_views.look, name="look-year"),
    path(
        f"{PICTURES}stage/<str:stage>/",
        progress_views.progress,
        name="progress-records",
    ),
    path(
        f"{PICTURES}stage/<str:stage>/<str:reason>/",
        progress_views.progress,
        name="stopped-records",
    ),
    path(f"{PICTURES}route/<str:code>/", progress_views.route, name="route-records"),
    path(YEAR, views.figures, name="figures-year"),
    path(f"{YEAR}<slug:method>/keep/", views.keep, name="figure-keep"),
    path(
        f"{YEAR}<slug:method>/shortfall/", shortfall_views.shortfall, name="shortfall"
    ),
    path(
        f"{YEAR}<slug:method>/shortfall/<str:reason>/",
        shortfall_views.records,
        name="shortfall-records",
    ),
    path(f"{YEAR}<slug:method>/<str:part>/", views.records, name="figure-records"),
]
