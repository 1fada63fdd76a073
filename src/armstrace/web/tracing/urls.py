from django.urls import path

from armstrace.web.tracing import views

urlpatterns = [
    path("traces/", views.trace_list, name="traces"),
    path("traces/<int:recovery_id>/", views.trace, name="trace"),
    path(
        "traces/<int:recovery_id>/at-home/", views.trace_at_home, name="trace-at-home"
    ),
    path("traces/<int:recovery_id>/holders/", views.holders, name="trace-holders"),
    path("traces/<int:recovery_id>/<slug:key>/", views.decide, name="decide"),
]
