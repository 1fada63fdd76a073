from django.urls import path

from armstrace.web.intake import classes, held, profiles, views

urlpatterns = [
    path("intake/", views.intake, name="intake"),
    path("intake/profiles/", profiles.profiles, name="intake-profiles"),
    path("intake/profiles/<slug:name>/", profiles.profile, name="intake-profile"),
    path(
        "intake/profiles/<slug:name>/edit/", profiles.edit, name="intake-profile-edit"
    ),
    path(
        "intake/profiles/<slug:name>/delete/",
        profiles.withdraw,
        name="intake-profile-delete",
    ),
    path("intake/held/", held.held_rows, name="held-rows"),
    path("intake/held/<int:held_id>/", held.held_row, name="held-row"),
    path("intake/held/<int:held_id>/dismiss/", held.dismiss, name="held-dismiss"),
    path("intake/held/<int:held_id>/settle/", held.settle, name="held-settle"),
    path("intake/file/<slug:token>/", views.file, name="intake-file"),
    path("intake/file/<slug:token>/load/", views.load, name="intake-load"),
    path(
        "intake/file/<slug:token>/profile/<slug:kind>/",
        views.propose,
        name="intake-propose",
    ),
    path(
        "intake/file/<slug:token>/class/<str:code>/",
        classes.of_file,
        name="intake-file-class",
    ),
    path("intake/<int:batch_id>/", views.batch, name="batch"),
    path(
        "intake/<int:batch_id>/class/<str:code>/", classes.of_batch, name="batch-class"
    ),
    path("intake/<int:batch_id>/go-on/", views.go_on, name="batch-go-on"),
    path("intake/<int:batch_id>/rows.csv", views.every_row, name="batch-every-row"),
    path("intake/<int:batch_id>/held.csv", views.report, name="batch-report"),
]
