"""What a statement is held to: its provenance, and the records that it links."""

from datetime import date, timedelta
from typing import Any

from armstrace.audit import declarations
from armstrace.intelligence import rules
from armstrace.intelligence.inputs import Provenance, SubjectInput
from armstrace.intelligence.models import OPENED_BY, Subject, SubjectRecord
from armstrace.licensing.models import Holder
from armstrace.records import lengths, scope
from armstrace.records.rules import IN_LIVING_MEMORY, Happened
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import LossReport, Withdrawal
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import NodeKind

# What each table stands for in the picture; a subject says its own kind.
KINDS = {
    "registry.arm": NodeKind.ARM,
    "recoveries.recovery": NodeKind.RECOVERY,
    "licensing.holder": NodeKind.HOLDER,
    "registry.lossreport": NodeKind.LOSS,
    "investigations.case": NodeKind.CASE,
    "intelligence.subject": None,
}


def require_end(text: str, *, by: Actor, field: str) -> str:
    """Give the number of a record that exists for these eyes and is in use.

    Raises:
        InvalidInput: There is no such record, or none for these eyes.
        RuleBroken: ``LP-05``, it was withdrawn.
    """
    number, is_in_use = find_end(text, by=by, field=field)
    rules.IN_USE.require((number, not is_in_use))
    return number


def find_end(text: str, *, by: Actor, field: str) -> tuple[str, bool]:
    """Give the number of a record for these eyes, and whether it is in use.

    Raises:
        InvalidInput: There is no such record, or none for these eyes.
    """
    found = declarations.identify(text)
    if found is None or not _is_there(found, by):
        msg = message(
            "There is no record %(record)s here that can be linked; check the number.",
            record=text.strip()[:40] or "—",
        )
        raise InvalidInput(msg, field=field)
    return found.written, not _is_withdrawn(found)


def kind_of(key: str) -> NodeKind | None:
    """Give what a record's number stands for; None for what is no part of it."""
    found = declarations.identify(key)
    if found is None or found.label not in KINDS:
        return None
    if found.label == "intelligence.subject":
        subject = Subject.objects.filter(pk=found.key).first()
        return NodeKind(subject.kind) if subject else None
    return KINDS[found.label]


def _is_there(found: declarations.Identified, by: Actor) -> bool:
    if found.label not in KINDS:
        return False
    if found.label == "licensing.holder" and by.may("intelligence.judge"):
        # Who says which records are of one person knows holders by number.
        return Holder.objects.filter(pk=found.key).exists()
    return scope.is_visible(found.app, found.number.model, found.key, viewer=by)


def _is_withdrawn(found: declarations.Identified) -> bool:
    gone: dict[str, Any] = {
        "intelligence.subject": Subject.objects.filter(pk=found.key, is_withdrawn=True),
        "registry.arm": Withdrawal.objects.current().filter(arm_id=found.key),
        "recoveries.recovery": Recovery.objects.filter(pk=found.key).filter(
            withdrawals__superseded_at=None, withdrawals__same_as__isnull=False
        ),
        # Another report took its place.
        "registry.lossreport": LossReport.objects.filter(
            pk=found.key, superseded_at__isnull=False
        ),
    }
    return found.label in gone and gone[found.label].exists()


# No day of a statement lies farther ahead; a later one is a slip.
FARTHEST = timedelta(days=36_525)
GRADED = ("source", "restriction")
SUBJECT = lengths.limits(
    SubjectRecord,
    {name: name for name in ("name", "born", "document", "place")}
    | {f"provenance.{name}": name for name in GRADED},
    {f"provenance.{name}": name for name in GRADED},
    of=SubjectInput,
)
# What both say of where they come from has one limit.
LINK = tuple(limit for limit in SUBJECT if limit.name in GRADED)


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
