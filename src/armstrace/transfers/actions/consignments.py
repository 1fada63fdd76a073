"""Record that goods leave under an authorisation, and what happens on the way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.utils import timezone

from armstrace.accounts import independence
from armstrace.analysis.marks.search_keys import search_key
from armstrace.audit import ledger
from armstrace.records import closing, lengths, numbering
from armstrace.records.acts import require_same
from armstrace.registry import at_desk, told_events
from armstrace.transfers import changing, named, rules, standing, watching
from armstrace.transfers.inputs import ConsignmentInput, ItemInput, StepInput
from armstrace.transfers.models import (
    Authorisation,
    AuthorisationRecord,
    ConsignedItem,
    Consignment,
    ConsignmentStep,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.texts import bare
from armstrace.vocabulary.transfers import Direction, Moment, Step

GRANT = "transfer.move"
LIMITS = lengths.limits(Consignment, ["waybill"])
STEP_LIMITS = lengths.limits(ConsignmentStep, ("post", "document"))
SERIAL = lengths.limits(ConsignedItem, ["serial"])
KEY = lengths.Limit("key", str, 40)
MOVES = {
    (Direction.EXPORT, Step.DEPARTED): LifeEventKind.EXPORTED,
    (Direction.EXPORT, Step.RETURNED): LifeEventKind.IMPORTED,
    (Direction.IMPORT, Step.ARRIVED): LifeEventKind.IMPORTED,
    (Direction.IMPORT, Step.RETURNED): LifeEventKind.EXPORTED,
}
"""What each step is in the life of an arm of the register."""


def send_consignment(
    *,
    authorisation_id: int,
    given: ConsignmentInput,
    key: str,
    by: Actor,
    at: datetime,
) -> Consignment:
    """Record that goods leave; the authorisation is drawn down exactly, never over.

    Each arm of the register that is named gets its event of export.

    Args:
        key: Made by the page; the same key gives the consignment that it made.

    Raises:
        InvalidInput: A text is too long, or a quantity too small, or more than one
            where one arm is named.
        NotFound: There is no such arm.
        RuleBroken: ``TX-02``, a duty is not met before departure; ``TX-03``, something
            is missing and no reason is given; ``TX-11``, the authorisation is not in
            force; ``TX-12``, it has not so many left; ``TX-13``, it is for one
            consignment; ``TX-14``, the day has not come; ``TX-46``, nobody agreed to
            documents that were changed since; ``TX-53``, they are expected before
            they leave; ``TX-20`` to ``TX-23``, ``TX-26`` or ``RG-25``, an arm cannot
            leave in it; ``RS-06``, the page was sent with something else; or a rule
            of the life cycle.

    Source:
        Firearms Protocol, arts. 7 (b) and 10, paras. 2 and 3.
    """
    by.require(GRANT)
    lengths.require_fits(given, *LIMITS, *STEP_LIMITS[:1])
    lengths.require_fits(key, KEY)
    for each in given.items:
        lengths.require_fits(each, *SERIAL)
        is_one = bool(each.serial) or each.arm_id is not None
        lengths.require_count("quantity", each.quantity, most=1 if is_one else None)
    with ledger.entry("consignment.sent", by=by, at=at) as entry:
        # Locked first: of two posts at once, the second counts what the first drew.
        changing.lock(authorisation_id)
        authorisation = Authorisation.objects.get_visible(authorisation_id, by)
        sent = {
            "authorisation": authorisation,
            "waybill": given.waybill.strip(),
            "sent": sum(each.quantity for each in given.items),
            "departed_on": given.departed_on,
            "expected_on": given.expected_on,
        }
        known = Consignment.objects.get_queryset().filter(made_by=by.name, key=key)
        if (made := known.first()) is not None:
            require_same(made, sent)
            entry.about(made)
            return made
        record = AuthorisationRecord.objects.current().get(authorisation=authorisation)
        _require_may_leave(record, given, timezone.localdate(at))
        _require_room(authorisation, record, given.items)
        named.require_free(authorisation, given.items)
        made = Consignment.objects.create(
            **sent,
            agency=by.agency,
            key=key,
            made_by=by.name,
            known_at=at,
            step=Step.DEPARTED,
        )
        rows = [
            ConsignedItem(consignment=made, known_at=at, **asdict(each))
            for each in given.items
        ]
        ConsignedItem.objects.get_queryset().bulk_create(rows)
        entry.about_all(rows)
        told = StepInput(
            Step.DEPARTED, given.departed_on, record.export_country, given.post
        )
        _take(made, told, entry, given.reason)
    return made


def record_step(
    *, consignment_id: int, given: StepInput, by: Actor, at: datetime
) -> ConsignmentStep:
    """Record what happened to a consignment: a leg, its proof, its diversion.

    Raises:
        InvalidInput: A text is too long.
        RuleBroken: ``TX-14``, the day has not come; ``TX-15``, it is before the step
            before it, or before the goods left; ``TX-16``, the step does not follow;
            ``TX-17``, how many arrived is not said; ``TX-42``, a receipt has no paper;
            ``TX-47``, none come back, or more than are away; ``TX-51``, the paper is
            of another; ``TX-10``, ``TX-25`` or ``TX-54``, its country; ``TX-07``,
            ``TX-24`` or ``AC-09``, what is wrong is explained without a reason, by
            who recorded it or the receipt, or by one of whom one set up the other's
            account; or a rule of the life cycle.

    Source:
        Firearms Protocol, arts. 10, para. 4, and 11; Regulation (EU) 2025/41, art. 26.
    """
    by.require(GRANT)
    lengths.require_fits(given, *STEP_LIMITS)
    with ledger.entry("consignment.step_recorded", by=by, at=at) as entry:
        made = _lock(consignment_id, by)
        steps = standing.steps_of(made.pk)
        course = standing.course_of(made, steps)
        on = given.happened_on
        rules.COME.require((on, on <= timezone.localdate(at)))
        rules.FOLLOWS.require((given.kind, made.reference, standing.following(course)))
        rules.IN_ORDER.require(
            (made.reference, steps[-1].happened_on, given.happened_on)
        )
        least = 0 if given.kind in {Step.ARRIVED, Step.RECEIPT} else -1
        many = -1 if given.quantity is None else given.quantity
        rules.COUNTED.require((least <= many <= rules.MOST,))
        _require_place(made, given, course)
        if given.kind is Step.RETURNED:
            away = made.sent - course.came_back
            fits = given.quantity is None or 0 < many <= away
            rules.NOT_MORE_BACK.require((str(away), made.reference, fits))
        if given.kind is Step.RECEIPT:
            _require_own_paper(made, given.document)
            apart = [each for each in steps if each.kind == Step.SETTLED]
            _require_another(apart, by, at)
        if given.kind is Step.SETTLED:
            rules.REASONED.require(given.reason)
            _require_another(_steps_that_explain(course, steps), by, at)
        return _take(made, given, entry)


def take_back_step(
    *, consignment_id: int, reason: str, by: Actor, at: datetime
) -> ConsignmentStep:
    """Take back the last step of a consignment, with the reason; it is kept.

    Without its departure it draws on nothing. What the lives of its arms tell of the
    step is withdrawn with it.

    Raises:
        RuleBroken: ``TX-07``, there is no reason; ``TX-16``, no step is left;
            ``TX-55``, goods would be free to leave again, or an alarm would end, by
            who recorded the step; ``RG-14``, something that followed in the life of
            an arm needs it.

    Source:
        Firearms Protocol, art. 7 (records are kept), and art. 10.
    """
    by.require(GRANT)
    rules.REASONED.require(reason)
    with ledger.entry("consignment.step_taken_back", by=by, at=at) as entry:
        made = _lock(consignment_id, by)
        steps = standing.steps_of(made.pk)
        if not steps:
            raise rules.FOLLOWS.broken((Step.TAKEN_BACK, made.reference, ()))
        was = steps[-1]
        if was.kind == Step.DEPARTED or _ends_alarm(
            made, steps, timezone.localdate(at)
        ):
            rules.ANOTHER_TAKES_BACK.require((by.name != was.told_by,))
            independence.require(was.told_by, by.name, at)
        moves = _moves(made, was)
        told = {"reason": reason.strip(), "told_by": by.name}
        later = closing.replace(was, entry, is_removed=True, **told)
        for arm_id, moved in moves:
            told_events.withdraw_crossing(arm_id, moved, reason.strip(), entry)
        _fold(made, entry)
    return later


def _ends_alarm(
    made: Consignment, steps: Sequence[ConsignmentStep], today: date
) -> bool:
    """Tell whether something that is wrong today would be no more without the last."""
    now, then = (
        {due.alarm for due in standing.every_due(made, some) if due.on <= today}
        for some in (steps, steps[:-1])
    )
    return not now <= then


def name_case(
    *, consignment_id: int, case: str, by: Actor, at: datetime
) -> ConsignmentStep:
    """Say which case follows a diversion.

    Args:
        case: Number of the case, such as C1234567.

    Raises:
        RuleBroken: ``TX-16``, it kept its route, or has its case.

    Source:
        Background paper (2018), para. 32; Arms Trade Treaty, art. 11, para. 4.
    """
    by.require("transfer.view")
    with ledger.entry("consignment.case_named", by=by, at=at) as entry:
        made = _lock(consignment_id, by)
        course = standing.course_of(made, standing.steps_of(made.pk))
        rules.FOLLOWS.require((Step.CASE, made.reference, standing.following(course)))
        told = StepInput(Step.CASE, timezone.localdate(at), document=case)
        return _take(made, told, entry)


def _require_place(
    made: Consignment, given: StepInput, course: watching.Course
) -> None:
    (country,) = changing.countries([given.country]) or ("",)
    rules.PASSAGE.require((given.kind is not Step.ENTERED or bool(country),))
    if given.kind is Step.LEFT and course.inside is not None:
        entered = course.inside.country
        rules.LEAVES_ITS_STATE.require((made.reference, entered, country))


def _require_own_paper(made: Consignment, document: str) -> None:
    """Refuse a receipt without a paper, or by that of another consignment."""
    rules.OWN_PAPER.require((bool(bare(document)),))
    numbering.take_turns("papers of receipt")
    rows = ConsignmentStep.objects.current().filter(
        kind=Step.RECEIPT, is_removed=False, search=search_key(document)
    )
    others = rows.exclude(consignment=made).order_by("-pk")
    other = others.values_list("consignment", flat=True).first()
    rules.OTHER_RECEIPT.require((document, f"J{other}", other is None))


def _lock(consignment_id: int, by: Actor) -> Consignment:
    """Give a consignment that nobody else changes until the transaction ends."""
    rows = Consignment.objects.get_queryset().filter(pk=consignment_id)
    list(rows.select_for_update().values_list("pk", flat=True))
    return Consignment.objects.get_visible(consignment_id, by)


def _steps_that_explain(
    course: watching.Course, steps: Sequence[ConsignmentStep]
) -> Iterator[ConsignmentStep]:
    """Give the steps that tell what is wrong, or that it is not."""
    for passed, step in zip(course.steps, steps, strict=True):
        if passed.kind in {Step.ARRIVED, Step.RECEIPT} or course.is_off(passed):
            yield step


def _require_another(apart: Iterable[ConsignmentStep], by: Actor, at: datetime) -> None:
    """Refuse who recorded one of these steps, or stands under who did."""
    for step in apart:
        rules.ANOTHER_EXPLAINS.require((by.name != step.told_by,))
        independence.require(step.told_by, by.name, at)


def _require_may_leave(
    record: AuthorisationRecord, given: ConsignmentInput, today: date
) -> None:
    """Refuse goods that may not leave on the day on which they do."""
    on = given.departed_on
    rules.COME.require((on, on <= today))
    rules.EXPECTED.require((on, given.expected_on))
    in_force = standing.in_force(record, on)
    rules.IN_FORCE.require((str(record.authorisation), on, in_force))
    rules.AGREED.require((str(record.authorisation), standing.is_agreed(record)))
    found = (
        *standing.missing_of(record, on, Moment.DEPARTURE),
        *named.arms_without_marks(record.authorisation, given.items, on),
        *named.arms_not_named(record.authorisation, given.items, on),
    )
    rules.NOTHING_BLOCKS.require(found)
    rules.REASONED_WARNINGS.require((found, given.reason))


def _require_room(
    authorisation: Authorisation,
    record: AuthorisationRecord,
    given: Sequence[ItemInput],
) -> None:
    """Refuse more goods than an authorisation has left."""
    rules.SINGLE.require((str(authorisation), standing.may_send(record)))
    wanted = Counter[int]()
    for each in given:
        wanted[each.line] += each.quantity
    left = standing.left_of(authorisation.pk)
    fits = bool(wanted) and all(0 < n <= left.get(k, 0) for k, n in wanted.items())
    rules.ROOM.require((str(authorisation), wanted, left, fits))


def _take(
    made: Consignment, given: StepInput, entry: ledger.Entry, reason: str = ""
) -> ConsignmentStep:
    """Write a step, let the lives of its arms tell it, and say what is due next."""
    columns = asdict(given) | {"country": given.country.strip().upper()}
    columns["search"] = search_key(given.document)
    step = closing.keep(
        ConsignmentStep,
        entry,
        consignment=made,
        place=made.steps.filter(superseded_at=None).count() + 1,
        **columns | {"reason": given.reason.strip() or reason.strip()},
    )
    for arm_id, moved in _moves(made, step):
        if given.kind is Step.ARRIVED:
            named.require_standing(made.authorisation, arm_id)
        at_desk.follow_consignment(arm_id, moved, entry)
    _fold(made, entry)
    return step


def _moves(made: Consignment, step: ConsignmentStep) -> list[tuple[int, at_desk.Moved]]:
    """Say which arms of the register a step takes over the border, and where to."""
    kind = MOVES.get((Direction(made.authorisation.direction), Step(step.kind)))
    if kind is None or not _is_whole(made, step):
        return []
    records = AuthorisationRecord.objects.current()
    record = records.get(authorisation_id=made.authorisation_id)
    holder = made.authorisation.holder
    is_out = kind is LifeEventKind.EXPORTED
    country = record.import_country if is_out else record.export_country
    to = holder.number if holder and not is_out else ""
    moved = at_desk.Moved(
        made.reference, kind, step.happened_on, country, to, step.place
    )
    arms = made.items.exclude(arm=None).order_by("arm_id")
    return [(key, moved) for key in arms.values_list("arm_id", flat=True)]


def _is_whole(made: Consignment, step: ConsignmentStep) -> bool:
    """Tell whether a step is of all arms: nobody says which ones a part return is."""
    if step.kind != Step.RETURNED:
        return True
    return standing.course_of(made, standing.steps_of(made.pk)).is_back


def _fold(made: Consignment, entry: ledger.Entry) -> None:
    """Say anew how far a consignment is, and what is due of it."""
    steps = standing.steps_of(made.pk)
    due = next(iter(standing.every_due(made, steps)), None)
    made.step = steps[-1].kind if steps else Step.TAKEN_BACK
    made.alarm, made.due_on = (due.alarm, due.on) if due else ("", None)
    made.save(update_fields=["step", "alarm", "due_on"])
    entry.about(made)
