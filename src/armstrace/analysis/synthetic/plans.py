"""The lawful life of each registered arm, as a function of its number."""

from datetime import date
from typing import NamedTuple

from armstrace.analysis.synthetic import catalogue, draws, geography, holders
from armstrace.analysis.synthetic.catalogue import Model
from armstrace.analysis.synthetic.holders import Scale
from armstrace.analysis.synthetic.plants import Plot
from armstrace.analysis.synthetic.slots import Slot, Slots, Story
from armstrace.vocabulary.codes import Code

_STREAM = 21
_LANES = 22
OLDEST_SALE = date(1966, 1, 3).toordinal()
# From this day importers mark what they bring in.
MARKS_SINCE = date(2005, 1, 1).toordinal()

# The day the register became electronic; older events became known later.
RECORDS_SINCE = date(1999, 3, 1).toordinal()

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_YEAR = 365
_LAPSING = 50


class Route(Code):
    """How an arm came to the holder on record."""

    IMPORTED = "IMPORTED", "made abroad, imported, sold by a dealer"
    HOME = "HOME", "made in Varnia, sold by a dealer"
    OLD = "OLD", "in the country before records began"
    STATE = "STATE", "bought by a State body"
    DEALER_STOCK = "DEALER_STOCK", "unsold at a dealer's"
    IMPORTER_STOCK = "IMPORTER_STOCK", "unsold at an importer's"
    MAKER_STOCK = "MAKER_STOCK", "unsold at its maker's"


class Keeper(NamedTuple):
    """A lawful holder after the trade, since an ordinal day, by a life event."""

    day: int
    holder: str
    event: str


class Plan(NamedTuple):
    """The lawful life of one arm.

    Days are ordinals, 0 where none; numbers of traders are empty where none.
    """

    arm: int
    model: Model
    serial: str
    route: Route
    made: int
    imported: int
    dealt: int
    importer: str
    dealer: str
    keepers: tuple[Keeper, ...]
    # Ordinal of the day its lawful life ends at the latest.
    limit: int
    slot: Slot | None
    draws: list[float]

    @property
    def holder(self) -> str:
        """The last lawful holder."""
        if self.keepers:
            return self.keepers[-1].holder
        return self.dealer or self.importer or holders.HOME_MAKER

    @property
    def held_since(self) -> int:
        """Ordinal of the day from which the last lawful holder has it."""
        if self.keepers:
            return self.keepers[-1].day
        return self.dealt or self.imported or self.made

    @property
    def year(self) -> int:
        return date.fromordinal(self.made).year


_ROUTES: dict[Story, Route] = {
    Story.DEALER_SALE: Route.DEALER_STOCK,
    Story.DEALER_THEFT: Route.DEALER_STOCK,
    Story.IMPORTER: Route.IMPORTER_STOCK,
    Story.TRANSIT: Route.IMPORTER_STOCK,
    Story.STATE_LEAK: Route.STATE,
    Story.STATE_THEFT: Route.STATE,
    Story.MAKER_STOCK: Route.MAKER_STOCK,
}
_STOCK = frozenset({Route.DEALER_STOCK, Route.IMPORTER_STOCK, Route.MAKER_STOCK})


