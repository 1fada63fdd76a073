from django.urls import path

from armstrace.web.investigations import views, writing

ENTRY = "cases/<int:case_id>/entries/<int:number>/"

urlpatterns = [
    path("cases/", views.case_list, name="cases"),
    path("cases/mine/", views.own_cases, name="own-cases"),
    path("cases/open/", views.open_case, name="case-open"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/print/", views.print_case, name="case-print"),
    path("cases/<int:case_id>/ask/", views.ask, name="case-ask"),
    path("cases/<int:case_id>/do/<slug:slug>/", writing.act, name="case-act"),
    path("cases/<int:case_id>/add/<slug:slug>/", writing.add, name="case-add"),
    path(ENTRY, writing.entry, name="case-entry"),
    path(ENTRY + "withdraw/", writing.withdraw, name="case-entry-withdraw"),
    path(ENTRY + "with/", writing.add_to, name="case-entry-with"),
    path(ENTRY + "undo/", writing.undo, name="case-entry-undo"),
    path(ENTRY + "done/", writing.finish, name="case-entry-done"),
    path(ENTRY + "file/", writing.document, name="case-document"),
    path(
        "cases/<int:case_id>/recoveries/<int:recovery_id>/",
        views.case_item,
        name="case-item",
    ),
    path("cases/<int:case_id>/part/<slug:tab>/", views.case, name="case-part"),
]
