"""What a transfer lacks by the provisions of the profile: over plain values."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from armstrace.licensing.checking import Missing
from armstrace.transfers import foreign_licences, statements
from armstrace.transfers.facts import Asking, Facts, Goods, due_by, months_after
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.messages import Country, Message, message
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import is_visible
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    PaperKind,
    Particular,
    TransferCheck,
)

SAID = Sentences(__package__)
SILENCE = "TRANSIT_SILENCE"


type Test = Callable[[Facts, Asking], Iterable[Message]]
"""Says what is missing; nothing where nothing is."""


def missing(
    facts: Facts, law: Profile, moment: Moment, on: date, home: str
) -> tuple[Missing, ...]:
    """Give what the law of a day does not find in order before an act.

    Args:
        moment: Before which act.
        on: The day of the act.
        home: Code of the country whose working days count.

    Source:
        Firearms Protocol, art. 10, paras. 1 to 3; the profile.
    """
    kinds = [each.item_kind for each in facts.goods]
    silence = law.deadline(SILENCE, on)
    found = []
    for rule in law.transfers_asked(facts.direction, moment, on):
        if not rule.is_asked_of(facts.direction, facts.regime, kinds or ItemKind):
            continue
        if rule.is_multiple not in {None, facts.is_multiple}:
            continue
        asking = Asking(rule, moment, on, silence, home)
        found += [
            Missing(rule.code, rule.strength, said, rule.source, rule.is_verified)
            for said in TESTS[rule.demands](facts, asking)
        ]
    return tuple(found)


def _particular(facts: Facts, asking: Asking) -> Iterator[Message]:
    asked = asking.rule.particular
    if asked is None or _is_stated(facts, asked):
        return
    bearing = [each for each in facts.papers if each.kind in asking.rule.papers]
    if not any(asked in each.states for each in bearing):
        yield SAID.say("PARTICULAR_MISSING", particular=asked)


def _is_stated(facts: Facts, asked: Particular) -> bool:
    """Tell whether the licence itself says it."""
    if asked in OF_GOODS:
        return bool(facts.goods) and all(map(OF_GOODS[asked], facts.goods))
    told = getattr(facts, asked.lower())
    return is_visible(told) if isinstance(told, str) else told is not None


def _no_objection(facts: Facts, asking: Asking) -> Iterator[Message]:
    if asking.rule.not_direct and facts.is_direct:
        return
    for country in facts.transit or ():
        yield from _of_transit_state(country, facts, asking)


def _of_transit_state(country: str, facts: Facts, asking: Asking) -> Iterator[Message]:
    """Say what lacks of one transit State: it objects, is silent, or wrote too late."""
    issued = facts.issued_on or asking.on
    if any(facts.of_kind(PaperKind.OBJECTION, country)):
        yield SAID.say("TRANSIT_OBJECTS", country=Country(country))
        return
    kept = [
        each
        for each in facts.of_kind(PaperKind.NO_OBJECTION, country)
        if each.is_kept and each.came_on
    ]
    found = [each for each in kept if (each.valid_until or date.max) >= asking.on]
    days = [each.came_on for each in found if each.came_on]
    last = max((each.came_on or date.min for each in kept), default=date.min)
    days += _tacit(country, facts, asking, since=last)
    first = min(days, default=None)
    if first is None and kept:
        yield SAID.say(
            "NO_OBJECTION_EXPIRED",
            country=Country(country),
            day=max(each.valid_until for each in kept if each.valid_until),
        )
    elif first is None:
        yield SAID.say(
            "NO_OBJECTION_MISSING", country=Country(country), before=asking.moment
        )
    elif first > issued:
        yield SAID.say(
            "NO_OBJECTION_LATE", country=Country(country), day=first, issued=issued
        )


def _tacit(country: str, facts: Facts, asking: Asking, *, since: date) -> list[date]:
    """Give the days from which silence counts; who has answered is asked anew."""
    if asking.silence is None:
        return []
    asked = facts.of_kind(PaperKind.TRANSIT_REQUEST, country)
    sent = [each.came_on for each in asked if each.is_kept and each.came_on]
    days = [due_by(asking.silence, on, asking.home) for on in sent if on > since]
    return [day + timedelta(days=1) for day in days if day < asking.on]


def _notice(facts: Facts, asking: Asking) -> Iterator[Message]:
    leaves = facts.departs_on or asking.on
    for country in facts.transit or ():
        told = facts.of_kind(PaperKind.TRANSIT_NOTICE, country)
        if not any(each.came_on and each.came_on <= leaves for each in told):
            yield SAID.say("TRANSIT_NOT_TOLD", country=Country(country), day=leaves)


def _broker(facts: Facts, asking: Asking) -> Iterator[Message]:
    del asking
    if facts.is_brokered is None:
        yield message("Nobody has said whether there is a broker; write it down.")
    elif facts.is_brokered and not (
        facts.broker.strip() and facts.broker_place.strip()
    ):
        yield message("Name and place of the broker are missing; write them down.")


def _broker_licence(facts: Facts, asking: Asking) -> Iterator[Message]:
    """Ask for the licence of this very deal."""
    found = facts.of_kind(PaperKind.BROKER_LICENCE)
    if facts.is_brokered and not any(
        each.is_kept
        and each.number.strip()
        and not each.used_for
        and (each.valid_until or asking.on) >= asking.on
        for each in found
    ):
        yield SAID.say("NO_BROKERS_LICENCE")


def _validity(facts: Facts, asking: Asking) -> Iterator[Message]:
    begun, until = facts.issued_on or asking.on, facts.valid_until
    last = _end_of_import(facts) if asking.rule.is_multiple is not True else None
    if last is None and asking.rule.months:
        last = months_after(begun, asking.rule.months)
    if until is not None and last is not None and until > last:
        yield SAID.say("VALID_TOO_LONG", day=until, last=last)


def _end_of_import(facts: Facts) -> date | None:
    kind, country = PaperKind.IMPORT_LICENCE, facts.import_country
    found = facts.of_kind(kind, country)
    if facts.direction is not Direction.EXPORT:
        return None
    return max((each.valid_until for each in found if each.valid_until), default=None)


def _return(facts: Facts, asking: Asking) -> Iterator[Message]:
    begun = facts.departs_on or facts.issued_on or asking.on
    if facts.return_on is None:
        yield message("The day by which the goods come back is missing; write it down.")
        return
    rule = asking.rule
    last = months_after(begun, rule.months) + timedelta(days=rule.days)
    if (rule.months or rule.days) and facts.return_on > last:
        yield SAID.say("BACK_TOO_LATE", day=facts.return_on, last=last)


def _denial(facts: Facts, asking: Asking) -> Iterator[Message]:
    del asking
    if facts.refused:
        yield SAID.say("REFUSED_BEFORE", numbers=facts.refused)


def _document(facts: Facts, asking: Asking) -> Iterator[Message]:
    for kind in asking.rule.papers:
        if not any(facts.of_kind(kind)):
            yield SAID.say("PAPER_MISSING", paper=kind)


def _embargo(facts: Facts, asking: Asking) -> Iterator[Message]:
    rule = asking.rule
    ends = {facts.import_country, facts.export_country if rule.both_ways else ""}
    exempted = facts.of_kind(PaperKind.EXEMPTION)
    if any(p.is_kept and (p.valid_until or asking.on) >= asking.on for p in exempted):
        return
    for country in {*rule.countries} & ends:
        if rule.receiver:
            yield SAID.say(
                "RECEIVER_UNDER_EMBARGO",
                country=Country(country),
                receiver=rule.receiver,
            )
        else:
            yield SAID.say("STATE_UNDER_EMBARGO", country=Country(country))


OF_GOODS: Mapping[Particular, Callable[[Goods], object]] = {
    Particular.DESCRIPTION: lambda each: each.description.strip(),
    Particular.QUANTITY: lambda each: each.quantity,
}
"""Particulars that each of the goods has; the others are fields of the licence."""

TESTS: Mapping[TransferCheck, Test] = {
    TransferCheck.PARTICULAR: _particular,
    TransferCheck.IMPORT_LICENCE: partial(
        foreign_licences.missing, PaperKind.IMPORT_LICENCE
    ),
    TransferCheck.EXPORT_LICENCE: partial(
        foreign_licences.missing, PaperKind.EXPORT_LICENCE
    ),
    TransferCheck.NO_OBJECTION: _no_objection,
    TransferCheck.NOTICE: _notice,
    TransferCheck.END_USER: statements.missing,
    TransferCheck.BROKER: _broker,
    TransferCheck.BROKER_LICENCE: _broker_licence,
    TransferCheck.VALIDITY: _validity,
    TransferCheck.RETURN: _return,
    TransferCheck.DENIAL: _denial,
    TransferCheck.DOCUMENT: _document,
    TransferCheck.EMBARGO: _embargo,
}
"""What each kind of provision asks; a further kind is a line here."""
