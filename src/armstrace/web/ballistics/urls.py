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

MARK = "ballistics/marks/<int:mark_id>/"
COMPARISON = "ballistics/comparisons/<int:comparison_id>/"
SEARCH = "ballistics/searches/<int:run_id>/"
REFERENCE = "ballistics/reference-sets/<int:reference_id>/"

urlpatterns = [
    path("ballistics/", marks.mark_list, name="ballistics"),
    path("ballistics/enrol/", marks.enrol, name="mark-enrol"),
    path(MARK, marks.mark, name="ballistic-mark"),
    path(f"{MARK}<slug:shown>.png", images.of_mark, name="mark-picture"),
    path(f"{MARK}region/", marks.region, name="mark-region"),
    path(f"{MARK}class/", marks.describe, name="mark-class"),
    path(f"{MARK}scan/", marks.rescan, name="mark-scan"),
    path(f"{MARK}search/", searches.begin, name="mark-search"),
    path(f"{MARK}sharing/", sharing.decide, name="mark-sharing"),
    path(f"{MARK}compare/", comparisons.compare, name="mark-compare"),
    path("ballistics/searches/", searches.search_list, name="searches"),
    path(SEARCH, searches.search, name="mark-search-run"),
    path(f"{SEARCH}stop/", searches.stop, name="search-stop"),
    path(f"{SEARCH}go-on/", searches.go_on, name="search-go-on"),
    path("ballistics/comparisons/", comparisons.comparison_list, name="comparisons"),
    path(COMPARISON, comparisons.comparison, name="comparison"),
    path(
        f"{COMPARISON}<slug:shown>.png", images.of_comparison, name="comparison-picture"
    ),
    path(
        f"{COMPARISON}report.<slug:kind>", comparisons.report, name="comparison-report"
    ),
    path(f"{COMPARISON}recompute/", comparisons.recompute, name="comparison-recompute"),
    path(f"{COMPARISON}conclude/", conclusions.conclude, name="conclude"),
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
    path(REFERENCE, references.reference_set, name="reference-set"),
    path(f"{REFERENCE}withdraw/", references.withdraw, name="reference-withdraw"),
]
