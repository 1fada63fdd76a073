from django.urls import path

from armstrace.web.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<int:year>/", views.figures, name="figures-year"),
    path("figures/<int:year>/<slug:method>/keep/", views.keep, name="figure-keep"),
    path(
        "figures/<int:year>/<slug:method>/<str:part>/",
        views.records,
        name="figure-records",
    ),
]
