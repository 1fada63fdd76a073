from django.urls import path

from armstrace.web.matching import tuning, views

TUNING = "recoveries/matching/tuning/"

urlpatterns = [
    path("recoveries/matching/", views.runs, name="matching"),
    path("recoveries/matching/<int:run_id>/", views.run, name="matching-run"),
    path("recoveries/matching/<int:run_id>/go-on/", views.go_on, name="matching-go-on"),
    path(
        "recoveries/<int:recovery_id>/beside/<int:other_id>/", views.pair, name="pair"
    ),
    path(TUNING, tuning.page, name="matching-tuning"),
    path(f"{TUNING}propose/", tuning.propose, name="matching-tuning-propose"),
    path(f"{TUNING}<int:tuning_id>/use/", tuning.use, name="matching-tuning-use"),
    path(f"{TUNING}take-back/", tuning.take_back, name="matching-tuning-take-back"),
]
