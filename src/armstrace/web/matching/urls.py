from django.urls import path

from armstrace.web.matching import tuning, views

urlpatterns = [
    path("recoveries/matching/", views.runs, name="matching"),
    path("recoveries/matching/<int:run_id>/", views.run, name="matching-run"),
    path("recoveries/matching/<int:run_id>/go-on/", views.go_on, name="matching-go-on"),
    path(
        "recoveries/<int:recovery_id>/beside/<int:other_id>/", views.pair, name="pair"
    ),
    path("recoveries/matching/tuning/", tuning.page, name="matching-tuning"),
    path(
        "recoveries/matching/tuning/propose/",
        tuning.propose,
        name="matching-tuning-propose",
    ),
    path(
        "recoveries/matching/tuning/<int:tuning_id>/use/",
        tuning.use,
        name="matching-tuning-use",
    ),
    path(
        "recoveries/matching/tuning/take-back/",
        tuning.take_back,
        name="matching-tuning-take-back",
    ),
]
