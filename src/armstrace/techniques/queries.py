"""One operation, as far as it is open at the moment of asking, and lists of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations
from armstrace.records import jurisdiction, scope
from armstrace.techniques import changing
from armstrace.techniques.models import (
    Authority,
    Evaluation,
    HandOver,
    LiveArmsFlag,
    Operation,
    OperationPerson,
    OperationRun,
    StateConsent,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.profiles import TechniqueBasis, in_force
from armstrace.vocabulary.techniques import OperationStep, Technique


@dataclass(frozen=True, slots=True)
class OperationPage:
    """An operation with all that it rests on and that was done, covert names apart."""

    operation: Operation
    step: OperationStep
    # States where it may go on now.
    territory: tuple[str, ...]
    # Those of them where it is carried out.
    running: tuple[str, ...]
    # States of the authority without consent now.
    lacking: tuple[str, ...]
    # When the viewer's access ends; None where nothing is in force.
    closes_at: datetime | None
    authorities: tuple[Authority, ...]
    # The one that waits for its decision.
    request: Authority | None
    consents: tuple[StateConsent, ...]
    people: tuple[OperationPerson, ...]
    runs: tuple[OperationRun, ...]
    # When the runs that nobody stopped ceased to be lawful, by key.
    expired: dict[int, datetime]
    hand_overs: tuple[HandOver, ...]
    live_flag: LiveArmsFlag | None
    evaluation: Evaluation | None
    # How many covert names are sealed.
    covers: int
    # Whether they are for the viewer.
    sees_covers: bool
    # Whether the viewer may open the case.
    sees_case: bool

    @property
    def withdrawn(self) -> frozenset[int]:
        """The consents that a State took back, by key."""
        ends = {
            (one.country, one.known_at) for one in self.consents if not one.is_given
        }
        return frozenset(
            one.pk
            for one in self.consents
            if one.is_given and (one.country, one.superseded_at) in ends
        )


def operation_page(operation_id: int, *, viewer: Actor, at: datetime) -> OperationPage:
    """Give one operation."""
    operation = changing.open_operation(operation_id, viewer, at)
    consultations.show_opened(Operation, operation.pk)
    now = operation.standing
    people = tuple(
        OperationPerson.objects.current().filter(operation=operation).order_by("person")
    )
    states = now.states_asked(at)
    runs = tuple(operation.runs.order_by("-known_at"))
    ends = {one.pk: now.run_ends(one.known_at) for one in runs}
    return OperationPage(
        operation=operation,
        step=now.step(at),
        territory=tuple(sorted(now.territory(at))),
        running=tuple(sorted(now.running(at))),
        lacking=tuple(sorted(now.lacking(at))),
        closes_at=now.cover_ends(at) if states else None,
        authorities=tuple(operation.authorities.order_by("-known_at", "-pk")),
        request=Authority.objects.waiting(at).filter(operation=operation).first(),
        consents=tuple(operation.consents.order_by("country", "-known_at", "-pk")),
        people=people,
        runs=runs,
        expired={key: until for key, until in ends.items() if until <= at},
        hand_overs=tuple(operation.hand_overs.order_by("number")),
        live_flag=operation.live_flag(at),
        evaluation=Evaluation.objects.current().filter(operation=operation).first(),
        covers=operation.covers.count(),
        sees_covers=operation.shows_covers_to(viewer),
        sees_case=scope.is_visible(
            "investigations", "case", operation.case_id, viewer=viewer
        ),
    )


def bases(
    technique: Technique | None, *, viewer: Actor, at: datetime
) -> list[TechniqueBasis]:
    """Give the provisions of the profile on which an authority may rest.

    Args:
        technique: Of which technique; None for all.
    """
    del viewer
    law = in_force(jurisdiction.profile().techniques, timezone.localdate(at))
    return [each for each in law if technique in {None, each.technique}]


def authorisers(*, viewer: Actor) -> dict[str, str]:
    """Give the people who may give an authority, by sign-in name."""
    found = accounts.people_who_may(
        "technique.authorise", needs="technique.ask", viewer=viewer
    )
    return {name: full for name, full in found.items() if name != viewer.name}


def signers(operation_id: int, *, viewer: Actor, at: datetime) -> dict[str, str]:
    """Give the people who may sign for what is handed over, by sign-in name."""
    return changing.signers(changing.open_operation(operation_id, viewer, at), viewer)


def workers(*, viewer: Actor) -> dict[str, str]:
    """Give the people who may be named in an operation, by sign-in name."""
    return accounts.people_who_may("technique.view", viewer=viewer)


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
    rows = rows.order_by("-known_at", "-pk")
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
    """Give what was learned from the operations of a case."""
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


def waiting(*, viewer: Actor, at: datetime) -> tuple[int, int]:
    """Count the requests that wait for a viewer's decision, and late hand-overs.

    These are in operations that are open to the viewer or name them.
    """
    seen = Operation.objects.open_to(viewer, at) | Operation.objects.naming(viewer)
    asked = Authority.objects.waiting(at).filter(authoriser=viewer.name)
    late = HandOver.objects.late(at).filter(operation__in=seen)
    return asked.count(), late.count()


def late_count(*, at: datetime, viewer: Actor) -> int:
    """Count hand-overs that nobody acknowledged, for whoever runs the server."""
    viewer.require("technique.sweep")
    return HandOver.objects.late(at).count()
