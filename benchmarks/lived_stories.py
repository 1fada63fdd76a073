"""Who lives in a small country, and what becomes of them and of their arms."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import filterfalse

from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.licensing import ApplicationKind, LicenceType, Restriction
from armstrace.vocabulary.tracing import DiversionKind
from armstrace.vocabulary.vetting import VettingAnswer
from benchmarks.lived_desks import Firms, Party, Thing
from benchmarks.lived_year import Days, Year

Kind, Point = LifeEventKind, DiversionKind
LAGS = (0, 0, 0, 0, 0, 0, 4, 11, 30)
AS_HOLDER = {"taken_from_is_holder": Known.YES}


def settle(year: Year) -> None:
    """Let everybody begin."""
    firms = Firms(
        Party("M1", HolderKind.MANUFACTURER),
        Party("I1", HolderKind.IMPORTER),
        [Party(f"D{n}", HolderKind.DEALER) for n in range(1, 7)],
        Party("S1", HolderKind.STATE_BODY),
        Party("G1", HolderKind.CLUB_OR_COMPANY),
        [],
    )
    firm = (firms.maker, firms.importer, firms.depot, firms.gunsmith)
    for each in (*firm, *firms.dealers):
        year.desks.record(each, f"Firm {each.number}")
    year.begin(supply(year, firms, firms.maker, LicenceType.MANUFACTURE))
    year.begin(supply(year, firms, firms.importer, LicenceType.IMPORT))
    fates = (keeps_order, closes, is_robbed, sells_off_the_books, is_suspended, expires)
    for dealer, fate in zip(firms.dealers, fates, strict=True):
        year.begin(deal(year, firms, dealer, fate))
    year.begin(guard(year, firms), after=60)
    year.begin(year.apply(firms.gunsmith, LicenceType.DEACTIVATE))
    year.begin(break_the_law(year, firms), after=50)
    ways = [way for way, share in WAYS.items() for _ in range(share)]
    for number in range(year.people):
        begun = year.rng.randint(30, max(31, year.days * 7 // 10))
        way = ways[number] if number < len(WAYS) else year.rng.choice(ways)
        year.begin(live(year, firms, Party(f"P{number}", room=4), way), after=begun)


# The trade.
def supply(year: Year, firms: Firms, party: Party, activity: LicenceType) -> Days:
    """Make or import arms every few days, and sell them to dealers."""
    yield from year.apply(party, activity)
    kind = Kind.MANUFACTURED if party is firms.maker else Kind.IMPORTED
    while True:
        yield year.rng.randint(2, 5)
        dealers = [each for each in firms.dealers if each.may(year.today)]
        for _ in range(year.rng.randint(1, 3) if dealers else 0):
            thing = year.bring(party, kind)
            if thing is not None:
                year.pass_on(thing, year.rng.choice(dealers))


def deal(year: Year, firms: Firms, dealer: Party, fate: Callable[..., Days]) -> Days:
    is_short = fate is expires
    length = year.days * 0.55 / 365 if is_short else 5
    yield from year.apply(dealer, LicenceType.DEAL, years=length)
    year.desks.report_for(dealer)
    yield year.days * 6 // 10
    yield from fate(year, firms, dealer)


def keeps_order(year: Year, firms: Firms, dealer: Party) -> Days:
    """Return an arm to another dealer; nothing else happens."""
    yield 1
    for thing in year.free(dealer)[:1]:
        year.pass_on(thing, firms.dealers[2], Passing.RETURN_TO_DEALER)


def closes(year: Year, firms: Firms, dealer: Party) -> Days:
    yield 5
    year.desks.close(dealer)
    yield 3
    for thing in year.free(dealer)[:2]:
        told = {"holder_to": _licensed(year, firms).licence}
        sell = partial(
            year.desks.give_notice, dealer, Kind.SOLD_TO_HOLDER, thing.arm_id, **told
        )
        year.attempt("sell after the end of business", dealer, sell, lawful=False)


def is_robbed(year: Year, firms: Firms, dealer: Party) -> Days:
    del firms
    yield 1
    for thing in year.free(dealer)[:5]:
        year.begin(year.divert(thing, Point.DEALER))
        year.begin(year.lose(thing, Kind.STOLEN, lag=year.rng.choice((0, 0, 3))))


def sells_off_the_books(year: Year, firms: Firms, dealer: Party) -> Days:
    del firms
    for _ in range(4):
        yield 4
        for thing in year.free(dealer)[:1]:
            year.begin(year.divert(thing, Point.DEALER))


def is_suspended(year: Year, firms: Firms, dealer: Party) -> Days:
    """Try to go on in every way, also by an earlier day than the true one."""
    year.desks.restrict(dealer, Restriction.SUSPEND)
    yield 2
    buyer, stock = _licensed(year, firms), year.free(dealer)[:3]
    told = {"holder_to": buyer.licence}
    early = {"happened_on": year.today - timedelta(days=5)}
    for thing, day in zip(stock, ({}, early), strict=False):
        sell = partial(
            year.desks.give_notice,
            dealer,
            Kind.SOLD_TO_HOLDER,
            thing.arm_id,
            **told | day,
        )
        act = "sell by an earlier day" if day else "sell"
        year.attempt(act, dealer, sell, lawful=False, arm=thing)
    for thing in stock[2:]:
        sell = partial(year.desks.hand_over, thing, buyer.number, **early)
        act = "sell by an earlier day, at the desk"
        year.attempt(act, dealer, sell, lawful=False, arm=thing)
    yield from _acquire(year, firms, dealer)


def expires(year: Year, firms: Firms, dealer: Party) -> Days:
    dealer.status = "expired"
    yield 1
    buyer = _licensed(year, firms)
    for thing in year.free(dealer)[:1]:
        yield from year.sell(thing, buyer)
    for thing in year.free(dealer)[1:2]:
        year.pass_on(thing, buyer)
    yield from _acquire(year, firms, dealer)
    for thing in year.free(dealer)[:1]:
        year.begin(year.divert(thing, Point.DEALER))


def _acquire(year: Year, firms: Firms, dealer: Party) -> Days:
    thing = year.bring(firms.importer, Kind.IMPORTED)
    yield 1
    if thing is not None and not year.pass_on(thing, dealer):
        year.pass_on(thing, firms.dealers[0])


def guard(year: Year, firms: Firms) -> Days:
    """Keep arms of the State; five are stolen, two of them without a report."""
    while not firms.importer.may(year.today):
        yield 5
    things = [year.bring(firms.importer, Kind.IMPORTED) for _ in range(8)]
    for thing in things:
        year.pass_on(thing, firms.depot, Passing.HANDED_TO_STATE)
    yield 40
    for place, thing in enumerate(things[:5]):
        year.begin(year.divert(thing, Point.STATE_STOCK))
        if place < 3:
            year.begin(year.lose(thing, Kind.STOLEN, lag=place * 9))


# The citizens.
def live(year: Year, firms: Firms, party: Party, way: str) -> Days:
    year.desks.record(party, f"Citizen {party.number}")
    firms.citizens.append(party)
    yield from WAYS_OF[way](year, firms, party)


def _licensed(year: Year, firms: Firms, but: Party | None = None) -> Party:
    """Give a citizen who may have one arm more."""
    free = [
        each
        for each in firms.citizens
        if each is not but and year.has_room(each, year.today)
    ]
    return year.rng.choice(free) if free else firms.depot


def _buy(year: Year, firms: Firms, buyer: Party, times: int = 1, lag: int = -1) -> Days:
    for _ in range(times):
        stock = [
            thing
            for dealer in firms.dealers
            if dealer.may(year.today) and dealer is not firms.dealers[1]
            for thing in year.free(dealer)
        ]
        if stock:
            late = year.rng.choice(LAGS) if lag < 0 else lag
            yield from year.sell(year.rng.choice(stock), buyer, late)
        yield year.rng.randint(2, 9)


def lawful(year: Year, firms: Firms, party: Party) -> Days:
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, year.rng.choice((1, 1, 2)))
    yield year.rng.randint(5, 60)
    for thing in year.free(party):
        fate = year.rng.choice(FATES)
        yield from fate(year, firms, party, thing)


def barred(year: Year, firms: Firms, party: Party, **told: object) -> Days:
    """Buy without a licence: one never asked for, or one that cannot be granted."""
    if told:
        yield from year.apply(party, LicenceType.POSSESS, **told)
    yield from _buy(year, firms, party, lag=0)
    giver = _licensed(year, firms)
    for thing in year.free(giver)[:1]:
        year.pass_on(thing, party, Passing.GIFT)


def waits(year: Year, firms: Firms, party: Party) -> Days:
    year.begin(year.apply(party, LicenceType.POSSESS))
    yield 2
    yield from _buy(year, firms, party, lag=0)


def suspended(year: Year, firms: Firms, party: Party) -> Days:
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, lag=0)
    year.desks.restrict(party, Restriction.SUSPEND)
    yield from _buy(year, firms, party, lag=0)
    year.desks.restrict(party, Restriction.REINSTATE)
    yield from _buy(year, firms, party, lag=0)


def revoked(year: Year, firms: Firms, party: Party) -> Days:
    """Lose the licence, try to go on, and keep an arm that was to be handed in."""
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, 3, lag=0)
    year.desks.restrict(party, Restriction.REVOKE)
    yield from _go_on(year, firms, party)


def runs_out(year: Year, firms: Firms, party: Party) -> Days:
    yield from year.apply(party, LicenceType.POSSESS, years=0.12)
    yield from _buy(year, firms, party, 3, lag=0)
    yield max(1, (party.until - year.today).days + 1)
    party.status = "expired"
    if year.rng.random() < 0.4:
        yield from _buy(year, firms, party, lag=0)
        again = {"kind": ApplicationKind.RENEW, "of_licence": party.licence}
        yield from year.apply(party, LicenceType.POSSESS, **again)
        yield from _buy(year, firms, party, lag=0)
        return
    yield from _go_on(year, firms, party)


def _go_on(year: Year, firms: Firms, party: Party) -> Days:
    yield 1
    yield from _buy(year, firms, party, lag=0)
    for told in ({}, {"reason": "sold before it is handed in"}):
        for thing in year.free(party)[:1]:
            year.pass_on(thing, _licensed(year, firms, party), **told)
    for thing in year.free(party)[1:2]:
        year.pass_on(thing, firms.dealers[2], Passing.RETURN_TO_DEALER)
    yield year.rng.randint(5, 30)
    for thing in year.free(party)[:1]:
        thing.point = (Point.LICENCE_ENDED, party.number)
        year.find(thing, **AS_HOLDER)


def one_only(year: Year, firms: Firms, party: Party) -> Days:
    party.room = 1
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, 2, lag=0)


def straw(year: Year, firms: Firms, party: Party) -> Days:
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, 3)
    for thing in year.free(party):
        year.begin(year.divert(thing, Point.STRAW_PURCHASE))


def dies(year: Year, firms: Firms, party: Party) -> Days:
    """Leave an arm to an heir without a licence, who is refused, then to another."""
    yield from year.apply(party, LicenceType.POSSESS)
    yield from _buy(year, firms, party, lag=0)
    heir = Party(f"{party.number}-heir")
    year.desks.record(heir, "An heir")
    for thing in year.free(party):
        year.pass_on(thing, heir, Passing.INHERITANCE)
        year.pass_on(thing, _licensed(year, firms, party), Passing.INHERITANCE)


WAYS_OF: Mapping[str, Callable[..., Days]] = {
    "lawful": lawful,
    "never": barred,
    "child": partial(barred, born_on=date(2010, 1, 1)),
    "adverse": partial(barred, answer=VettingAnswer.ADVERSE),
    "waits": waits,
    "suspended": suspended,
    "revoked": revoked,
    "runs out": runs_out,
    "one only": one_only,
    "straw": straw,
    "dies": dies,
}
WAYS = dict.fromkeys(WAYS_OF, 5) | {"lawful": 60, "straw": 4}


# What becomes of an arm.
def sold_on(year: Year, firms: Firms, party: Party, thing: Thing) -> Days:
    manner = year.rng.choice((Passing.SALE, Passing.GIFT))
    year.pass_on(thing, _licensed(year, firms, party), manner)
    yield 1


def leaves(
    year: Year,
    firms: Firms,
    party: Party,
    thing: Thing,
    *,
    to: DiversionKind,
    report: LifeEventKind | None = None,
) -> Days:
    """Leave the legal world; a theft that nobody reports can be told by no record."""
    del firms, party
    is_told = report is not None or to is Point.HOLDER_SALE
    year.begin(year.divert(thing, to, is_told=is_told))
    yield 1
    if report:
        yield from year.lose(thing, report, lag=year.rng.choice(LAGS))


def taken_at_home(year: Year, firms: Firms, party: Party, thing: Thing) -> Days:
    del firms
    if party.may(year.today):
        thing.point = ("", party.number)
        year.find(thing, **AS_HOLDER)
    yield 1


def destroyed(year: Year, firms: Firms, party: Party, thing: Thing) -> Days:
    del firms
    do = partial(year.desks.happen, thing, Kind.DESTROYED)
    thing.is_gone = year.attempt("destroy", party, do, lawful=True)
    yield 5
    if year.rng.random() < 0.5:
        year.begin(year.divert(thing, Point.DESTRUCTION_SITE))


def deactivated(year: Year, firms: Firms, party: Party, thing: Thing) -> Days:
    smith = firms.gunsmith
    worse = partial(year.desks.deactivate, thing, "", "the licence was seen on paper")
    year.attempt("deactivate without a licence", party, worse, lawful=False, arm=thing)
    do = partial(year.desks.deactivate, thing, smith.licence)
    lawful = smith.may(year.today)
    thing.is_gone = year.attempt("deactivate", smith, do, lawful=lawful, arm=thing)
    yield 5
    if thing.is_gone:
        year.begin(year.divert(thing, Point.POST_DEACTIVATION))


def sold_before_told(year: Year, firms: Firms, party: Party, thing: Thing) -> Days:
    """Buy one more, of which the theft is reported before the sale."""
    del thing
    before = {each for each in year.things if each.holder is party}
    year.begin(_buy(year, firms, party, lag=25))
    yield 1
    own = [each for each in year.things if each.holder is party and each.is_busy]
    for each in filterfalse(before.__contains__, own):
        year.begin(year.divert(each, Point.HOLDER_THEFT))
        yield 3
        yield from year.lose(each, Kind.STOLEN)


STOLEN = partial(leaves, to=Point.HOLDER_THEFT, report=Kind.STOLEN)
LOST = partial(leaves, to=Point.HOLDER_LOSS, report=Kind.LOST)
UNSEEN = partial(leaves, to=Point.HOLDER_THEFT)
SOLD = partial(leaves, to=Point.HOLDER_SALE)
FATES = (
    *(sold_on, sold_on, STOLEN, STOLEN, LOST, UNSEEN, SOLD, SOLD),
    *(taken_at_home, destroyed, deactivated, sold_before_told),
)


def break_the_law(year: Year, firms: Firms) -> Days:
    """Let those act who never had a licence, or leave out who they are."""
    maker = Party("M9", HolderKind.MANUFACTURER)
    importer = Party("I9", HolderKind.IMPORTER)
    abroad = Party("F9", HolderKind.FOREIGN)
    dealer = Party("D9", HolderKind.DEALER)
    for each in (maker, importer, abroad, dealer):
        year.desks.record(each, f"Outlaw {each.number}")
    year.bring(maker, Kind.MANUFACTURED)
    year.bring(importer, Kind.IMPORTED)
    nobody = Party("", status="nobody named")
    for kind in (Kind.MANUFACTURED, Kind.IMPORTED):
        year.bring(nobody, kind)
    yield 10
    for dealing in firms.dealers[:1]:
        for taker, thing in zip((dealer, abroad), year.free(dealing), strict=False):
            year.pass_on(thing, taker)
