from django.urls import path

from armstrace.web.recoveries import photographs, recording, views, work

urlpatterns = [
    path("recoveries/", views.recovery_list, name="recoveries"),
    path("recoveries/ammunition/", views.ammunition_list, name="ammunition"),
    path("recoveries/parts/", views.part_list, name="parts"),
    path("recoveries/queue/", work.queue, name="work-queue"),
    path("recoveries/queue/next/", work.next_one, name="work-next"),
    path("recoveries/queue/assign/", work.assign, name="work-assign"),
    path("recoveries/queue/filters/", work.keep_filter, name="work-filter"),
    path("recoveries/record/", recording.record, name="recovery-record"),
    path("recoveries/<int:recovery_id>/", views.recovery, name="recovery"),
    path(
        "recoveries/<int:recovery_id>/correct/", views.correct, name="recovery-correct"
    ),
    path(
        "recoveries/<int:recovery_id>/holders/", views.holders, name="recovery-holders"
    ),
    path("recoveries/<int:recovery_id>/person/", views.person, name="recovery-person"),
    path(
        "recoveries/<int:recovery_id>/candidates/<int:arm_id>/",
        views.judge,
        name="recovery-judge",
    ),
    path(
        "recoveries/<int:recovery_id>/photographs/",
        photographs.add,
        name="recovery-photograph",
    ),
    path(
        "recoveries/<int:recovery_id>/photographs/<int:photograph_id>/",
        photographs.show,
        name="photograph",
    ),
]
