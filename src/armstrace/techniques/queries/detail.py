"""One operation, as far as it is open at the moment of asking."""

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
    """Give one operation.

    Raises:
        NotFound: There is none, or it is not open to these eyes now.
    """
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
        live_flag=operation.live_flags.first(),
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
        viewer: Who asks; the law is known to all.
        at: When it is to hold, with time zone.
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


def workers(*, viewer: Actor) -> dict[str, str]:
    """Give the people who may be named in an operation, by sign-in name."""
    return accounts.people_who_may("technique.view", viewer=viewer)
