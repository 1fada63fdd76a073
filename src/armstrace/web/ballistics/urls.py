from django.urls import path

from armstrace.web.ballistics import (
    comparisons,
    conclusions,
    images,
    marks,
    references,
    searches,
    sharing,
)

urlpatterns = [
    path("ballistics/", marks.mark_list, name="ballistics"),
    path("ballistics/enrol/", marks.enrol, name="mark-enrol"),
    path("ballistics/marks/<int:mark_id>/", marks.mark, name="ballistic-mark"),
    path(
        "ballistics/marks/<int:mark_id>/<slug:shown>.png",
        images.of_mark,
        name="mark-picture",
    ),
    path("ballistics/marks/<int:mark_id>/region/", marks.region, name="mark-region"),
    path("ballistics/marks/<int:mark_id>/class/", marks.describe, name="mark-class"),
    path("ballistics/marks/<int:mark_id>/scan/", marks.rescan, name="mark-scan"),
    path("ballistics/marks/<int:mark_id>/search/", searches.begin, name="mark-search"),
    path(
        "ballistics/marks/<int:mark_id>/sharing/", sharing.decide, name="mark-sharing"
    ),
    path(
        "ballistics/marks/<int:mark_id>/compare/",
        comparisons.compare,
        name="mark-compare",
    ),
    path("ballistics/searches/", searches.search_list, name="searches"),
    path("ballistics/searches/<int:run_id>/", searches.search, name="mark-search-run"),
    path("ballistics/searches/<int:run_id>/stop/", searches.stop, name="search-stop"),
    path(
        "ballistics/searches/<int:run_id>/go-on/", searches.go_on, name="search-go-on"
    ),
    path("ballistics/comparisons/", comparisons.comparison_list, name="comparisons"),
    path(
        "ballistics/comparisons/<int:comparison_id>/",
        comparisons.comparison,
        name="comparison",
    ),
    path(
        "ballistics/comparisons/<int:comparison_id>/<slug:shown>.png",
        images.of_comparison,
        name="comparison-picture",
    ),
    path(
        "ballistics/comparisons/<int:comparison_id>/report.<slug:kind>",
        comparisons.report,
        name="comparison-report",
    ),
    path(
        "ballistics/comparisons/<int:comparison_id>/recompute/",
        comparisons.recompute,
        name="comparison-recompute",
    ),
    path(
        "ballistics/comparisons/<int:comparison_id>/conclude/",
        conclusions.conclude,
        name="conclude",
    ),
    path("ballistics/conclusions/", conclusions.conclusion_list, name="conclusions"),
    path(
        "ballistics/conclusions/<int:conclusion_id>/review/",
        conclusions.review,
        name="conclusion-review",
    ),
    path(
        "ballistics/links/<int:link_id>/remove/",
        conclusions.remove_link,
        name="link-remove",
    ),
    path("ballistics/reference-sets/", references.set_list, name="reference-sets"),
    path(
        "ballistics/reference-sets/<int:reference_id>/",
        references.reference_set,
        name="reference-set",
    ),
    path(
        "ballistics/reference-sets/<int:reference_id>/withdraw/",
        references.withdraw,
        name="reference-withdraw",
    ),
]