class Plans:
    """The lawful lives of a country's arms."""

    def __init__(self, seed: int, scale: Scale, slots: Slots) -> None:
        self.seed, self.scale, self.slots = seed, scale, slots
        self.last_day = slots.last_day

    def of(self, index: int) -> Plan:
        return self._plan(index, draws.row(self.seed, _STREAM, index, lanes=_LANES))

    def of_span(self, span: range) -> list[Plan]:
        """Give the plans of consecutive arms."""
        drawn = draws.rows(self.seed, _STREAM, span, lanes=_LANES)
        return [self._plan(index, row) for index, row in zip(span, drawn, strict=True)]

    def _plan(self, index: int, d: list[float]) -> Plan:
        slot = self.slots.of_arm(index)
        if slot is not None and slot.plot is not None:
            return self._of_plot(index, slot, slot.plot, d)
        story = slot.story if slot else None
        route = _ROUTES.get(story) if story else _route(d[0])
        limit = self._limit(slot)
        sold = self._sold(slot, d, limit=limit, route=route or Route.IMPORTED)
        model = _model(route, d, date.fromordinal(sold).year)
        route = _choose_route(route, model)
        made = _made(model, sold, d)
        if route is Route.IMPORTED and made < OLDEST_SALE - 5 * _YEAR:
            route = Route.OLD
        importer, dealer = self._traders(route, slot, d, model=model)
        imported = 0
        if importer:
            imported = max(made + 20, sold - 15 - int(d[7] * 300))
        dealt = 0
        if dealer:
            start = imported + 2 if imported else made + 15
            dealt = start + 1 + int(max(0, sold - start - 2) * d[8] * 0.8)
        keepers = self._keepers(route, slot, d, sold=sold, limit=limit)
        serial = serial_of(model, index, d, seed=self.seed)
        return Plan(
            index, model, serial, route, made, imported, dealt, importer, dealer,
            keepers, limit, slot, d,
        )  # fmt: skip

    def _of_plot(self, index: int, slot: Slot, plot: Plot, d: list[float]) -> Plan:
        model, made = plot.model, plot.sold - 130 - int(d[5] * 90)
        serial = serial_of(model, index, d, seed=self.seed)
        if plot.run >= 0:
            serial = _stamp(model, plot.run)
        route = Route.STATE if slot.story is Story.STATE_LEAK else Route.IMPORTED
        bought = "ISSUED_TO_STATE" if route is Route.STATE else "SOLD_TO_HOLDER"
        route, importer = _choose_route(route, model), ""
        if route is Route.IMPORTED:
            importer = holders.importer(int(d[9] ** 1.5 * self.scale.importers))
        return Plan(
            index, model, serial, route, made, plot.sold - 70 if importer else 0,
            plot.sold - 20 - int(d[8] * 30) if plot.dealer else 0, importer,
            plot.dealer, (Keeper(plot.sold, plot.keeper, bought),), plot.gone, slot, d,
        )  # fmt: skip

    def _limit(self, slot: Slot | None) -> int:
        if slot is None:
            return self.last_day
        if slot.story is Story.LAWFUL:
            return slot.day - 30
        if slot.story is Story.STRAW:
            return slot.day - 3
        away = 12 + int(_YEAR * 9 * slot.draws[6] ** 3)
        if slot.repeats:
            away = min(away, 900)
        return slot.day - away

    def _sold(
        self, slot: Slot | None, d: list[float], *, limit: int, route: Route
    ) -> int:
        if slot is not None and slot.story is Story.STRAW:
            spread = int(slot.draws[7] * 25)
            return min(self.slots.straw_sale_day(slot.number) - spread, limit)
        if route in _STOCK:
            return limit - 5 - int(d[1] * 2.5 * _YEAR)
        if slot is not None:
            return max(OLDEST_SALE, limit - 60 - int(24 * _YEAR * d[1] ** 2))
        return limit - 20 - int((limit - 30 - OLDEST_SALE) * d[1] ** 1.6)

    def _traders(
        self, route: Route, slot: Slot | None, d: list[float], *, model: Model
    ) -> tuple[str, str]:
        importer, dealer = "", ""
        abroad = model.country != geography.HOME
        if route is Route.IMPORTER_STOCK or (
            abroad and route in {Route.IMPORTED, Route.DEALER_STOCK}
        ):
            importer = holders.importer(int(d[9] ** 1.5 * self.scale.importers))
        if route in {Route.IMPORTED, Route.HOME, Route.DEALER_STOCK}:
            dealer = holders.dealer(int(d[10] ** 1.3 * self.scale.dealers))
        if slot is not None and slot.story in {Story.STRAW, Story.DEALER_SALE}:
            place = slot.buyer if slot.buyer >= 0 else int(d[10] * 1000)
            dealer = holders.dealer(place // 8 % holders.CORRUPT_DEALERS)
        return importer, dealer

    def _keepers(
        self, route: Route, slot: Slot | None, d: list[float], *, sold: int, limit: int
    ) -> tuple[Keeper, ...]:
        if route in _STOCK:
            return ()
        if route is Route.STATE:
            body = holders.STATE_BODIES[int(d[11] ** 1.8 * 6)][0]
            return (Keeper(sold, body, "ISSUED_TO_STATE"),)
        if slot is not None and slot.story is Story.STRAW:
            buyer = holders.person(holders.straw_buyer(self.scale, slot.buyer))
            return (Keeper(sold, buyer, "SOLD_TO_HOLDER"),)
        first = "TRANSFERRED" if route is Route.OLD else "SOLD_TO_HOLDER"
        keepers = [Keeper(sold, self._buyer(d[11], sold, slot), first)]
        if d[12] < 0.26 and limit - sold > 2 * _YEAR:
            day = sold + 200 + int((limit - sold - 260) * d[13])
            how = "INHERITED" if d[12] < 0.09 else "TRANSFERRED"
            keepers.append(Keeper(day, self._buyer(d[14], day, slot), how))
        if slot is not None and slot.story in {Story.LICENCE_ENDED, Story.ESTATE}:
            special = holders.person(self.scale.persons + slot.number)
            keepers[-1] = keepers[-1]._replace(holder=special)
        if len(keepers) == 2 and keepers[0].holder == keepers[1].holder:
            keepers.pop()
        return tuple(keepers)

    def _buyer(self, draw: float, day: int, slot: Slot | None) -> str:
        if draw < 0.045:
            return holders.club(int(draw / 0.045 * self.scale.clubs))
        number = int((draw - 0.045) ** 1.6 / 0.955**1.6 * self.scale.persons)
        ended = licence_ended(number, self.last_day)
        if ended and (slot is not None or day >= ended - 30):
            number = (number + 1) % self.scale.persons
        return holders.person(number)


def licence_ended(number: int, last_day: int) -> int:
    """Give the day on which an ordinary person's licence ended.

    Returns:
        An ordinal, 0 where the licence is valid.
    """
    if number % _LAPSING != 7:
        return 0
    return last_day - 60 - int(holders.scatter(number + 17) * 18 * _YEAR)


def serial_of(model: Model, index: int, d: list[float], *, seed: int) -> str:
    """Stamp a serial number; State purchases run in batches."""
    rest = int(d[15] * 2**52)
    if d[16] < 0.15:
        batch = holders.scatter(seed * 31 + index // 64 * 1009 + model.code)
        rest = int(batch * 2**44) * 64 + index % 64
    return _stamp(model, rest)


def _stamp(model: Model, rest: int) -> str:
    stamped = []
    for sign in reversed(model.serial_format):
        if sign == "#":
            rest, digit = divmod(rest, 10)
            stamped.append(str(digit))
        elif sign == "@":
            rest, digit = divmod(rest, len(_LETTERS))
            stamped.append(_LETTERS[digit])
        else:
            stamped.append(sign)
    return "".join(reversed(stamped))


def _route(draw: float) -> Route:
    if draw < 0.88:
        return Route.IMPORTED
    if draw < 0.95:
        return Route.STATE
    return Route.DEALER_STOCK if draw < 0.99 else Route.IMPORTER_STOCK


def _model(route: Route | None, d: list[float], year: int) -> Model:
    choice = catalogue.STATE if route is Route.STATE else catalogue.CIVILIAN
    if route is Route.MAKER_STOCK:
        choice = catalogue.HOME_MADE
    picked = choice.pick(d[2])
    for lane in (3, 4):
        if picked.first_year < year and _fits(picked, route):
            return picked
        picked = choice.pick(d[lane])
    if picked.first_year < year and _fits(picked, route):
        return picked
    return _FALLBACK[route is Route.MAKER_STOCK][year > 1996]


def _fits(model: Model, route: Route | None) -> bool:
    return route is not Route.IMPORTER_STOCK or model.country != geography.HOME


def _model_named(make: str, name: str) -> Model:
    return next(m for m in catalogue.MODELS if (m.make, m.name) == (make, name))


_FALLBACK = (
    (_model_named("FN", "1910"), _model_named("CZ", "75")),
    (
        _model_named(catalogue.HOME_MAKE, "LESNIK"),
        _model_named(catalogue.HOME_MAKE, "SV-9"),
    ),
)


def _choose_route(route: Route | None, model: Model) -> Route:
    if route is None or route is Route.IMPORTED:
        home = model.country == geography.HOME
        return Route.HOME if home else Route.IMPORTED
    return route


def _made(model: Model, sold: int, d: list[float]) -> int:
    latest = min(sold - 60, date(model.last_year, 12, 20).toordinal())
    earliest = date(model.first_year, 1, 10).toordinal()
    if latest <= earliest:
        return min(earliest, latest)
    new = latest - int(d[5] * 700)
    used = latest - int((latest - earliest) * d[5])
    return max(earliest, used if d[6] < 0.3 else new)
