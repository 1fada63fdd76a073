from django.urls import path

from armstrace.web.disposal import views

urlpatterns = [
    path("destruction/", views.lot_list, name="lots"),
    path("destruction/open/", views.open_lot, name="lot-open"),
    path("destruction/<int:lot_id>/", views.lot, name="lot"),
    path(
        "destruction/<int:lot_id>/photograph/<int:photograph_id>/",
        views.photograph,
        name="lot-photograph",
    ),
    path("destruction/<int:lot_id>/<slug:slug>/", views.lot_act, name="lot-act"),
    path("destruction/item/<str:item_number>/", views.item, name="disposal-item"),
    path(
        "destruction/item/<str:item_number>/<slug:condition>/",
        views.decide,
        name="disposal-decide",
    ),
]
