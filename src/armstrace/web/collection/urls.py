from django.urls import path

from armstrace.web.collection import views

urlpatterns = [
    path("collection/", views.campaign_list, name="campaigns"),
    path("collection/open/", views.open_campaign, name="campaign-open"),
    path("collection/<int:campaign_id>/", views.campaign, name="campaign"),
    path(
        "collection/<int:campaign_id>/publish/", views.publish, name="campaign-publish"
    ),
    path(
        "collection/<int:campaign_id>/correct/",
        views.correct_counts,
        name="campaign-correct",
    ),
    path("collection/<int:campaign_id>/desk/", views.take_in, name="campaign-desk"),
    path("collection/receipt/<int:hand_in_id>/", views.receipt, name="hand-in"),
    path(
        "collection/receipt/<int:hand_in_id>/settle/",
        views.settle,
        name="hand-in-settle",
    ),
]
