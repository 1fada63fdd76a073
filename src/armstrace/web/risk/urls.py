from django.urls import path

from armstrace.web.risk import views

urlpatterns = [
    path("examinations/", views.examinations, name="examinations"),
    path("examinations/declarations/", views.declarations, name="declarations"),
    path(
        "examinations/declarations/<int:declaration_id>/",
        views.declaration,
        name="declaration",
    ),
    path("examinations/indicators/", views.indicators, name="risk-indicators"),
    path("examinations/backtest/", views.backtest, name="risk-backtest"),
    path("examinations/traced/", views.arms_with_signs, name="risk-traced"),
    path("examinations/dealers/", views.dealers, name="risk-dealers"),
]
