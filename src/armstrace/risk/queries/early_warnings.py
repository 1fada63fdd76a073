"""Early warnings: the list, one of them with its records, how many wait."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from armstrace.audit import consultations, declarations
from armstrace.records import scope
from armstrace.records.lookups import among, page_of
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.registry.models import Arm, LossReport
from armstrace.risk.models import EarlyWarning, WarningStanding
from armstrace.risk.queries import warning_facts
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.networks import MOST_OF_A_NETWORK
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.warnings import WarningKind, WarningState

RECORDS = PageRequest(size=200)
WHOLE = PageRequest(size=100_000)
"""All records of a warning at once, for what takes them together."""


@dataclass(frozen=True, slots=True)
class WarningFilter:
    """What narrows the list of warnings; empty means any.

    Args:
        state: What became of it.
        kind: What it is about.
    """

    state: WarningState | None = None
    kind: WarningKind | None = None


@dataclass(frozen=True, slots=True)
class WarningRow:
    warning_id: int
    reference: str
    kind: WarningKind
    state: WarningState
    sentence: Message
    # How many records joined since it was raised; nothing where none did.
    renewed: Message
    agency: str
    records: int
    raised_at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One record that a warning rests on.

    Args:
        on: When it happened, None where that is not known.
        what: The item in a few words.
    """

    reference: str
    on: date | None
    place: str
    what: str
    serial: str
    agency: str

    @property
    def key(self) -> int:
        """The number without its letter."""
        return int(self.reference[1:])


