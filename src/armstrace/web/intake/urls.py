from django.urls import path

from armstrace.web.intake import classes, held, notices, profiles, views

BATCH = "intake/<int:batch_id>/"
FILE = "intake/file/<slug:token>/"
PROFILE = "intake/profiles/<slug:name>/"

urlpatterns = [
    path("intake/", views.intake, name="intake"),
    path("intake/notices.csv", notices.template, name="notice-template"),
    path("intake/profiles/", profiles.profiles, name="intake-profiles"),
    path(PROFILE, profiles.profile, name="intake-profile"),
    path(f"{PROFILE}edit/", profiles.edit, name="intake-profile-edit"),
    path(f"{PROFILE}delete/", profiles.withdraw, name="intake-profile-delete"),
    path("intake/held/", held.held_rows, name="held-rows"),
    path("intake/held/<int:held_id>/", held.held_row, name="held-row"),
    path("intake/held/<int:held_id>/dismiss/", held.dismiss, name="held-dismiss"),
    path("intake/held/<int:held_id>/settle/", held.settle, name="held-settle"),
    path(FILE, views.file, name="intake-file"),
    path(f"{FILE}load/", views.load, name="intake-load"),
    path(f"{FILE}profile/<slug:kind>/", views.propose, name="intake-propose"),
    path(f"{FILE}class/<str:code>/", classes.of_file, name="intake-file-class"),
    path(BATCH, views.batch, name="batch"),
    path(f"{BATCH}class/<str:code>/", classes.of_batch, name="batch-class"),
    path(f"{BATCH}go-on/", views.go_on, name="batch-go-on"),
    path(f"{BATCH}rows.csv", views.every_row, name="batch-every-row"),
    path(f"{BATCH}held.csv", views.report, name="batch-report"),
]
