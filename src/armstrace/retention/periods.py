"""For each kind of record: its rows with the days from which its periods run.

A column that ends in ``_at`` is a moment, one that ends in ``_on`` a day. Where the
column of a class is empty, the class does not apply to the row.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest

from armstrace.audit.models import Justification, LedgerEntry
from armstrace.custody.models import CustodyEvent
from armstrace.intake.models import HeldRow
from armstrace.intake.outcomes import HeldState
from armstrace.investigations.models import CaseRecovery
from armstrace.licensing.models import ApplicationRecord, Holder, HolderRecord, Licence
from armstrace.records import jurisdiction
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.registry.models import Arm, ArmRecord, LifeEvent
from armstrace.retention import licit
from armstrace.retention.columns import Kind, Rows, is_held, last_of, latest
from armstrace.retention.models import ErasedRecord, LegalHold
from armstrace.tracing.models import Trace, TraceDecision, TraceFinding
from armstrace.vetting.models import VettingRequest
from armstrace.vocabulary.arms import ArmState, LifeEventKind
from armstrace.vocabulary.custody import WayOutState
from armstrace.vocabulary.investigations import CaseState
from armstrace.vocabulary.licensing import LicenceType, Turn
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles.provisions import CountedFrom, RecordClass, Retention
from armstrace.vocabulary.retention import KeptKind
from armstrace.vocabulary.tracing import TraceStanding

PASSED = (
    LifeEventKind.ENTERED_TRADE,
    LifeEventKind.SOLD_TO_DEALER,
    LifeEventKind.SOLD_TO_HOLDER,
    LifeEventKind.TRANSFERRED,
    LifeEventKind.ISSUED_TO_STATE,
    LifeEventKind.STATE_TO_CIVILIAN,
    LifeEventKind.INHERITED,
)
CROSSED = (LifeEventKind.IMPORTED, LifeEventKind.EXPORTED)
ENDED = (
    ArmState.DESTROYED,
    ArmState.EXPORTED,
    ArmState.DEACTIVATED,
    ArmState.UNKNOWN,
    ArmState.PLANNED,
)
"""Where an arm stands that nobody here has, seeks or keeps as an exhibit."""


DESTROYED = {KeptKind.HOLDER, KeptKind.ARM, KeptKind.LOT}
"""Kinds whose rows tell when what they are about was destroyed."""


@dataclass(frozen=True, slots=True)
class Period:
    """A rule on how long rows of a kind are kept, and the columns that it needs."""

    rule: Retention
    # Empty in the rows to which the rule does not apply.
    column: str
    # From which the period counts; "" where that day never comes.
    begins: str


def _later(one: Subquery, other: Subquery) -> Coalesce:
    """Give the later of two; SQLite takes nothing for the greatest."""
    return Coalesce(Greatest(one, other), one, other)


def _of_events(**where: object) -> Q:
    """Give the rows of whoever gave or received an arm in events."""
    events = LifeEvent.objects.filter(**where)
    given = events.filter(holder_from=OuterRef("pk"))
    return Q(Exists(events.filter(holder_to=OuterRef("pk")))) | Q(Exists(given))


def _held_arms() -> list[int]:
    """Give the arms that a hold keeps, by themselves or through a recovery."""
    numbers = LegalHold.objects.current().values_list("number", flat=True)
    keys: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        keys[number[0]].append(int(number[1:]))
    traced = TraceDecision.objects.filter(
        trace__recovery__in=keys["R"], arm__isnull=False
    )
    return [*keys["A"], *traced.values_list("arm_id", flat=True)]


def _holders(on: date) -> Rows:
    valid = Licence.objects.current().filter(
        Q(valid_until=None) | Q(valid_until__gte=on), holder=OuterRef("pk")
    )
    has = Arm.objects.filter(holder=OuterRef("pk")).exclude(state=ArmState.DESTROYED)
    stands = _of_events(arm__state__in=set(ArmState) - {ArmState.DESTROYED})
    ended = (
        last_of(LifeEvent, "holder_to", "arm__state_since"),
        last_of(LifeEvent, "holder_from", "arm__state_since"),
    )
    passed = [last_of(LifeEvent, path) for path in ("holder_to", "holder_from")]
    return Holder.objects.all().annotate(
        stated_at=latest(last_of(HolderRecord, "holder"), *passed),
        passed_at=_later(*passed),
        licensed_on=last_of(Licence, "holder", "valid_until"),
        brokered_on=last_of(
            Licence, "holder", "valid_until", licence_type=LicenceType.BROKER
        ),
        destroyed_on=Case(When(stands, then=None), default=_later(*ended)),
        is_used=Q(Exists(valid)) | Q(Exists(has)) | _asks(on),
        is_held=Q(is_held("H")) | _of_events(arm__in=_held_arms()),
    )


def _asks(on: date) -> Q:
    """Give the holders of whom something is asked, or refused for the present."""
    applied = ApplicationRecord.objects.current().filter(
        ~Q(turn=Turn.NOBODY) | Q(visible_until__gte=on),
        application__holder=OuterRef("pk"),
    )
    waits = VettingRequest.objects.filter(
        subject=Concat(Value("H"), Cast(OuterRef("pk"), CharField())), answers=None
    )
    return Q(Exists(applied)) | Q(Exists(waits))


def _arms(on: date) -> Rows:
    del on
    events = LifeEvent, "arm"
    traced = TraceDecision.objects.filter(arm=OuterRef("pk")).order_by("-known_at")
    return Arm.objects.all().annotate(
        stated_at=latest(last_of(ArmRecord, "arm"), last_of(*events)),
        passed_at=last_of(*events, kind__in=PASSED),
        crossed_at=last_of(*events, kind__in=CROSSED),
        deactivated_at=last_of(*events, kind=LifeEventKind.DEACTIVATED),
        traced_at=Subquery(traced.values("known_at")[:1]),
        destroyed_on=Case(When(state=ArmState.DESTROYED, then=F("state_since"))),
        is_used=~Q(state__in=ENDED)
        | (Q(holder__isnull=False) & ~Q(state=ArmState.DESTROYED)),
        is_held=Case(When(pk__in=_held_arms(), then=True), default=False),
    )


def _recoveries(on: date) -> Rows:
    del on
    own = [
        last_of(m, "recovery") for m in (RecoveryRecord, AmmunitionRecord, PartRecord)
    ]
    traced = [last_of(m, "trace__recovery") for m in (TraceDecision, TraceFinding)]
    custody = CustodyEvent.objects.current().filter(exhibit__recovery=OuterRef("pk"))
    decided = TraceDecision.objects.current().filter(trace__recovery=OuterRef("pk"))
    return Recovery.objects.all().annotate(
        stated_at=latest(*own, last_of(Trace, "recovery"), *traced),
        kept_at=last_of(CustodyEvent, "exhibit__recovery"),
        is_used=Q(Exists(custody.exclude(way_out_state=WayOutState.APPROVED)))
        | Q(Exists(decided.filter(standing=TraceStanding.OPEN)))
        | _in_case(is_sealed=False),
        is_held=is_held("R"),
    )


def _in_case(*, is_sealed: bool) -> Q:
    """Give the recoveries that an open case holds."""
    cases = CaseRecovery.objects.current().filter(
        recovery=OuterRef("pk"), case__state=CaseState.OPEN, case__is_sealed=is_sealed
    )
    return Q(Exists(cases))


def _persons(on: date) -> Rows:
    named = RecoveryRecord.objects.filter(recovery=OuterRef("pk")).exclude(
        taken_from="", notes="", offences_as_written=""
    )
    return _recoveries(on).filter(Exists(named))


def _held_rows(on: date) -> Rows:
    del on
    return HeldRow.objects.select_related("batch").annotate(
        stated_at=Coalesce("decided_at", "batch__begun_at"),
        is_used=Q(state=HeldState.OPEN),
        is_held=Value(value=False),
    )


def _reasons(on: date) -> Rows:
    del on
    told = LedgerEntry.objects.filter(pk=OuterRef("pk")).values("at")
    return Justification.objects.all().annotate(
        stated_at=Subquery(told),
        is_used=Value(value=False),
        is_held=Value(value=False),
    )


OPEN = message("The trace or a case is open, or the item is in custody.")
KINDS: Mapping[KeptKind, Kind] = {
    KeptKind.HOLDER: Kind(
        Holder,
        _holders,
        {
            RecordClass.HOLDER: "stated_at",
            RecordClass.TRANSFER: "passed_at",
            RecordClass.LICENCE: "licensed_on",
            RecordClass.BROKERING: "brokered_on",
        },
        message(
            "The holder has an arm or a valid licence, or an application, a refusal "
            "or a vetting result that still counts."
        ),
    ),
    KeptKind.ARM: Kind(
        Arm,
        _arms,
        {
            RecordClass.MANUFACTURE: "stated_at",
            RecordClass.TRANSFER: "passed_at",
            RecordClass.AUTHORISATION: "crossed_at",
            RecordClass.DEACTIVATION: "deactivated_at",
            RecordClass.RECOVERY: "traced_at",
        },
        message("Somebody has the arm, it is sought, or it is an exhibit."),
    ),
    KeptKind.PERSON: Kind(
        Recovery,
        _persons,
        {RecordClass.PERSON: "stated_at"},
        OPEN,
        _in_case(is_sealed=True),
    ),
    KeptKind.RECOVERY: Kind(
        Recovery,
        _recoveries,
        {RecordClass.RECOVERY: "stated_at", RecordClass.EXHIBIT: "kept_at"},
        OPEN,
        _in_case(is_sealed=True),
    ),
    KeptKind.HELD_ROW: Kind(
        HeldRow,
        _held_rows,
        {RecordClass.HELD_ROW: "stated_at"},
        message("Nobody has decided on the row yet."),
        begun="batch.begun_at",
    ),
    KeptKind.CONSULTATION: Kind(
        Justification,
        _reasons,
        {RecordClass.CONSULTATION: "stated_at"},
        begun="stated_at",
    ),
    **licit.KINDS,
}


def number_of(kind: KeptKind, key: int) -> str:
    """Write the number of a record as people do."""
    return f"{KINDS[kind].letter}{key}"


def periods_of(kind: KeptKind, on: date) -> tuple[Period, ...]:
    """Give the periods that the law of a day sets for rows of a kind."""
    law = jurisdiction.profile()
    return tuple(
        Period(rule, column, _begins(kind, column, rule))
        for record, column in KINDS[kind].floors.items()
        for rule in law.retentions_of(record, on)
    )


def _begins(kind: KeptKind, column: str, rule: Retention) -> str:
    if rule.counted_from is CountedFrom.RECORD:
        return column
    is_ended = rule.counted_from is CountedFrom.DESTRUCTION
    return "destroyed_on" if is_ended and kind in DESTROYED else ""


def rows_of(kind: KeptKind, on: date) -> Rows:
    """Give the rows of a kind with the columns that its periods need.

    Args:
        on: The day on which the law is asked.
    """
    gone = ErasedRecord.objects.filter(
        kind=kind, record_id=OuterRef("pk"), erased_at__isnull=False
    )
    rows: Rows = KINDS[kind].rows(on)
    erased: Rows = rows.annotate(erased_at=Subquery(gone.values("erased_at")))
    return erased