@dataclass(frozen=True, slots=True)
class WarningPage:
    """One warning with what it rests on and what became of it."""

    warning: EarlyWarning
    now: WarningStanding
    # The numbers of the page of its records that is shown.
    told: Page[str]
    # The records of it that these eyes may see, by day.
    evidence: tuple[EvidenceRow, ...]
    # Numbers of holders and arms of which no row is shown.
    others: tuple[str, ...]
    standings: tuple[WarningStanding, ...]
    # Degrees north and east of its places, as far as recoveries tell them.
    spots: Mapping[str, tuple[float, float]]

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for a decision."""
        return self.now.is_open

    @property
    def case_id(self) -> int | None:
        """Give the key of the parallel case that was opened for it."""
        found = declarations.identify(self.now.case_number)
        return found.key if found and found.app == "investigations" else None

    @property
    def renewed(self) -> Message:
        """Say how many records joined since it was raised; nothing where none did."""
        return _say_renewed(self.now)

    @property
    def days(self) -> tuple[date, date] | None:
        """Give the first and the last day of the shown records, where known."""
        days = [each.on for each in self.evidence if each.on is not None]
        return (min(days), max(days)) if days else None

    @property
    def later_records(self) -> tuple[str, ...]:
        """Numbers of the shown records that joined since it was raised."""
        seen = {each.reference for each in self.evidence}
        return tuple(each for each in self.now.added if each in seen)

    @property
    def network(self) -> tuple[str, ...]:
        """Numbers that its network is drawn around, as many as a network takes."""
        return (*self.warning.evidence, *self.later_records)[:MOST_OF_A_NETWORK]

    @property
    def recoveries(self) -> tuple[str, ...]:
        """Numbers of the recoveries among its records."""
        return tuple(
            each.reference for each in self.evidence if each.reference[0] == "R"
        )


def warning_rows(
    where: WarningFilter, *, viewer: Actor, page: PageRequest
) -> Page[WarningRow]:
    """Give one page of warnings, the latest first."""
    rows = WarningStanding.objects.current().visible_to(viewer)
    if where.state:
        rows = rows.filter(state=where.state)
    if where.kind:
        rows = rows.filter(warning__kind=where.kind)
    rows = rows.select_related("warning").order_by("-warning__known_at", "-warning_id")
    found = page_of(rows, page)
    consultations.show_all(EarlyWarning, [row.warning_id for row in found.rows])
    return found.showing([row_of(each) for each in found.rows])


def row_of(standing: WarningStanding) -> WarningRow:
    """Give the row of a list that shows one warning."""
    warning = standing.warning
    return WarningRow(
        warning_id=warning.pk,
        reference=warning.reference,
        kind=WarningKind(warning.kind),
        state=WarningState(standing.state),
        sentence=warning.sentence,
        renewed=_say_renewed(standing),
        agency=warning.agency,
        records=_count([*warning.evidence, *standing.added]),
        raised_at=warning.known_at,
        person=standing.person,
    )


def _say_renewed(standing: WarningStanding) -> Message:
    if not standing.added:
        return NOTHING
    return message(
        "Joined since it was raised: %(more)s; records in all: %(records)s.",
        more=_count(standing.added),
        records=_count([*standing.warning.evidence, *standing.added]),
    )


def _count(numbers: Sequence[str]) -> int:
    """Count records; a holder is what they have in common, not one of them."""
    return sum(each[0] != "H" for each in numbers)


def count_new(*, viewer: Actor) -> int:
    """Count the warnings that nobody has taken yet."""
    rows = WarningStanding.objects.current().visible_to(viewer)
    return rows.filter(state=WarningState.NEW.value).count()


def of_case(reference: str, *, viewer: Actor) -> list[WarningRow]:
    """Give the warnings for which a case was opened; the viewer sees the case."""
    if not viewer.may("warning.view"):
        return []
    rows = WarningStanding.objects.current().visible_to(viewer)
    found = list(rows.filter(case_number=reference).select_related("warning"))
    consultations.show_all(EarlyWarning, [row.warning_id for row in found])
    return [row_of(each) for each in found]


def warning_page(
    warning_id: int, *, viewer: Actor, page: PageRequest = RECORDS
) -> WarningPage:
    """Give one warning with the records beneath it that the viewer may see."""
    warning = EarlyWarning.objects.get_visible(warning_id, viewer)
    consultations.show_opened(EarlyWarning, warning.pk)
    rows = WarningStanding.objects.visible_to(viewer).filter(warning=warning)
    standings = tuple(
        _of_seen_case(each, viewer) for each in rows.order_by("-known_at", "-pk")
    )
    now = next(each for each in standings if each.superseded_at is None)
    told = page.of([*warning.evidence, *now.added])
    keys = _by_letter(told.rows)
    evidence = sorted(
        [*_recoveries(keys["R"], viewer), *_losses(keys["A"], viewer)],
        key=lambda each: (each.on or date.min, each.reference),
    )
    shown = {each.reference for each in evidence}
    return WarningPage(
        warning,
        now,
        told,
        tuple(evidence),
        tuple(e for e in told.rows if e not in shown and e[0] != "R"),
        standings,
        _spots({each.place for each in evidence}, viewer),
    )


def _spots(places: set[str], viewer: Actor) -> Mapping[str, tuple[float, float]]:
    if not viewer.may("recovery.view"):
        return {}
    return warning_facts.spots(Q(among("place", places)), viewer=viewer)


def _of_seen_case(standing: WarningStanding, viewer: Actor) -> WarningStanding:
    """Take out which case was opened, and why, where the case is not for these eyes."""
    case = declarations.identify(standing.case_number)
    if case is not None and not scope.is_visible(
        case.app, case.number.model, case.key, viewer=viewer
    ):
        standing.case_number = standing.reason = ""
    return standing


def _by_letter(evidence: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number in evidence:
        found[number[:1]].append(int(number[1:]))
    return found


def _recoveries(keys: list[int], viewer: Actor) -> list[EvidenceRow]:
    if not keys or not viewer.may("recovery.view"):
        return []
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    found = list(rows.filter(among("recovery_id", keys)))
    consultations.show_all(Recovery, [each.recovery_id for each in found])
    return [
        _evidence(f"R{each.recovery_id}", each.recovered_on, each.agency, each)
        for each in found
    ]


def _losses(keys: list[int], viewer: Actor) -> list[EvidenceRow]:
    if not keys or not viewer.may("registry.view"):
        return []
    rows = LossReport.objects.current().visible_to(viewer)
    found = list(rows.filter(among("arm_id", keys), item_kind=ItemKind.ARM.value))
    consultations.show_all(Arm, [each.arm_id for each in found if each.arm_id])
    return [
        _evidence(f"A{each.arm_id}", each.happened_on, each.reported_to, each)
        for each in found
    ]


def _evidence(
    reference: str, on: date | None, agency: str, record: RecoveryRecord | LossReport
) -> EvidenceRow:
    return EvidenceRow(
        reference,
        on,
        record.place or record.region,
        " ".join(filter(None, (record.make, record.model, record.calibre))),
        record.serial_as_marked,
        agency,
    )
