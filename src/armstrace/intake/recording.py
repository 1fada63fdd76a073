"""Hand stated rows to the app whose records they become."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from armstrace.accounts import policy
from armstrace.intake import filling, rules
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import Batch
from armstrace.intake.stating import Stated
from armstrace.licensing import actions as licensing
from armstrace.licensing.statements import HolderRecorder
from armstrace.records import lengths
from armstrace.records.on_record import OnRecord, on_record
from armstrace.records.statements import Recorder
from armstrace.records.submissions import Submission
from armstrace.recoveries.actions import recording as recoveries
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.registry import trading
from armstrace.registry.actions import notices, registering
from armstrace.registry.arm_statements import ArmRecorder
from armstrace.registry.event_statements import EventRecorder
from armstrace.registry.inputs import LossInput
from armstrace.registry.loss_statements import LossRecorder
from armstrace.risk.actions import recording as risk
from armstrace.risk.statements import DeclarationRecorder
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement

type Foretell = Callable[[Sequence[Any]], list[Recorded]]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from."""

    kind: IntakeKind
    source: str
    arm_source: str
    # Why a record is corrected by them: the file's name, which no language changes.
    reason: str
    # What a contradiction to a person's correction becomes.
    settlement: Settlement = Settlement.HOLD
    # Fields of which the file has a column or a constant; None where it is no file.
    given: frozenset[str] | None = None
    # What sources say in whole, where rows are filled with what a person corrected.
    words: dict[str, str] = field(default_factory=dict)


def grant_of(kind: IntakeKind) -> str:
    """Give the grant by which rows of a kind are recorded."""
    return _RECORDERS[kind].grant or _GRANT


def require_recording(kind: IntakeKind, *, by: Actor) -> None:
    """Refuse a file whose rows the actor may not record, before it is read."""
    refused = refusal_of(kind, by=by)
    if refused is not None:
        if by.is_programme:
            by.require(grant_of(kind))
        raise NotPermitted(refused)


def refusal_of(kind: IntakeKind, *, by: Actor) -> Message | None:
    """Say why the actor may record no rows of a kind; None where it is open."""
    grant = grant_of(kind)
    if by.may(grant) or _gives_notice(kind, by):
        return None
    return message(
        "The role “%(role)s” may not record %(kind)s; that is open to %(others)s.",
        role=by.role,
        kind=kind,
        others=_roles_with(grant, "intake.load"),
    )


def source_of(kind: IntakeKind, source: str, *, by: Actor) -> str:
    """Say who states the rows of a file: the own agency, where it gives notice."""
    return by.agency if _gives_notice(kind, by) else source


def _gives_notice(kind: IntakeKind, by: Actor) -> bool:
    """Tell whether events that somebody loads are notices of the trade."""
    is_open = by.may(grant_of(kind))
    return kind is IntakeKind.EVENTS and not is_open and by.may(notices.GRANT)


def _notifying(origin: Origin, by: Actor) -> str:
    """Give the agency whose notices rows are, also where the registry mends them."""
    if _gives_notice(origin.kind, by):
        return by.agency
    is_trade = origin.kind is IntakeKind.EVENTS and trading.has_reported(origin.source)
    return origin.source if is_trade else ""


def _roles_with(*grants: str) -> list[Role]:
    """Give the roles of people that may do all of these."""
    return [role for role in policy.roles_with(*grants) if role is not Role.SYSTEM]


def record(
    origin: Origin, stated: Sequence[Any], *, by: Actor, at: datetime
) -> list[Recorded]:
    """Record stated rows; give the outcome of each in the order given."""
    if not stated:
        return []
    if agency := _notifying(origin, by):
        return notices.give_notices(agency=agency, stated=stated, by=by, at=at)
    return _taker(origin, by, lambda own: partial(_record, own, by=by, at=at))(stated)


