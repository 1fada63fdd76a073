"""Notices of the trade: what came to a business and what went, by the acts of the desk.

A notice names the other side by the licence, and the arm as the stock book has it.
One that a rule refuses changes nothing; a file keeps it for the registry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.licensing.standing import Licences
from armstrace.records import bulk, lengths
from armstrace.records.lookups import among
from armstrace.registry import at_desk, licensed, rules, seeking, trading
from armstrace.registry.actions.passing import Handover, Passings
from armstrace.registry.inputs import EventInput, Happening
from armstrace.registry.losing import lose_arm
from armstrace.registry.loss_statements import LossRecorder
from armstrace.registry.models import Notice
from armstrace.registry.trading import ArmsNamed, Business, Side
from armstrace.vocabulary import rows
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LOSSES, LifeEventKind, Passing
from armstrace.vocabulary.errors import (
    ArmstraceError,
    InvalidInput,
    NotFound,
    RuleBroken,
)
from armstrace.vocabulary.outcomes import Recorded, RowOutcome

SALES = frozenset(
    {
        LifeEventKind.SOLD_TO_DEALER,
        LifeEventKind.SOLD_TO_HOLDER,
        LifeEventKind.TRANSFERRED,
    }
)
NOTIFIED = SALES | LOSSES | {LifeEventKind.MANUFACTURED}
GRANT = "trade.notify"


class NoticeOfLoss(LossRecorder):
    """Losses and thefts of which the trade gives notice."""

    grant = GRANT


def give_notice(*, notice: EventInput, by: Actor, at: datetime) -> Recorded:
    """Record one notice of the business for which the own agency reports.

    The trade lets arms go from its own stock alone. What comes from others, goes to
    the State, is sought or was recovered, the registry confirms: it records the same
    notice itself.

    Args:
        notice: ``holder_from`` or ``holder_to`` is the licence of the other side, and
            the other one of them is empty; the number may be empty.

    Raises:
        RuleBroken: ``RG-33`` to ``RG-37``, ``RG-39``; ``RG-40``, the day has not come;
            ``RG-51``, the registry confirms it; ``RG-52``; ``HO-02`` or ``HO-03``, of
            who made an arm; or a rule by which the desk passes an arm on or reports
            its loss.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers); Firearms Protocol,
        art. 7.
    """
    by.require(GRANT)
    with ledger.entry("notice.given", by=by, at=at) as entry:
        entry.about_all([])
        (outcome,) = Notices(by.agency, [notice], by).follow(entry)
        if isinstance(outcome, Recorded):
            return outcome
        raise outcome


def give_notices(
    *, agency: str, stated: Sequence[EventInput], by: Actor, at: datetime
) -> list[Recorded]:
    """Record notices of a file, those that happened first before the others.

    Args:
        agency: For whose business.

    Returns:
        The outcome of each, in the order given.

    Source:
        Directive (EU) 2021/555, art. 4 (register of dealers).
    """
    with ledger.entry("notice.given", by=by, at=at) as entry:
        entry.about_all([])
        return _tell(Notices(agency, stated, by).follow(entry))


def foretell_notices(
    stated: Sequence[EventInput], *, agency: str, by: Actor
) -> list[Recorded]:
    """Tell which notices name what is on record; the rules of the desk come later."""
    return _tell(Notices(agency, stated, by).foretell())


type Outcome = Recorded | ArmstraceError
REFUSED = (RuleBroken, InvalidInput, NotFound)
# That an arm was recovered, and where it is kept.
OF_THE_STATE = frozenset({licensed.LET_GO.code, at_desk.KEPT.code})
NUMBER = lengths.limits(Notice, {"number": "number"})


def _tell(outcomes: Iterable[Outcome]) -> list[Recorded]:
    return [
        each if isinstance(each, Recorded) else Recorded.from_error(each)
        for each in outcomes
    ]


@dataclass(frozen=True, slots=True)
class Meant:
    """A notice, the arm that it means, who has it, and who receives it."""

    # Its place in the file.
    place: int
    told: EventInput
    arm_id: int
    giver: Side
    taker: str = ""


class Notices:
    """Notices of one agency in the order of their days, of each arm one at a time.

    What they ask is read at once for as many as can be followed together.
    """

    def __init__(self, agency: str, stated: Sequence[EventInput], by: Actor) -> None:
        self._stated = stated
        # What is held is mended by a clerk, who has no notices to give.
        self._grant = at_desk.EVENT if by.may(at_desk.EVENT) else GRANT
        self._business = trading.business_of(agency)
        named = [name for each in stated for name in (each.holder_from, each.holder_to)]
        self._sides = trading.sides_called(named)
        rows = Notice.objects.get_queryset().filter(
            among("number", map(_number, stated)), agency=agency
        )
        columns = ("number", "content_key", "arm_id")
        self._said = {number: told for number, *told in rows.values_list(*columns)}
        numbers = {number for _, number in self._sides.values()}
        numbers |= {self._business.number} if self._business else set()
        # Whose licences count arms: of each of these one notice is followed at a time.
        self._limited = Licences.of_holders(numbers).with_a_limit()
        self._found: dict[int, Outcome] = {}

    def foretell(self) -> list[Outcome]:
        """Tell what becomes of them as far as the arms and both sides go."""
        for wave in self._waves():
            for one in wave:
                self._keep(one)
        return self._outcomes()

    def follow(self, entry: ledger.Entry) -> list[Outcome]:
        """Follow them by the acts of the desk; one that is refused changes nothing."""
        for wave in self._waves():
            done = self._do(wave, entry)
            rows = [self._row(one, entry) for one in done]
            entry.about_keys(Notice, bulk.insert(Notice, rows))
            for one in done:
                self._keep(one)
        return self._outcomes()

    def _outcomes(self) -> list[Outcome]:
        return [self._found[place] for place in range(len(self._stated))]

    def _waves(self) -> Iterator[list[Meant]]:
        days = [each.happened_on or date.max for each in self._stated]
        rest = sorted(range(len(self._stated)), key=days.__getitem__)
        while rest:
            arms = ArmsNamed(self._stated[place].arm_number for place in rest)
            busy: set[object] = set()
            wave: list[Meant] = []
            later: list[int] = []
            for place in rest:
                touched = self._holders_and_arms(self._stated[place], arms)
                if busy & touched:
                    later.append(place)
                elif (one := self._read(place, arms)) is not None:
                    wave.append(one)
                busy |= touched
            yield wave
            rest = later

    def _holders_and_arms(self, told: EventInput, arms: ArmsNamed) -> set[object]:
        """Give a notice's number, arms it may mean, and sides that count theirs."""
        named = (self._sides.get(n.strip()) for n in (told.holder_from, told.holder_to))
        numbers = {side[1] for side in named if side}
        numbers |= {self._business.number} if self._business else set()
        of_it = {("number", _number(told))}
        return arms.meant_by(told.arm_number) | (numbers & self._limited) | of_it

    def _read(self, place: int, arms: ArmsNamed) -> Meant | None:
        """Give what a notice means; None where its outcome is known."""
        told = self._stated[place]
        try:
            lengths.require_fits(told, *NUMBER)
            business = _require_open(told, self._business)
            key, arm = self._said.get(_number(told), (told.content_key, 0))
            trading.SAID_ONCE.require((_quote(told.number), key == told.content_key))
            if arm:
                self._found[place] = Recorded(RowOutcome.UNCHANGED, arm)
                return None
            own = (business.holder_id, business.number)
            giver, taker = self._hands(told, own)
            if giver != own and (came := arms.came(told, giver, own)):
                self._found[place] = Recorded(RowOutcome.UNCHANGED, came)
                return None
            self._require_registry(is_asked=giver != own)
            meant = arms.find(told.arm_number, giver)
        except REFUSED as error:
            self._found[place] = error
            return None
        return Meant(place, told, meant, giver, taker)

    def _require_registry(self, *, is_asked: bool) -> None:
        """Leave to the registry what the trade is neither to do nor to be told."""
        rules.CONFIRMED.require((not is_asked or self._grant == at_desk.EVENT,))

    def _hands(self, told: EventInput, own: Side) -> tuple[Side, str]:
        """Give who has the arm, and the number of who receives it."""
        if told.kind not in SALES:
            return own, ""
        named = [each for each in (told.holder_from, told.holder_to) if each.strip()]
        known = [self._sides.get(each.strip()) for each in named]
        rules.OTHER_SIDE_ALONE.require((len(known) < 2 or own in known,))
        # Of what comes from others the trade learns no more where no licence is there.
        comes = bool(told.holder_from.strip()) and known[0] is None
        self._require_registry(is_asked=comes)
        sides = [self._side(each) for each in named or [""]]
        other = next((side for side in sides if side != own), own)
        is_in = other == sides[0] and bool(told.holder_from.strip())
        return (other, own[1]) if is_in else (own, other[1])

    def _side(self, name: str) -> Side:
        told = name.strip()
        trading.OTHER_SIDE.require((_quote(told) if told else "", told in self._sides))
        return self._sides[told]

    def _do(self, wave: list[Meant], entry: ledger.Entry) -> list[Meant]:
        """Do what notices of different arms tell; give those that were followed."""
        passed = {one.arm_id: one for one in wave if one.told.kind not in LOSSES}
        taken = at_desk.take_arms(passed)
        today = timezone.localdate(entry.at)
        takers = [one.taker for one in passed.values()]
        passings = Passings(taken.values(), takers, today)
        sought = seeking.sought(taken)
        stated: dict[int, tuple[at_desk.AtDesk, EventInput]] = {}
        for one in wave:
            try:
                on = _require_come(one, entry.at)
                if one.told.kind in LOSSES:
                    _lose(one, self._grant, entry).require_done()
                    continue
                arm = _require_held(one, taken.get(one.arm_id))
                if one.told.kind in SALES:
                    self._require_registry(is_asked=one.arm_id in sought)
                    rules.IN_ORDER.require((on, arm.last_day))
                    event = passings.state(arm, _handover(one))
                    is_to_state = event.kind is LifeEventKind.ISSUED_TO_STATE
                    self._require_registry(is_asked=is_to_state)
                    stated[one.arm_id] = (arm, event)
                else:
                    passings.require_maker(arm, on)
            except REFUSED as error:
                self._found[one.place] = self._said_to_who_asks(error)
        places = {arm: passed[arm].place for arm in stated}
        self._record(stated, passings, places, entry)
        return [one for one in wave if one.place not in self._found]

    def _record(
        self,
        stated: Mapping[int, tuple[at_desk.AtDesk, EventInput]],
        passings: Passings,
        places: Mapping[int, int],
        entry: ledger.Entry,
    ) -> None:
        """Record events; those of days before a licence ended are seen again."""
        late = {
            arm: each
            for arm, each in stated.items()
            if passings.is_barred_now(*each, entry.at)
        }
        outcomes = at_desk.record_events(stated.values(), entry, self._grant)
        for arm_id, outcome in outcomes.items():
            try:
                outcome.require_done()
            except REFUSED as error:
                self._found[places[arm_id]] = error
                late.pop(arm_id, None)
        for arm, told in late.values():
            entry.about(arm.event_numbered(told.number), despite=True)

    def _said_to_who_asks(self, error: ArmstraceError) -> ArmstraceError:
        """Name no recovery and no store to the trade."""
        is_secret = isinstance(error, RuleBroken) and error.rule in OF_THE_STATE
        if is_secret and self._grant == GRANT:
            return rules.CONFIRMED.broken((False,))
        return error

    def _keep(self, one: Meant) -> None:
        self._said[_number(one.told)] = [one.told.content_key, one.arm_id]
        self._found[one.place] = Recorded(RowOutcome.NEW, one.arm_id)

    def _row(self, one: Meant, entry: ledger.Entry) -> dict[str, object]:
        assert self._business is not None  # noqa: S101 - asked when it was read
        return {
            "agency": self._business.agency,
            "number": _number(one.told),
            "content_key": one.told.content_key,
            "holder_id": self._business.holder_id,
            "arm_id": one.arm_id,
            "kind": one.told.kind.value,
            "happened_on": one.told.happened_on,
            "given_by": entry.by.name,
            "known_at": entry.at,
        }


