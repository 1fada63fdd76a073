"""Proposals for the point at which an arm left the legal world.

A proposal is an argument from records, never a finding: a person confirms it.
Its confidence is the share of such proposals that a known truth bears out
(measured on the synthetic country), so below one half nothing is proposed as
established.

Source:
    MOSAIC 05.31 (point of diversion); rule of this design (straw
    purchase, short time to crime).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from armstrace.analysis.provenance import points, reasons
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.lawful import Course
from armstrace.analysis.provenance.points import Diversion, Recovery
from armstrace.analysis.provenance.state import HELD
from armstrace.vocabulary.arms import MISSING, ArmState, HolderKind, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.messages import Message, counted, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import DiversionKind

SAID = Sentences(__package__)
# Longest time to crime that still speaks for a straw purchase.
STRAW_DAYS = 3 * 365

# Time to crime that speaks for a straw purchase even of a single arm.
QUICK_DAYS = 180

# What remains of confidence where someone gave the arm who did not hold it.
MISMATCH_FACTOR = 0.8


type _Proposer = Callable[[Course, Recovery], tuple[Diversion, ...]]


def proposals(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    """Rank the points at which the arm may have left the legal world.

    Returns:
        Proposals, the most credible first; none where its lawful holder still
        had the arm, or where the records say nothing.
    """
    if is_lawfully_held(course, recovery):
        return ()
    if course.missing is not None:
        found = _diversion_by_report(course, course.missing, recovery)
    else:
        propose = _BY_STATE.get(course.state.state)
        found = propose(course, recovery) if propose else ()
    if course.mismatched:
        found = tuple(_doubt(one) for one in found)
    return tuple(sorted(found, key=lambda one: (-one.confidence, one.kind)))


def is_lawfully_held(course: Course, recovery: Recovery) -> bool:
    """Tell whether the arm was taken from the holder who still held it lawfully."""
    return (
        recovery.taken_from_is_holder is Known.YES
        and course.state.state in HELD | MISSING
        and course.lapsed is None
        and course.died is None
    )


def _doubt(one: Diversion) -> Diversion:
    why = SAID.say("GIVEN_BY_ANOTHER")
    return replace(
        one, confidence=one.confidence * MISMATCH_FACTOR, why=(*one.why, why)
    )


def _diversion_by_report(
    course: Course, report: Event, recovery: Recovery
) -> tuple[Diversion, ...]:
    kind = _kind_of_loss(course, report)
    stolen = report.kind is LifeEventKind.STOLEN
    confidence = 0.96 if stolen else 0.82
    why = [reasons.say_event(report)]
    if report.known_at.date() > recovery.recovered_on:
        confidence -= 0.3
        why.append(message("The report came only after the recovery."))
    day = report.happened_on
    first = Diversion(
        kind,
        report.place,
        report.region,
        report.country,
        day,
        day,
        day or recovery.recovered_on,
        confidence,
        (*why, *points.holder_sentence(course)),
        (report.key,),
    )
    if kind not in {DiversionKind.HOLDER_THEFT, DiversionKind.HOLDER_LOSS}:
        return (first,)
    doubt = message("A report of loss or theft can also cover a sale.")
    other = replace(
        first,
        kind=DiversionKind.HOLDER_SALE,
        confidence=(1 - confidence) * 0.8,
        on=None,
        earliest=points.held_since(course),
        why=(doubt,),
    )
    return first, other


def _kind_of_loss(course: Course, report: Event) -> DiversionKind:
    under_way = report.holder_from and report.holder_to
    if under_way or course.before_missing.state is ArmState.EXPORTED:
        return DiversionKind.IN_TRANSIT
    holder = course.holder.kind if course.holder else report.holder_kind_from
    if holder in _STOCK_KINDS:
        return _STOCK_KINDS[holder]
    if report.kind is LifeEventKind.STOLEN:
        return DiversionKind.HOLDER_THEFT
    return DiversionKind.HOLDER_LOSS


_STOCK_KINDS: dict[HolderKind | None, DiversionKind] = {
    HolderKind.DEALER: DiversionKind.DEALER,
    HolderKind.IMPORTER: DiversionKind.IMPORTER,
    HolderKind.MANUFACTURER: DiversionKind.MANUFACTURER,
    HolderKind.STATE_BODY: DiversionKind.STATE_STOCK,
}


def _from_civilian(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    if course.died is not None:
        return _after_death(course, course.died, recovery)
    if course.lapsed is not None:
        return _after_lapse(course, course.lapsed, recovery)
    straw = _straw(course, recovery)
    rest = 1 - straw.confidence if straw else 1.0
    unrecorded = _diversion_off_record(course, recovery, rest)
    return (straw, *unrecorded) if straw else unrecorded


def _straw(course: Course, recovery: Recovery) -> Diversion | None:
    bought = course.came_by
    if bought is None or bought.kind is not LifeEventKind.SOLD_TO_HOLDER:
        return None
    days = _days(bought.happened_on, recovery.recovered_on)
    if days is None or days > STRAW_DAYS:
        return None
    confidence = _straw_confidence(days, recovery.companions)
    if confidence == 0:
        return None
    why = [_say_days(days, recovery)]
    if recovery.companions:
        why.append(SAID.say("BOUGHT_MORE", number=recovery.companions))
    at_sale = points.within_tenure(
        DiversionKind.STRAW_PURCHASE,
        course,
        recovery,
        confidence=confidence,
        why=(*why, *points.holder_sentence(course)),
    )
    return replace(at_sale, on=bought.happened_on, latest=bought.happened_on)


def _say_days(days: int, recovery: Recovery) -> Message:
    if recovery.is_day_known:
        return counted(
            "The arm was recovered %(n)s day after its holder bought it.",
            "The arm was recovered %(n)s days after its holder bought it.",
            n=days,
        )
    return counted(
        "The arm was recovered at most %(n)s day after its holder bought it.",
        "The arm was recovered at most %(n)s days after its holder bought it.",
        n=days,
    )


def _straw_confidence(days: int, companions: int) -> float:
    if companions >= 2:
        return 0.95 if days <= STRAW_DAYS // 3 else 0.85
    if companions == 1:
        return 0.8 if days <= STRAW_DAYS // 3 else 0.6
    return 0.3 if days <= QUICK_DAYS else 0.0


def _diversion_off_record(
    course: Course, recovery: Recovery, rest: float
) -> tuple[Diversion, ...]:
    why = (
        message("The holder is still on record and reported neither loss nor theft."),
        *points.holder_sentence(course),
    )
    unsure = recovery.taken_from_is_holder is Known.UNKNOWN
    shares = (
        (DiversionKind.HOLDER_SALE, 0.6 if unsure else 0.65),
        (DiversionKind.HOLDER_THEFT, 0.2),
        (DiversionKind.HOLDER_LOSS, 0.1),
    )
    return tuple(
        points.within_tenure(kind, course, recovery, confidence=share * rest, why=why)
        for kind, share in shares
    )


def _after_lapse(
    course: Course, lapse: Event, recovery: Recovery
) -> tuple[Diversion, ...]:
    why = (reasons.licence_ended(lapse.happened_on), *points.holder_sentence(course))
    kept = points.within_tenure(
        DiversionKind.LICENCE_ENDED, course, recovery, confidence=0.9, why=why
    )
    kept = replace(
        kept,
        on=lapse.happened_on,
        latest=lapse.happened_on or recovery.recovered_on,
        evidence=(*kept.evidence, lapse.key),
    )
    kept = points.not_before(kept, lapse.happened_on)
    if recovery.taken_from_is_holder is Known.YES:
        return (kept,)
    after = tuple(
        points.not_before(one, lapse.happened_on)
        for one in _diversion_off_record(course, recovery, 0.4)
    )
    return replace(kept, confidence=0.55), *after


def _after_death(
    course: Course, death: Event, recovery: Recovery
) -> tuple[Diversion, ...]:
    why = (reasons.holder_died(death.happened_on), *points.holder_sentence(course))
    shares = ((DiversionKind.HOLDER_LOSS, 0.6), (DiversionKind.HOLDER_SALE, 0.35))
    found = (
        points.within_tenure(kind, course, recovery, confidence=share, why=why)
        for kind, share in shares
    )
    return tuple(
        points.not_before(
            replace(one, evidence=(*one.evidence, death.key)), death.happened_on
        )
        for one in found
    )


def _from_stock(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    holder = course.holder
    kind = _STOCK_KINDS.get(holder.kind if holder else None, DiversionKind.DEALER)
    why = (
        SAID.say("NEVER_LEFT_STOCK", trader=reasons.trader(holder)),
        *points.holder_sentence(course),
    )
    return (points.within_tenure(kind, course, recovery, confidence=0.85, why=why),)


def _from_state(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    why = (
        message("The arm is still on record in State stock."),
        *points.holder_sentence(course),
    )
    found = points.within_tenure(
        DiversionKind.STATE_STOCK, course, recovery, confidence=0.9, why=why
    )
    return (found,)


def _from_evidence(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    why = message("The arm was recovered before and never lawfully released.")
    found = points.within_tenure(
        DiversionKind.EVIDENCE_STORE, course, recovery, confidence=0.9, why=(why,)
    )
    if course.state.state is ArmState.RECOVERED:
        # The record of a recovery names where the arm was taken, not the store.
        found = replace(found, place="", region="")
    return (found,)


def _after_end(
    course: Course, recovery: Recovery, kind: DiversionKind
) -> tuple[Diversion, ...]:
    end = course.ended_by
    if end is None:
        return ()
    why = reasons.say_end_before_recovery(end)
    found = Diversion(
        kind,
        end.place,
        end.region,
        end.country,
        None,
        end.happened_on,
        recovery.recovered_on,
        0.85,
        (why, *points.holder_sentence(course)),
        (end.key,),
    )
    return (points.not_before(found, points.held_since(course)),)


def _from_abroad(course: Course, recovery: Recovery) -> tuple[Diversion, ...]:
    came = course.came_by
    country = course.holder.country if course.holder else ""
    why = reasons.say_export(country, came.happened_on if came else None)
    shares = ((DiversionKind.UNKNOWN, 0.45), (DiversionKind.IN_TRANSIT, 0.3))
    found = (
        points.within_tenure(kind, course, recovery, confidence=share, why=(why,))
        for kind, share in shares
    )
    return tuple(replace(one, place="", region="") for one in found)


_BY_STATE: dict[ArmState, _Proposer] = {
    ArmState.HELD_CIVILIAN: _from_civilian,
    ArmState.HELD_STATE: _from_state,
    ArmState.RETAINED_MARKED: _from_state,
    ArmState.IN_TRADE: _from_stock,
    ArmState.MANUFACTURED: _from_stock,
    ArmState.RECOVERED: _from_evidence,
    ArmState.CONFISCATED: _from_evidence,
    ArmState.DESTROYED: partial(_after_end, kind=DiversionKind.DESTRUCTION_SITE),
    ArmState.DEACTIVATED: partial(_after_end, kind=DiversionKind.POST_DEACTIVATION),
    ArmState.EXPORTED: _from_abroad,
}


def _days(since: date | None, until: date) -> int | None:
    return (until - since) // timedelta(days=1) if since else None
