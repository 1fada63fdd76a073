from django.urls import path

from armstrace.web.transfers import views

ONE = "transfers/<int:authorisation_id>/"

urlpatterns = [
    path("transfers/", views.authorisation_list, name="transfers"),
    path("transfers/record/<slug:slug>/", views.record, name="authorisation-record"),
    path(ONE, views.authorisation, name="authorisation"),
    path(f"{ONE}do/<slug:slug>/", views.act, name="authorisation-act"),
    path(f"{ONE}documents/<int:place>/", views.paper, name="authorisation-document"),
]