def _require_open(told: EventInput, business: Business | None) -> Business:
    trading.REPORTS_FOR.require(business)
    assert business is not None  # noqa: S101 - as the rule holds
    is_told = told.kind in NOTIFIED and told.happened_on is not None
    trading.NOTIFIED.require((is_told,))
    trading.OPEN_THEN.require((business.closed_on, told.happened_on))
    return business


def _number(told: EventInput) -> str:
    return told.number.strip() or told.content_key


def _require_come(one: Meant, at: datetime) -> date:
    on = one.told.happened_on
    assert on is not None  # noqa: S101 - asked when it was read
    trading.COME.require((on, on <= timezone.localdate(at)))
    return on


def _require_held(one: Meant, taken: at_desk.AtDesk | None) -> at_desk.AtDesk:
    """Refuse an arm that went to others, or was joined, before it was locked."""
    is_held = taken is not None and taken.arm.holder_id == one.giver[0]
    trading.IN_STOCK.require((one.told.arm_number, one.giver[1], int(is_held)))
    assert taken is not None  # noqa: S101 - as the rule holds
    return taken


def _handover(one: Meant) -> Handover:
    given = {"manner": Passing.SALE, "taker": one.taker, "reason": ""}
    return rows.fill(Handover, one.told, **given)


def _lose(one: Meant, grant: str, entry: ledger.Entry) -> Recorded:
    taken = at_desk.take_arm(one.arm_id, happened_on=one.told.happened_on)
    lost = rows.fill(Happening, one.told, number="")
    recorder = NoticeOfLoss if grant == GRANT else LossRecorder
    return lose_arm(taken, lost, entry, recorder)


def _quote(name: str) -> str:
    return f"“{name}”" if name else "—"
