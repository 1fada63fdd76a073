"""What every statement of intelligence is held to before it is written."""

from datetime import date, timedelta
from typing import Any

from armstrace.intelligence import rules
from armstrace.intelligence.inputs import Provenance
from armstrace.intelligence.models import OPENED_BY, Link, SubjectRecord
from armstrace.records import lengths
from armstrace.records.rules import IN_LIVING_MEMORY, Happened
from armstrace.vocabulary.actors import Actor

# No day of a statement lies farther ahead; a later one is a slip.
FARTHEST = timedelta(days=36_525)
GRADED = ("source", "restriction")
SUBJECT = lengths.limits(
    SubjectRecord,
    {name: name for name in ("name", "born", "document", "place")}
    | {f"provenance.{name}": name for name in GRADED},
    {f"provenance.{name}": name for name in GRADED},
)
LINK = lengths.limits(
    Link,
    {f"provenance.{name}": name for name in GRADED},
    {f"provenance.{name}": name for name in GRADED},
)


def require_provenance(stated: Provenance, *, by: Actor, today: date) -> None:
    """Refuse information without a source, a day of review or its restrictions.

    Raises:
        NotPermitted: ``by`` could not see what they record by this handling code.
        RuleBroken: ``LP-02``, no source; ``LP-03``, H3 without words; ``LP-04``, the
            review day is past.
    """
    by.require(OPENED_BY[stated.handling], agency=by.agency)
    rules.SOURCED.require(stated.source)
    rules.RESTRICTED.require((stated.handling, stated.restriction))
    rules.REVIEWED.require((stated.review_on, today))
    IN_LIVING_MEMORY.require(Happened("review_on", stated.review_on, today + FARTHEST))


def grade_columns(stated: Provenance) -> dict[str, Any]:
    """Give the columns in which provenance is kept."""
    return {
        "source": stated.source.strip(),
        "source_grade": stated.source_grade.value,
        "information_grade": stated.information_grade.value,
        "handling": stated.handling.value,
        "restriction": stated.restriction.strip(),
        "review_on": stated.review_on,
    }
