"""What can be asked of the linked picture."""

from armstrace.intelligence.models import handling_codes
from armstrace.intelligence.queries.links import (
    RecordLinks,
    link,
    links_to_review,
    record_links,
    subjects_to_review,
)
from armstrace.intelligence.queries.picture import neighbourhood, whole_picture
from armstrace.intelligence.queries.questions import (
    Origins,
    Passed,
    arms_that_passed,
    origins,
)
from armstrace.intelligence.queries.sameness import (
    candidates,
    compare_pair,
    contradictions,
    other_units,
    proposals,
)
from armstrace.intelligence.queries.subjects import (
    SubjectFilter,
    SubjectPage,
    SubjectRow,
    subject_page,
    subject_rows,
)
