from django.urls import path

from armstrace.web.tracing import views

TRACE = "traces/<int:recovery_id>/"

urlpatterns = [
    path("traces/", views.trace_list, name="traces"),
    path(TRACE, views.trace, name="trace"),
    path(f"{TRACE}at-home/", views.trace_at_home, name="trace-at-home"),
    path(f"{TRACE}holders/", views.holders, name="trace-holders"),
    path(f"{TRACE}abroad/", views.abroad, {"act": "ask"}, name="trace-ask"),
    *(
        path(f"{TRACE}abroad/{act}/", views.abroad, {"act": act}, name=f"trace-{act}")
        for act in ("answer", "recall")
    ),
    path(f"{TRACE}<slug:key>/", views.decide, name="decide"),
]
