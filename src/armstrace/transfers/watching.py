"""What is due of a consignment, and when: over plain values."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from armstrace.transfers.facts import due_by
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.transfers import Alarm, Direction, Step

RECEIPT, CUSTOMS, STATE = "PROOF_OF_RECEIPT", "RECEIPT_CUSTOMS", "RECEIPT_STATE"
STAY = "TRANSIT_STAY"
CROSSES = (Step.ENTERED, Step.LEFT)
COUNTED = (Step.ARRIVED, Step.RECEIPT)
PROVEN = (Step.RECEIPT, Step.UNCONFIRMED)
ASKED = ((Step.STATE_ASKED, STATE), (Step.CUSTOMS_ASKED, CUSTOMS))
"""The ladder of proof, its last rung first, each with the clock that it starts."""
LEADS = (Alarm.DIVERSION, Alarm.OFF_ROUTE)
"""Alarms on which a case may be opened."""
WORST = (*LEADS, Alarm.OVER_DELIVERY, Alarm.UNDER_DELIVERY)
"""Alarms of what a step tells, the worst first; those of a clock come after them."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was taken."""

    kind: Step
    on: date
    # None where nobody says.
    quantity: int | None = None
    # Code of the State; empty where nobody says.
    country: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """How a consignment went so far."""

    direction: Direction
    sent: int
    # In their order, the departure first.
    steps: Sequence[Passed]
    # None where nobody says.
    expected_on: date | None = None
    # The day by which the goods come back; None where they stay.
    return_on: date | None = None
    # Codes of the States that it leaves, crosses and reaches; None where nobody says.
    route: Collection[str] | None = None
    # Code of the importing State; empty where nobody says.
    destination: str = ""

    def is_off(self, passed: Passed) -> bool:
        """Tell whether a step was taken where the authorisation does not lead."""
        if passed.kind is Step.ARRIVED:
            route: Collection[str] = {self.destination} - {""}
        else:
            route = self.route or () if passed.kind in CROSSES else ()
        return bool(passed.country and route) and passed.country not in route

    @property
    def since_case(self) -> Sequence[Passed]:
        """Give the steps after the last that named a case; all where none did."""
        kinds = [each.kind for each in self.steps]
        begun = len(kinds) - kinds[::-1].index(Step.CASE) if Step.CASE in kinds else 0
        return self.steps[begun:]

    @property
    def came_back(self) -> int:
        """Count what came back; a return of which nobody says how many is of all."""
        back = (each for each in self.steps if each.kind is Step.RETURNED)
        return sum(self.sent if one.quantity is None else one.quantity for one in back)

    @property
    def is_back(self) -> bool:
        """Tell whether all that left came back."""
        return self.last(Step.RETURNED) is not None and self.came_back >= self.sent

    @property
    def inside(self) -> Passed | None:
        """Give the entry into the transit State where it is; None where in none."""
        last = self.last(*CROSSES)
        return last if last is not None and last.kind is Step.ENTERED else None

    def last(self, *kinds: Step) -> Passed | None:
        """Give the last step of some kinds; None where none was taken."""
        return next((each for each in reversed(self.steps) if each.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due; an alarm from that day on."""

    alarm: Alarm
    on: date


type Watch = Callable[[Course, Profile, str], Iterator[Due]]


def every_due(course: Course, law: Profile, home: str) -> list[Due]:
    """Give all that is due or will be, the worst first, then what is due first.

    Args:
        law: The profile; each clock is that of the day from which it runs.
        home: Code of the country whose working days count.

    Source:
        Firearms Protocol, art. 10, para. 4, and art. 11; the profile.
    """
    found = (due for watch in WATCHED for due in watch(course, law, home))
    ranks = {alarm: rank for rank, alarm in enumerate(WORST)}
    return sorted(found, key=lambda due: (ranks.get(due.alarm, len(ranks)), due.on))


def _diversion(course: Course, law: Profile, home: str) -> Iterator[Due]:
    del law, home
    last = course.last(Step.DIVERTED, Step.CASE)
    if last is not None and last.kind is Step.DIVERTED:
        yield Due(Alarm.DIVERSION, last.on)


def _arrival(course: Course, law: Profile, home: str) -> Iterator[Due]:
    del law, home
    is_over = course.is_back or course.last(Step.ARRIVED, Step.DIVERTED) is not None
    if course.expected_on and not is_over:
        yield Due(Alarm.LATE, course.expected_on)


def _difference(course: Course, law: Profile, home: str) -> Iterator[Due]:
    """Watch that no less and no more arrives than left, by the receipt too.

    What came back before the rest arrived is away no more.
    """
    del law, home
    counted: Passed | None = None
    away, has_arrived = course.sent, False
    for passed in course.steps:
        has_arrived |= passed.kind is Step.ARRIVED
        if passed.kind is Step.RETURNED and not has_arrived:
            away -= passed.quantity or 0
        if passed.kind is Step.SETTLED:
            counted = None
        elif passed.kind in COUNTED and passed.quantity not in {None, away}:
            counted = counted or passed
    if counted is not None and counted.quantity is not None:
        is_over = counted.quantity > away
        alarm = Alarm.OVER_DELIVERY if is_over else Alarm.UNDER_DELIVERY
        yield Due(alarm, counted.on)


def _route(course: Course, law: Profile, home: str) -> Iterator[Due]:
    """Watch that it is where it may be, until that is explained or has its case."""
    del law, home
    off: Passed | None = None
    for passed in course.steps:
        if passed.kind in {Step.SETTLED, Step.CASE}:
            off = None
        elif off is None and course.is_off(passed):
            off = passed
    if off is not None:
        yield Due(Alarm.OFF_ROUTE, off.on)


def _stay(course: Course, law: Profile, home: str) -> Iterator[Due]:
    moved = course.last(Step.ENTERED, Step.LEFT, Step.ARRIVED)
    if course.is_back or moved is None or moved.kind is not Step.ENTERED:
        return
    if clock := law.deadline(STAY, moved.on):
        yield Due(Alarm.OVER_STAY, due_by(clock, moved.on, home))


def _receipt(course: Course, law: Profile, home: str) -> Iterator[Due]:
    """Watch the ladder of proof: exporter, customs of export, the other State."""
    is_done = course.is_back or course.last(*PROVEN) is not None
    if is_done or course.direction is not Direction.EXPORT:
        return
    for kind, code in (*ASKED, (Step.DEPARTED, RECEIPT)):
        begun = course.last(kind)
        if begun is not None:
            if clock := law.deadline(code, begun.on):
                yield Due(Alarm.NO_PROOF, due_by(clock, begun.on, home))
            return


def _return(course: Course, law: Profile, home: str) -> Iterator[Due]:
    del law, home
    if course.return_on and not course.is_back:
        yield Due(Alarm.NO_RETURN, course.return_on)


WATCHED: Sequence[Watch] = (
    *(_diversion, _route, _difference, _arrival, _stay, _receipt, _return),
)
"""What is watched; a further alarm is a line here."""
