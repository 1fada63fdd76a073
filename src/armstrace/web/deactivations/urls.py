from django.urls import path

from armstrace.web.deactivations import acts, views

HERE = "deactivations/<int:deactivation_id>/"

urlpatterns = [
    path("deactivations/", views.deactivations, name="deactivations"),
    path("deactivations/record/", acts.record, name="deactivation-record"),
    path(HERE, views.deactivation, name="deactivation"),
    path(f"{HERE}verify/", acts.verify, name="deactivation-verify"),
    path(f"{HERE}refuse/", acts.refuse, name="deactivation-refuse"),
    path(f"{HERE}fires-again/", acts.find, name="deactivation-find"),
    path(f"{HERE}certificate/", views.paper, name="deactivation-paper"),
]
