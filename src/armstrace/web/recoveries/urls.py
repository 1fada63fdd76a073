from django.urls import path

from armstrace.web.recoveries import photographs, recording, views, withdrawing, work

RECOVERY = "recoveries/<int:recovery_id>/"
PHOTOGRAPH = f"{RECOVERY}photographs/<int:photograph_id>/"

urlpatterns = [
    path("recoveries/", views.recovery_list, name="recoveries"),
    path("recoveries/ammunition/", views.ammunition_list, name="ammunition"),
    path("recoveries/parts/", views.part_list, name="parts"),
    path("recoveries/queue/", work.queue, name="work-queue"),
    path("recoveries/queue/next/", work.next_one, name="work-next"),
    path("recoveries/queue/assign/", work.assign, name="work-assign"),
    path("recoveries/queue/filters/", work.keep_filter, name="work-filter"),
    path("recoveries/record/", recording.record, name="recovery-record"),
    path(RECOVERY, views.recovery, name="recovery"),
    path(f"{RECOVERY}correct/", views.correct, name="recovery-correct"),
    path(f"{RECOVERY}withdraw/", withdrawing.withdraw, name="recovery-withdraw"),
    path(f"{RECOVERY}reinstate/", withdrawing.reinstate, name="recovery-reinstate"),
    path(f"{RECOVERY}holders/", views.holders, name="recovery-holders"),
    path(f"{RECOVERY}person/", views.person, name="recovery-person"),
    path(f"{RECOVERY}candidates/<int:arm_id>/", views.judge, name="recovery-judge"),
    path(f"{RECOVERY}photographs/", photographs.add, name="recovery-photograph"),
    path(PHOTOGRAPH, photographs.show, name="photograph"),
    path(f"{PHOTOGRAPH}about/", photographs.about, name="photograph-page"),
    path(
        f"{PHOTOGRAPH}withdraw/",
        withdrawing.withdraw_photograph,
        name="photograph-withdraw",
    ),
]
