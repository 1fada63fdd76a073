from django.urls import path

from armstrace.web.vetting import refusals, screening, views

urlpatterns = [
    path("vetting/", views.vettings, name="vettings"),
    path("vetting/ask/", views.ask, name="vetting-ask"),
    path("vetting/<int:request_id>/", views.vetting, name="vetting"),
    path("vetting/hits/", screening.hits, name="hits"),
    path("vetting/hits/<int:hit_id>/", screening.hit, name="hit"),
    path("vetting/names/", screening.names, name="screen-name"),
    path("vetting/lists/", screening.name_lists, name="name-lists"),
    path("vetting/refusals/", refusals.refusals, name="refusals"),
    path("vetting/refusals/enter/", refusals.enter, name="refusal-enter"),
    path("vetting/refusals/<int:refusal_id>/", refusals.refusal, name="refusal"),
]
