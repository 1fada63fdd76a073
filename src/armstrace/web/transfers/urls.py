from django.urls import path

from armstrace.web.transfers import consignments, views

ONE = "transfers/<int:authorisation_id>/"
WAY = "transfers/consignments/<int:consignment_id>/"

urlpatterns = [
    path("transfers/", views.authorisation_list, name="transfers"),
    path("transfers/record/<slug:slug>/", views.record, name="authorisation-record"),
    path("transfers/consignments/", consignments.consignment_list, name="consignments"),
    path(WAY, consignments.consignment, name="consignment"),
    path(f"{WAY}step/", consignments.step, name="consignment-step"),
    path(f"{WAY}take-back/", consignments.take_back, name="consignment-take-back"),
    path(f"{WAY}case/", consignments.open_case, name="consignment-case"),
    path(f"{ONE}consign/", consignments.send, name="consignment-send"),
    path(ONE, views.authorisation, name="authorisation"),
    path(f"{ONE}do/<slug:slug>/", views.act, name="authorisation-act"),
    path(f"{ONE}documents/<int:place>/", views.paper, name="authorisation-document"),
]
