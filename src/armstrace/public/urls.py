"""The public pages; none of them knows a viewer."""

from django.urls import URLPattern, path

from armstrace.public import views

urlpatterns: list[URLPattern] = [
    path("", views.years, name="public"),
    path("series.json", views.series, name="public-series"),
    path("campaigns/", views.campaigns, name="public-campaigns"),
    path("receipt/", views.receipt, name="public-receipt"),
    path("certificate/", views.certificate, name="public-certificate"),
    path("<int:year>.json", views.year_json, name="public-year-json"),
    path("<int:year>/", views.year, name="public-year"),
    path("<int:year>/<str:name>", views.file, name="public-file"),
]
