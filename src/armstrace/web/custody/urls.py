from django.urls import path

from armstrace.web.custody import counts, views

urlpatterns = [
    path("custody/", views.exhibit_list, name="custody"),
    path("custody/receive/", views.find_to_receive, name="exhibit-find"),
    path("custody/receive/<int:recovery_id>/", views.receive, name="exhibit-receive"),
    path("custody/labels/", views.labels, name="exhibit-labels"),
    path("custody/disposals/", views.disposals, name="disposals"),
    path("custody/stores/", counts.stores, name="stores"),
    path("custody/counts/", counts.count_list, name="counts"),
    path("custody/counts/<int:count_id>/", counts.count, name="count"),
    path("custody/counts/<int:count_id>/scan/", counts.scan, name="count-scan"),
    path("custody/counts/<int:count_id>/strike/", counts.strike, name="count-strike"),
    path("custody/counts/<int:count_id>/close/", counts.close, name="count-close"),
    path("custody/counts/<int:count_id>/answer/", counts.answer, name="count-answer"),
    path("custody/<int:exhibit_id>/", views.exhibit, name="exhibit"),
    path(
        "custody/<int:exhibit_id>/photograph/<int:event_id>/",
        views.photograph,
        name="exhibit-photograph",
    ),
    path("custody/<int:exhibit_id>/<slug:slug>/", views.act, name="exhibit-act"),
]
