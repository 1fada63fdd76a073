from django.urls import path

from armstrace.web.intelligence import links, questions, views

SUBJECT = "intelligence/subjects/<int:subject_id>/"
urlpatterns = [
    path("intelligence/", views.subject_list, name="intelligence"),
    path("intelligence/subjects/record/", views.record, name="subject-record"),
    path(SUBJECT, views.subject, name="subject"),
    path(f"{SUBJECT}correct/", views.correct, name="subject-correct"),
    path(f"{SUBJECT}withdraw/", views.withdraw, name="subject-withdraw"),
    path("intelligence/links/record/", links.record, name="link-record"),
    path("intelligence/links/<int:link_id>/", links.link, name="link"),
    path("intelligence/same/", links.judge, name="sameness-judge"),
    path("intelligence/reviews/", links.reviews, name="intelligence-reviews"),
    path("intelligence/of/<slug:key>/", links.of_record, name="linked"),
    path(
        "intelligence/of/<slug:key>/origins/", questions.origins, name="linked-origins"
    ),
    path(
        "intelligence/of/<slug:key>/passed/", questions.passages, name="linked-passed"
    ),
]
