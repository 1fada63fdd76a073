from django.urls import path

from armstrace.web.risk import views, worth

urlpatterns = [
    path("examinations/", views.examinations, name="examinations"),
    path("examinations/declarations/", views.declarations, name="declarations"),
    path(
        "examinations/declarations/<int:declaration_id>/",
        views.declaration,
        name="declaration",
    ),
    path("examinations/indicators/", worth.indicators, name="risk-indicators"),
    path("examinations/backtest/", worth.backtest, name="risk-backtest"),
    path("examinations/traced/", worth.arms_with_signs, name="risk-traced"),
    path("examinations/dealers/", worth.dealers, name="risk-dealers"),
]
