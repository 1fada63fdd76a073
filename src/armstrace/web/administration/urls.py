from django.urls import path

from armstrace.web.administration import views

urlpatterns = [
    path("administration/", views.administration, name="administration"),
    path("administration/ledger/", views.ledger, name="ledger"),
]
