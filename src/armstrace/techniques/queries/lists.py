"""Operations in lists: their number, kind and state, and nothing else of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import consultations
from armstrace.techniques.models import Evaluation, HandOver, Operation
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.techniques import OperationStep, Technique


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation that the viewer has to do with."""

    operation_id: int
    case_id: int
    technique: Technique
    step: OperationStep
    # Whether its page is open to the viewer now.
    is_open: bool
    # When the authority in force ends.
    closes_at: datetime | None
    # Whether somebody wrote what was learned.
    is_learned: bool
    # Whether a hand-over waits for the viewer's signature.
    is_to_sign: bool

    @property
    def reference(self) -> str:
        """The number that people write."""
        return f"X{self.operation_id}"


def operation_rows(
    *, case_id: int | None = None, viewer: Actor, at: datetime, page: PageRequest
) -> Page[OperationRow]:
    """List the operations that are open to a viewer, and those that were.

    Of one that is not open now its number, kind and state are told, to ask for a
    further authority or to write what was learned.
    """
    is_open = Operation.objects.open_to(viewer, at)
    rows = is_open | Operation.objects.naming(viewer)
    if case_id is not None:
        rows = rows.filter(case_id=case_id)
    rows = rows.order_by("-pk")
    total = rows.count()
    page = page.within(total)
    told = rows.prefetch_related("authorities", "consents", "runs")
    shown = list(told[page.start : page.start + page.size])
    keys = [one.pk for one in shown]
    open_now = set(is_open.filter(pk__in=keys).values_list("pk", flat=True))
    consultations.show_all(Operation, keys)
    learned = Evaluation.objects.current().filter(operation__in=keys)
    told_of = set(learned.values_list("operation_id", flat=True))
    mine = hand_overs_to_sign(keys, viewer=viewer, at=at)
    signs = {one.operation_id for one in mine}
    found = [_row(one, open_now, (told_of, signs), at) for one in shown]
    return Page(found, page.number, page.size, total)


def hand_overs_to_sign(
    operation_ids: Iterable[int], *, viewer: Actor, at: datetime
) -> list[HandOver]:
    """Give the hand-overs of operations that wait for a viewer's signature.

    They wait after the authority has ended too: what was handed over was handed over.

    Args:
        viewer: Who signs: somebody named in the operation, or asked for its authority.
    """
    if not (viewer.may("technique.work") or viewer.may("technique.authorise")):
        return []
    seen = Operation.objects.open_to(viewer, at) | Operation.objects.naming(viewer)
    rows = HandOver.objects.filter(
        operation__in=seen.filter(pk__in=operation_ids), acknowledged_at=None
    )
    return [one for one in rows.order_by("number") if one.is_signed_by(viewer.name)]


def is_open(operation_id: int, *, viewer: Actor, at: datetime) -> bool:
    """Tell whether the page of an operation is open to a viewer now."""
    return Operation.objects.open_to(viewer, at).filter(pk=operation_id).exists()


def lessons(*, case_id: int, viewer: Actor) -> list[Evaluation]:
    """Give what was learned from the operations of a case.

    Args:
        viewer: Who asks: somebody named, who gave the authority, or oversight.
    """
    rows = Evaluation.objects.current().visible_to(viewer)
    return list(rows.filter(operation__case_id=case_id).order_by("-known_at"))


def _row(
    one: Operation, open_now: set[int], told: tuple[set[int], set[int]], at: datetime
) -> OperationRow:
    now = one.standing
    learned, signs = told
    return OperationRow(
        operation_id=one.pk,
        case_id=one.case_id,
        technique=Technique(one.technique),
        step=now.step(at),
        is_open=one.pk in open_now,
        closes_at=now.cover_ends(at) if now.states_asked(at) else None,
        is_learned=one.pk in learned,
        is_to_sign=one.pk in signs,
    )
