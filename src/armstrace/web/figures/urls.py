from django.urls import path

from armstrace.web.figures import looking_views, views, world_views

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
    path("figures/pictures/", looking_views.look, name="look"),
    path("figures/<int:year>/pictures/", looking_views.look, name="look-year"),
    path(
        "figures/<int:year>/pictures/stage/<str:stage>/",
        looking_views.progress,
        name="progress-records",
    ),
    path(
        "figures/<int:year>/pictures/stage/<str:stage>/<str:reason>/",
        looking_views.progress,
        name="stopped-records",
    ),
    path(
        "figures/<int:year>/pictures/route/<str:code>/",
        looking_views.route,
        name="route-records",
    ),
    path("figures/<int:year>/", views.figures, name="figures-year"),
    path("figures/<int:year>/<slug:method>/keep/", views.keep, name="figure-keep"),
    path(
        "figures/<int:year>/<slug:method>/<str:part>/",
        views.records,
        name="figure-records",
    ),
]
