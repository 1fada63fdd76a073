"""What can be asked of the linked picture."""

from armstrace.intelligence.queries.links import (
    LinkRow,
    asserted_links,
    link,
    links_to_review,
)
from armstrace.intelligence.queries.picture import (
    links_after,
    neighbourhood,
    whole_picture,
)
from armstrace.intelligence.queries.subjects import (
    SubjectFilter,
    SubjectPage,
    SubjectRow,
    subject_page,
    subject_rows,
)

__all__ = [
    "LinkRow",
    "SubjectFilter",
    "SubjectPage",
    "SubjectRow",
    "asserted_links",
    "link",
    "links_after",
    "links_to_review",
    "neighbourhood",
    "subject_page",
    "subject_rows",
    "whole_picture",
]
