from django.urls import path

from armstrace.web.supervision import views

urlpatterns = [
    path("traces/supervision/", views.workload, name="workload"),
    path("traces/supervision/acts/", views.acts_done, name="acts-done"),
    path("traces/supervision/waivers/", views.waivers, name="waivers"),
    path("traces/supervision/tunings/", views.tuning_uses, name="tuning-uses"),
]
