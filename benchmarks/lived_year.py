"""A year of a small country: who applies, deals, holds, errs, and where arms leave.

What each person does is a generator that gives the number of days until it goes on;
the calendar goes from day to day. The truth stays here and is told to no desk.
"""

import heapq
import itertools
import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from armstrace.analysis.marks.description import Description
from armstrace.analysis.synthetic import catalogue, misreading
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.licensing import (
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceType,
)
from armstrace.vocabulary.tracing import DiversionKind
from armstrace.vocabulary.vetting import VettingAnswer
from benchmarks.lived_desks import (
    ASSESSOR,
    CLERK,
    DECIDER,
    Desks,
    Party,
    Thing,
    rule_of,
)

Kind, Act, Point = LifeEventKind, LicenceAct, DiversionKind
BEGUN = date(2025, 1, 6)
DOCUMENTS = (
    *(DocumentKind.IDENTITY, DocumentKind.COMPANY, DocumentKind.PREMISES),
    *(DocumentKind.CRIMINAL_RECORD, DocumentKind.TRAINING),
)
SHORT = [
    each
    for each in catalogue.MODELS
    if each.arm_type in {"PISTOL", "REVOLVER"} and not each.is_blank_firing
]
type Days = Generator[int]


@dataclass(frozen=True, slots=True)
class Tried:
    """An act that somebody tried, and what came of it."""

    day: date
    act: str
    by: str
    is_lawful: bool
    # The rule that refused it; empty where it was done.
    rule: str
    # Whether a second person sees it among what passed with a reason.
    is_seen: bool = False