def _fill(
    origin: Origin, stated: Sequence[Stated], by: Actor, at: datetime
) -> Sequence[Stated]:
    """Fill rows that correct a record with what it says and their file cannot state."""
    if origin.given is None:
        return stated
    changed = _changes(origin, stated)
    plain = replace(origin, given=None, words={})
    foretold = foreteller(plain, by=by, at=at)([stated[each] for each in changed])
    owners = {
        place: each.record_id
        for place, each in zip(changed, foretold, strict=True)
        if (each.fate in _OF_ANOTHER_WORD or origin.settlement is Settlement.KEEP)
    }
    rows = [stated[place] for place in owners]
    was = [changed[place] for place in owners]
    source = source_of_numbers(origin)
    known = filling.known(rows, list(owners.values()), source=source)
    filled = filling.fill(rows, known, given=origin.given)
    store = _RECORDERS[origin.kind].store
    origin.words.update(
        filling.words_of(rows, was, given=origin.given, store=store)
        | filling.find_repeats(filled, known, was)
    )
    told = dict(zip(owners, filled, strict=True))
    return [told.get(place, each) for place, each in enumerate(stated)]


def _changes(origin: Origin, stated: Sequence[Stated]) -> dict[int, OnRecord]:
    """Give what is on record of rows of which their source said something else."""
    numbers = {each.number for each in stated}
    storable = [each for each in numbers if not lengths.UNSTORABLE.search(each)]
    store = _RECORDERS[origin.kind].store
    known = on_record(store, source_of_numbers(origin), storable)
    return {
        place: was
        for place, each in enumerate(stated)
        if (was := known.get(each.number)) and was.last_stated != each.content_key
    }


def _record(
    origin: Origin, stated: Sequence[Stated], *, by: Actor, at: datetime
) -> list[Recorded]:
    stated = _fill(origin, stated, by, at)
    source = source_of_numbers(origin)
    told: dict[str, Any] = {"source": source, "reason": origin.reason}
    if origin.kind is IntakeKind.LOSSES:
        told["arm_source"] = origin.arm_source
    told |= {"settlement": origin.settlement, "words": origin.words}
    outcomes = _ACTIONS[origin.kind](stated=stated, by=by, at=at, **told)
    return _name_fields(origin, stated, outcomes)


def _name_fields(
    origin: Origin, stated: Sequence[Stated], outcomes: list[Recorded]
) -> list[Recorded]:
    """Name the fields in which rows differ from records that a person corrected."""
    held = {
        place: each.record_id
        for place, each in enumerate(outcomes)
        if each.fate is RowOutcome.CONFLICT
    }
    rows = [stated[place] for place in held]
    source = source_of_numbers(origin)
    known = filling.known(rows, list(held.values()), source=source)
    for place, row, was in zip(held, rows, known, strict=True):
        names = filling.name_differences(row, was) if was is not None else ()
        if names:
            sentence = message(
                "%(sentence)s The two differ in: %(fields)s.",
                sentence=outcomes[place].reason,
                fields=[words_of(name) for name in names],
            )
            outcomes[place] = replace(outcomes[place], reason=sentence)
    return outcomes


_GRANT = "recovery.record"
_OF_ANOTHER_WORD = frozenset({RowOutcome.CORRECTED, RowOutcome.CONFLICT})


def foreteller(origin: Origin, *, by: Actor, at: datetime) -> Foretell:
    """Give what foretells the outcomes of a file's rows, part by part.

    It is the algorithm by which ``record`` records them, without its last step.
    """
    if agency := _notifying(origin, by):
        return partial(notices.foretell_notices, agency=agency, by=by)
    return _taker(origin, by, partial(_foreteller, by=by, at=at))


def _foreteller(origin: Origin, *, by: Actor, at: datetime) -> Foretell:
    recorder = _recorder(origin, by, at)

    def foretell(stated: Sequence[Stated]) -> list[Recorded]:
        filled = _fill(origin, stated, by, at)
        return _name_fields(origin, filled, recorder.foretell(filled))

    return foretell


def _taker(origin: Origin, by: Actor, take: Callable[[Origin], Foretell]) -> Foretell:
    """Give what takes the rows of a file, of which some may report losses."""
    if origin.kind is not IntakeKind.RECOVERIES:
        return take(origin)
    losses = take(replace(origin, kind=IntakeKind.LOSSES, words={}))
    return partial(_recoveries, losses=losses, recoveries=take(origin), by=by)


