from django.urls import path

from armstrace.web.stockpiles import acts, views

urlpatterns = [
    path("stockpiles/", views.stockpiles, name="stockpiles"),
    path("stockpiles/<int:depot_id>/", views.depot, name="depot"),
    path("stockpiles/<int:depot_id>/<slug:slug>/", acts.act, name="depot-act"),
    path("stockpiles/lots/<int:lot_id>/", views.lot, name="lot-of-rounds"),
    path("stockpiles/lots/<int:lot_id>/recall/", acts.recall, name="lot-recall"),
    path("stockpiles/papers/<int:paper_id>/", views.paper, name="stock-paper"),
    path("stockpiles/papers/<int:paper_id>/end/", acts.end, name="stock-paper-end"),
    path("stockpiles/counts/<int:stock_count_id>/", views.count, name="stock-count"),
    path(
        "stockpiles/counts/<int:stock_count_id>/sign/",
        acts.sign,
        name="stock-count-sign",
    ),
]
