from django.urls import path

from armstrace.web.licensing import applications, held, stock, trade, views

ONE = "licences/<int:application_id>/"

urlpatterns = [
    path("licences/", applications.application_list, name="licences"),
    path("licences/apply/", applications.kinds, name="licence-kinds"),
    path("licences/apply/<slug:slug>/", applications.apply, name="licence-apply"),
    path("licences/timeliness/", held.timeliness, name="licence-timeliness"),
    path("licences/held/", held.licence_list, name="held-licences"),
    path("licences/written/", held.licences_written, name="licences-written"),
    path("licences/held/<int:licence_id>/", held.licence, name="held-licence"),
    path(
        "licences/held/<int:licence_id>/<slug:slug>/",
        held.restrict,
        name="held-licence-act",
    ),
    path("licences/changed/", applications.otherwise, name="licences-changed"),
    path(ONE, applications.application, name="application"),
    path(f"{ONE}change/", applications.change, name="application-change"),
    path(f"{ONE}do/<slug:slug>/", applications.act, name="application-act"),
    path(
        f"{ONE}documents/<int:document_id>/",
        applications.document,
        name="application-document",
    ),
    path("holders/", views.holder_list, name="holders"),
    path("holders/record/", views.record, name="holder-record"),
    path("holders/changed/", held.kinds_changed, name="kinds-changed"),
    path("holders/<int:holder_id>/", views.holder, name="holder"),
    path("holders/<int:holder_id>/stock/", stock.book, name="holder-stock"),
    path("holders/<int:holder_id>/reporting/", trade.assign, name="holder-reporting"),
    path("holders/<int:holder_id>/closing/", trade.close, name="holder-closing"),
    path("holders/<int:holder_id>/correct/", views.correct, name="holder-correct"),
]
