from django.urls import path

from armstrace.web.techniques import views

urlpatterns = [
    path("techniques/", views.operation_list, name="techniques"),
    path("techniques/<int:operation_id>/", views.operation, name="operation"),
    path(
        "techniques/<int:operation_id>/covers/", views.covers, name="operation-covers"
    ),
    path("techniques/<int:operation_id>/<slug:slug>/", views.act, name="operation-act"),
    path("cases/<int:case_id>/techniques/", views.of_case, name="case-techniques"),
    path("cases/<int:case_id>/techniques/ask/", views.ask, name="technique-ask"),
]
