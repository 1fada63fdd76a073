"""What stands in a case, as links of the linked picture."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from armstrace.analysis.networks.graph import Edge
from armstrace.intelligence.queries.nodes import Frontier
from armstrace.investigations.models import Case, CaseEntry, CaseRecovery
from armstrace.investigations.queries.entries import reading_condition
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.networks import LinkKind

MOST_ROWS = 20_000
PUT = message("It was put into the case.")


def in_case(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the recoveries and subjects of the cases that the viewer sees.

    A sealed case is linked with nothing but for its members.
    """
    if not viewer.may("case.view") or not viewer.may("intelligence.view"):
        return
    cases = Case.objects.visible_to(viewer)
    items = CaseRecovery.objects.current().filter(
        frontier.condition(("recovery_id", "R"), ("case_id", "C")), case__in=cases
    )
    for case, item, at in items.order_by("-pk").values_list(
        "case_id", "recovery_id", "known_at"
    )[:MOST_ROWS]:
        yield _edge(f"R{item}", case, at, PUT)
    if not (frontier["P"] or frontier["C"]):
        return
    entries = CaseEntry.objects.current().filter(
        frontier.condition(("subject_id", "P"), ("case_id", "C")),
        reading_condition(viewer),
        case__in=cases,
        is_withdrawn=False,
    )
    for case, subject, at, number, code in (
        entries.exclude(subject=None)
        .order_by("-pk")
        .values_list("case_id", "subject_id", "known_at", "number", "handling")
    )[:MOST_ROWS]:
        why = message("Entry %(number)s of the case.", number=number)
        yield _edge(f"P{subject}", case, at, why, code)


def _edge(key: str, case: int, at: datetime, why: Message, handling: str = "") -> Edge:
    return Edge(
        start=key,
        end=f"C{case}",
        kind=LinkKind.IN_CASE,
        is_computed=True,
        why=why,
        day=timezone.localdate(at),
        handling=handling,
    )