class Year:
    """The calendar, the people and the arms of a country."""

    def __init__(self, desks: Desks, *, seed: int, people: int, months: int) -> None:
        self.desks, self.rng = desks, random.Random(seed)
        self.people, self.days = people, months * 365 // 12
        self.tried: list[Tried] = []
        self.things: list[Thing] = []
        self.recovered: list[Thing] = []
        self.mended = 0
        self._queue: list[tuple[int, int, Days]] = []
        self._order = itertools.count()

    @property
    def today(self) -> date:
        return self.desks.day

    @property
    def day(self) -> int:
        return (self.today - BEGUN).days

    def begin(self, doing: Days, after: int = 0) -> None:
        heapq.heappush(self._queue, (self.day + after, next(self._order), doing))

    def live(self) -> None:
        """Let every day come, and whoever has something to do on it."""
        while self._queue:
            day, _, doing = heapq.heappop(self._queue)
            self.desks.enter(BEGUN + timedelta(days=day))
            wait = next(doing, None)
            if wait is not None and (day + wait <= self.days or wait < 0):
                self.begin(doing, abs(wait))

    def attempt(
        self,
        act: str,
        by: Party,
        do: Callable[[], object],
        *,
        lawful: bool,
        arm: Thing | None = None,
    ) -> bool:
        """Try an act, and keep what came of it; give whether it was done."""
        rule = rule_of(do)
        is_seen = bool(arm) and not rule and self.desks.is_seen_again(arm.arm_id)
        self.tried.append(Tried(self.today, act, by.status, lawful, rule, is_seen))
        return not rule

    # Licences.
    def apply(
        self,
        party: Party,
        activity: LicenceType,
        *,
        years: float = 5,
        answer: VettingAnswer = VettingAnswer.CLEAR,
        **told: object,
    ) -> Days:
        """Take an application its whole way; the party is licensed or refused."""
        desks, say = self.desks, {"reason": "looked at"}
        made = desks.draft(party, activity, **told)
        desks.act(made, Act.SEND, CLERK)
        party.status = "waits"
        yield self.rng.randint(1, 3)
        if party.kind is not HolderKind.PERSON:
            lawless = partial(desks.act, made, Act.ACCEPT, ASSESSOR, **say)
            if activity is not LicenceType.IMPORT:
                self.attempt("accept without documents", party, lawless, lawful=False)
            desks.attach(made, *DOCUMENTS)
        take = partial(desks.act, made, Act.ACCEPT, ASSESSOR, **say)
        is_child = told.get("born_on", BEGUN) > date(2007, 1, 1)
        is_child &= "born_on" in told
        if not self.attempt("accept", party, take, lawful=not is_child):
            desks.act(made, Act.WITHDRAW, CLERK, reason="too young")
            party.status = "too young"
            return
        desks.act(made, Act.VET, ASSESSOR)
        yield self.rng.randint(2, 9)
        desks.vet(made, answer)
        for department in desks.unheard(made):
            desks.act(made, Act.HEAR, ASSESSOR, department=department)
        desks.act(made, Act.PROPOSE, ASSESSOR, is_granted=True, **say)
        yield self.rng.randint(1, 4)
        yield from self._decide(party, made, answer, timedelta(days=years * 365))

    def _decide(
        self, party: Party, made: int, answer: VettingAnswer, length: timedelta
    ) -> Days:
        desks, say = self.desks, {"reason": "decided"}
        days = {"valid_from": self.today, "valid_until": self.today + length}
        grant = say | days | {"is_granted": True, "quantity": party.room}
        own = partial(desks.act, made, Act.DECIDE, ASSESSOR, **grant)
        self.attempt("decide on one's own assessment", party, own, lawful=False)
        decide = partial(desks.act, made, Act.DECIDE, DECIDER, **grant)
        is_clear = answer is VettingAnswer.CLEAR
        if self.attempt("grant", party, decide, lawful=is_clear) and is_clear:
            yield self.rng.randint(0, 2)
            issued = desks.act(made, Act.ISSUE, ASSESSOR)
            party.licence, party.status = issued.licence_number, "licensed"
            party.since, party.until = days["valid_from"], days["valid_until"]
            return
        refuse = say | {"ground": GroundClass.RELIABILITY}
        desks.act(made, Act.DECIDE, DECIDER, **refuse)
        issue = partial(desks.act, made, Act.ISSUE, ASSESSOR)
        self.attempt("issue what was refused", party, issue, lawful=False)
        desks.act(made, Act.REFUSE, ASSESSOR)
        party.status = "refused"

    # Arms.
    def describe(self) -> tuple[Description, object]:
        model = self.rng.choice(SHORT)
        signs = {"#": "0123456789", "@": "ABCDEFGHJKLMNPRSTUVWXYZ"}
        serial = "".join(
            self.rng.choice(signs[each]) if each in signs else each
            for each in model.serial_format
        )
        told = (model.arm_type.title(), model.make, model.name, model.calibre, serial)
        return Description(*told, country=model.country), model

    def bring(self, by: Party, kind: LifeEventKind) -> Thing | None:
        """Let a maker or an importer register an arm."""
        described, model = self.describe()
        made: list[int] = []
        do = lambda: made.append(self.desks.register(described, kind, by.number))  # noqa: E731
        lawful = by.may(self.today)
        if not self.attempt(kind.lower(), by, do, lawful=lawful):
            return None
        thing = Thing(made[0], described, model, by)
        is_seen = not lawful and self.desks.is_seen_again(thing.arm_id)
        self.tried[-1] = replace(self.tried[-1], is_seen=is_seen)
        self.things.append(thing)
        return thing

    def free(self, holder: Party) -> list[Thing]:
        """Give the arms that a holder has, of which nothing else is under way."""
        return [
            each
            for each in self.things
            if each.holder is holder
            and not each.is_busy
            and not each.is_gone
            and each.point is None
        ]

    def pass_on(
        self, thing: Thing, taker: Party, manner: Passing = Passing.SALE, **told: object
    ) -> bool:
        """Let a clerk record that an arm passes; give whether it did."""
        giver = thing.holder
        gives = manner in {Passing.RETURN_TO_DEALER, Passing.INHERITANCE}
        lawful = (gives or giver.may(self.today)) and self.has_room(taker, self.today)
        do = partial(self.desks.hand_over, thing, taker.number, manner, **told)
        worse = giver if not gives and not giver.may(self.today) else taker
        done = self.attempt(f"pass on: {manner}", worse, do, lawful=lawful, arm=thing)
        if done:
            thing.holder = taker
        return done

    def has_room(self, taker: Party, on: date) -> bool:
        if taker.kind is HolderKind.STATE_BODY:
            return True
        held = sum(each.holder is taker and not each.is_gone for each in self.things)
        return taker.may(on) and held < taker.room

    def sell(self, thing: Thing, buyer: Party, lag: int = 0) -> Days:
        """Let a dealer sell an arm and give notice of it, perhaps days later."""
        dealer, on = thing.holder, self.today
        lawful = dealer.may(on) and self.has_room(buyer, on)
        status = dealer if not dealer.may(on) else buyer
        if lawful:
            thing.holder = buyer
        thing.is_busy = True
        if lag:
            yield lag
        told = {"holder_to": buyer.licence or buyer.number, "happened_on": on}
        arm = thing.arm_id
        do = partial(self.desks.give_notice, dealer, Kind.SOLD_TO_HOLDER, arm, **told)
        if lawful and rule_of(do):
            self._mend(thing, partial(self.desks.hand_over, thing, buyer.number,
                                      happened_on=on), status)  # fmt: skip
        elif lawful:
            self.tried.append(
                Tried(self.today, "sell", status.status, is_lawful=True, rule="")
            )
        else:
            self.attempt("sell", status, do, lawful=False, arm=thing)
        thing.is_busy = False

    def _mend(self, thing: Thing, sale: Callable[[], object], status: Party) -> None:
        """Let the registry put a sale before the loss that was told first."""
        last = self.desks.withdraw_last(thing)
        self.attempt("sell, told after the loss", status, sale, lawful=True)
        self.desks.happen(thing, last.kind, last.happened_on)
        self.mended += 1

    def lose(self, thing: Thing, kind: LifeEventKind, lag: int = 0) -> Days:
        """Let who has an arm report its loss or theft, perhaps days later."""
        on, holder = self.today, thing.holder
        if lag:
            yield lag
        do = partial(self.desks.happen, thing, kind, on)
        if holder.kind is HolderKind.DEALER:
            do = partial(
                self.desks.give_notice, holder, kind, thing.arm_id, happened_on=on
            )
        thing.is_gone = self.attempt(f"report {kind}", holder, do, lawful=True)

    def divert(
        self, thing: Thing, kind: DiversionKind, *, is_told: bool = True
    ) -> Days:
        """Let an arm leave the legal world, and be recovered with its marks misread."""
        thing.point, thing.is_told = (kind, thing.holder.number), is_told
        return self._recover(thing)

    def _recover(self, thing: Thing) -> Days:
        # The police find it after the year too.
        yield -self.rng.randint(20, 120)
        self.find(thing)

    def find(self, thing: Thing, **told: object) -> None:
        read, rng, model = thing.description, self.rng, thing.model
        serial, _ = misreading.misread_serial(read.serial, model, rng)
        calibre, _ = misreading.write_calibre(model, rng)
        words = (read.type, read.make, read.model, calibre, serial)
        thing.recovery = f"R-{len(self.recovered) + 1}"
        self.desks.recover(thing.recovery, Description(*words), **told)
        self.recovered.append(thing)