def _recoveries(
    stated: Sequence[Stated], *, losses: Foretell, recoveries: Foretell, by: Actor
) -> list[Recorded]:
    """Hand losses and recoveries to their own apps; refuse what others record.

    Who may record no recovery at all is refused by the app itself.
    """
    if not by.may(grant_of(IntakeKind.LOSSES)):
        losses = partial(_refuse_losses, by=by)
    own = partial(_apart_losses, losses=losses, recoveries=recoveries)
    if not by.may(_GRANT):
        return own(stated)
    opened = by.agencies(_GRANT)
    of_others = [
        isinstance(each, RecoveryInput) and each.agency not in opened for each in stated
    ]
    return _apart(stated, of_others, partial(_refuse, by=by), own)


def _apart_losses(
    stated: Sequence[Stated], *, losses: Foretell, recoveries: Foretell
) -> list[Recorded]:
    is_loss = [isinstance(each, LossInput) for each in stated]
    return _apart(stated, is_loss, losses, recoveries)


def _refuse_losses(stated: Sequence[Any], *, by: Actor) -> list[Recorded]:
    """Refuse reports of loss, which wait for who may record and mend them."""
    others = _roles_with(grant_of(IntakeKind.LOSSES), "intake.mend")
    broken = rules.LOSSES_OPEN.broken((False, by.role, tuple(others)))
    return [Recorded.from_error(broken) for _ in stated]


def _refuse(stated: Sequence[RecoveryInput], *, by: Actor) -> list[Recorded]:
    """Refuse recoveries of agencies for which the actor may not record."""
    opened = by.agencies(_GRANT)
    return [
        Recorded.from_error(
            rules.OPEN_AGENCY.broken((each.agency, opened)), field="agency"
        )
        for each in stated
    ]


def _apart(
    stated: Sequence[Stated], is_one: Sequence[bool], one: Foretell, other: Foretell
) -> list[Recorded]:
    """Hand rows of two sorts to their own takers; give outcomes in their order."""
    if not any(is_one):
        return other(stated)
    pairs = list(zip(stated, is_one, strict=True))
    found = iter(one([each for each, is_such in pairs if is_such]))
    rest = [each for each, is_such in pairs if not is_such]
    others = iter(other(rest) if rest else ())
    return [next(found if is_such else others) for is_such in is_one]


def _recorder(origin: Origin, by: Actor, at: datetime) -> Recorder[Any]:
    source = source_of_numbers(origin)
    told = Submission(source, by, at, origin.reason, origin.settlement, origin.words)
    if origin.kind is IntakeKind.LOSSES:
        return LossRecorder(told, origin.arm_source)
    return _RECORDERS[origin.kind](told)


def source_of_numbers(origin: Origin | Batch) -> str:
    """Tell whose numbers the rows bear: events bear those of the register."""
    is_event = origin.kind == IntakeKind.EVENTS
    return origin.arm_source if is_event else origin.source


_ACTIONS: dict[IntakeKind, Callable[..., list[Recorded]]] = {
    IntakeKind.RECOVERIES: recoveries.record_recoveries,
    IntakeKind.REGISTRY: registering.register_arms,
    IntakeKind.HOLDERS: licensing.record_holders,
    IntakeKind.EVENTS: registering.record_events,
    IntakeKind.LOSSES: registering.report_losses,
    IntakeKind.DECLARATIONS: risk.record_declarations,
}
_RECORDERS: dict[IntakeKind, type[Recorder[Any]]] = {
    IntakeKind.RECOVERIES: RecoveryRecorder,
    IntakeKind.REGISTRY: ArmRecorder,
    IntakeKind.HOLDERS: HolderRecorder,
    IntakeKind.EVENTS: EventRecorder,
    IntakeKind.LOSSES: LossRecorder,
    IntakeKind.DECLARATIONS: DeclarationRecorder,
}
