"""Plan what is planted: rings, straw buyers, thefts, sources, a depot, changes.

Plants take the last recoveries of a country and the arms of the numbers after
them, so that every stream tells of them among all others.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from armstrace.analysis.synthetic import (
    catalogue,
    draws,
    geography,
    holders,
    plans,
    ties,
)
from armstrace.analysis.synthetic.catalogue import Model
from armstrace.analysis.synthetic.geography import Town
from armstrace.analysis.synthetic.holders import Scale
from armstrace.analysis.synthetic.kinds import Kind
from armstrace.analysis.synthetic.plants import Plot, Told
from armstrace.analysis.synthetic.slots import DAYS, Story

_STREAM = 61
_SMALLEST = 20
_ALL_KINDS = 100
_WORKING_DAYS = 5
_TRIES = 600
_CHANGED_TYPES = ("SHOTGUN", "REVOLVER", "RIFLE")
_CHANGED_PLACE = "POST_COURIER_HUB"
AGENCIES = ("VCG", "VFH", "VNP", "VNP")
_GRAVE = ("DRUG_TRAFFICKING", "ROBBERY", "FIREARMS_TRAFFICKING", "HOMICIDE")


class Planting:
    """The plots of a country, in an order that tells nothing."""

    def __init__(self, seed: int, scale: Scale, last_day: int, kind: Kind) -> None:
        self.seed, self.scale, self.last_day, self.kind = seed, scale, last_day, kind
        self.rng = draws.generator(seed, _STREAM, 0)
        self.people: dict[str, ties.People] = {}
        self.town_of_thefts: dict[str, Town] = {}
        self.innocent: set[str] = set()
        self._persons = 0
        plots = list(self._plan())
        self.recovered = [plot for plot in plots if plot.day <= last_day]
        self.rng.shuffle(self.recovered)
        unseen = [plot for plot in plots if plot.day > last_day]
        self.unrecovered = unseen[: max(0, scale.arms - scale.recoveries)]

    def _plan(self) -> Iterator[Plot]:
        if self.scale.recoveries < _SMALLEST:
            return
        sets = max(1, self.scale.recoveries // self.kind.recoveries_a_set)
        for number in range(sets):
            yield from self._ring(number)
        if self.scale.recoveries < _ALL_KINDS:
            return
        for number in range(sets):
            for one in range(self.kind.straws):
                yield from self._straw(number * self.kind.straws + one)
            yield from self._innocent_buyers()
            yield from self._cluster(number)
            yield from self._series(number)
        for number in range((sets + 3) // 4):
            yield from self._source(number)
            yield from self._change(number)
        yield from self._depot(min(24, 6 + sets))
        for number in range((sets + 1) // 2):
            yield from self._chain(number)

    def _ring(self, number: int) -> Iterator[Plot]:
        """Plan a ring: three arms bought at once, three from elsewhere."""
        rng, key = self.rng, f"RING-{number + 1:02d}"
        is_story = number == 0
        last = self.last_day - (0 if is_story else rng.randint(40, DAYS - 500))
        bought = _monday(last - 86)
        names = [self._stranger() for _ in range(rng.randint(4, 8))]
        towns = [geography.town(rng.random()) for _ in range(4)]
        days = (bought + 20, bought + 51, last, last - rng.randint(300, 420))
        buyer, dealer = self.new_buyer(), self._dealer()
        for at in range(6):
            case = min(at, 3)
            plot = Plot(
                (key,), Story.QUIET_THEFT, self._handgun(), 0, 0, days[case], "", "",
                towns[case], agency=AGENCIES[case],
                case=f"{AGENCIES[case]}/{700_000 + number * 8 + case:06d}",
                told=Told.CLEAR if is_story else Told.AS_MET,
                context="DRUG_TRAFFICKING" if case > 1 else rng.choice(_GRAVE),
                taken_from=names[at % len(names)] if is_story or rng.random() < 0.85
                else "",
            )  # fmt: skip
            straw = f"STRAW-R{number + 1:02d}"
            if at < 3:
                yield self._bought_for(plot, straw, buyer, dealer, bought)
            else:
                yield self._stolen_for(plot)
        buyer_name = holders.name_of_person(int(buyer[1:]))
        self.people[key] = ties.People((buyer_name, *names), date.fromordinal(bought))

    def _bought_for(
        self, plot: Plot, straw: str, buyer: str, dealer: str, bought: int
    ) -> Plot:
        sold = bought + self.rng.randrange(_WORKING_DAYS)
        return plot._replace(
            plants=(*plot.plants, straw), story=Story.STRAW, sold=sold, gone=sold + 2,
            dealer=dealer, keeper=buyer,
        )  # fmt: skip

    def _stolen_for(self, plot: Plot) -> Plot:
        gone = plot.day - self.rng.randint(40, 500)
        sold = gone - self.rng.randint(200, 2500)
        dealer, keeper = self._dealer(), self._person()
        return plot._replace(sold=sold, gone=gone, dealer=dealer, keeper=keeper)

    def _straw(self, number: int) -> Iterator[Plot]:
        """Plan a buyer of several handguns within five working days."""
        rng = self.rng
        buyer, dealer = self.new_buyer(), self._dealer()
        bought = _monday(self.last_day - rng.randint(60, DAYS - 40))
        for at in range(rng.randint(2, 5)):
            sold = bought + rng.randrange(_WORKING_DAYS)
            day = sold + 12 + int(rng.random() ** 1.5 * 400)
            if at > 1 and rng.random() < 0.4:
                day = self._never()
            yield Plot(
                (f"STRAW-{number + 1:02d}",), Story.STRAW, self._handgun(), sold, sold +
                2, min(day, self._never()), dealer, buyer, geography.town(rng.random()),
                rng.choice(_GRAVE), taken_from=self._stranger(),
            )  # fmt: skip

    def _innocent_buyers(self) -> Iterator[Plot]:
        """Plan sportsmen who buy two at once; one in four is robbed and says so."""
        for at in range(4):
            buyer, dealer = self.new_buyer(), self._dealer()
            self.innocent.add(buyer)
            bought = _monday(self.last_day - self.rng.randint(200, DAYS))
            for arm in range(2):
                gone = bought + self.rng.randint(60, 190)
                day = gone + 30 if at == arm == 0 else self._never()
                story = Story.THEFT if day < self.last_day else Story.LAWFUL
                yield Plot(
                    (), story, self._handgun(), bought + arm, gone, day, dealer, buyer,
                    geography.town(self.rng.random()),
                )  # fmt: skip

    def _cluster(self, number: int) -> Iterator[Plot]:
        """Plan burglaries of one town within nine days."""
        rng, key = self.rng, f"THEFTS-{number + 1:02d}"
        town, residents = self._residents(rng.randint(5, 8))
        self.town_of_thefts[key] = town
        begun = self.last_day - rng.randint(60, DAYS - 60)
        for at, keeper in enumerate(residents):
            gone = begun + rng.randrange(10)
            day = gone + rng.randint(20, 420) if at < 4 else self._never()
            elsewhere = geography.town(rng.random())
            while elsewhere == town:
                elsewhere = geography.town(rng.random())
            yield Plot(
                (key,), Story.THEFT, self._model(), gone - rng.randint(300, 3000), gone,
                min(day, self._never()), self._dealer(), keeper, elsewhere,
            )  # fmt: skip

    def _series(self, number: int) -> Iterator[Plot]:
        """Plan neighbouring serial numbers that come up in several places."""
        rng, model, dealer = self.rng, self._model(), self._dealer()
        sold = self.last_day - rng.randint(700, DAYS + 700)
        begun = max(sold + 30, self.last_day - rng.randint(200, DAYS - 10))
        run, step = rng.randrange(10**6), 0
        for _ in range(rng.randint(3, 4)):
            step += rng.randint(1, 3)
            day = min(begun + rng.randrange(180), self.last_day)
            yield Plot(
                (f"SERIES-{number + 1:02d}",), Story.QUIET_THEFT, model, sold +
                rng.randrange(20), day - 9, day, dealer, self._person(),
                geography.town(rng.random()), run=run + step,
            )  # fmt: skip

    def _source(self, number: int) -> Iterator[Plot]:
        """Plan a dealer whose customers sell on at once."""
        rng, dealer = self.rng, self._dealer()
        begun = self.last_day - rng.randint(400, DAYS - 10)
        for _ in range(rng.randint(11, 16)):
            sold = begun + rng.randrange(240)
            day = min(sold + rng.randint(30, 320), self.last_day)
            yield Plot(
                (f"SOURCE-{number + 1:02d}",), Story.SALE, self._handgun(), sold, (sold
                + day) // 2, day, dealer, self._person(), geography.town(rng.random()),
                rng.choice(_GRAVE), taken_from=self._stranger(),
            )  # fmt: skip

    def _depot(self, arms: int) -> Iterator[Plot]:
        """Plan a store that leaks one inventory number after the other."""
        rng, model = self.rng, catalogue.STATE.pick(self.rng.random())
        while model.last_year < 2020:
            model = catalogue.STATE.pick(rng.random())
        body = holders.STATE_BODIES[rng.randrange(6)][0]
        bought = self.last_day - rng.randint(2200, 3000)
        begun = self.last_day - rng.randint(420, 690)
        run, mark = rng.randrange(10**6), rng.randint(1000, 8000)
        for at in range(arms):
            day = begun + at * 13 + rng.randrange(9)
            yield Plot(
                ("DEPOT-01",), Story.STATE_LEAK, model, bought, day - 25, day, "", body,
                geography.town(rng.random()), rng.choice(_GRAVE), run=run + at,
                other_marks=f"INV {mark + at}",
            )  # fmt: skip

    def _chain(self, number: int) -> Iterator[Plot]:
        """Plan several people who buy one model of one dealer within a week."""
        rng, model, dealer = self.rng, self._handgun(), self._dealer()
        buyers = [self.new_buyer() for _ in range(rng.randint(3, 4))]
        bought = _monday(self.last_day - rng.randint(330, DAYS - 40))
        for buyer in (*buyers, *buyers[:2]):
            sold = bought + rng.randrange(_WORKING_DAYS)
            yield Plot(
                (f"CHAIN-{number + 1:02d}",), Story.STRAW, model, sold, sold + 2,
                sold + rng.randint(20, 300), dealer, buyer,
                geography.town(rng.random()),
                rng.choice(_GRAVE), taken_from=self._stranger(),
            )  # fmt: skip

    def _change(self, number: int) -> Iterator[Plot]:
        """Plan weeks in which an agency meets more of a type, or of a kind of place."""
        rng = self.rng
        types = _of_type(_CHANGED_TYPES[number % len(_CHANGED_TYPES)])
        for word, choice, place in (
            ("TYPE", types, ""),
            ("ROUTE", _modern(), _CHANGED_PLACE),
        ):
            begun = self.last_day - rng.randint(80, 700)
            for _ in range(min(12, 4 + self.scale.recoveries // 400)):
                day = begun + rng.randrange(56)
                gone = day - rng.randint(40, 600)
                yield Plot(
                    (f"CHANGE-{word}-{number + 1:02d}",), Story.QUIET_THEFT,
                    choice.pick(rng.random()), gone - rng.randint(300, 3000), gone,
                    day, self._dealer(), self._person(), geography.town(rng.random()),
                    agency=AGENCIES[number % len(AGENCIES)], place_kind=place,
                )  # fmt: skip

    def new_buyer(self) -> str:
        """Give a person of the register who is in no other plant."""
        self._persons += 1
        return holders.person(
            self.scale.persons + 2 * self.scale.recoveries + self._persons
        )

    def new_buyers(self) -> range:
        """Give the numbers of all of these persons."""
        first = self.scale.persons + 2 * self.scale.recoveries + 1
        return range(first, first + self._persons)

    def _never(self) -> int:
        return self.last_day + 1

    def _stranger(self) -> str:
        return ties.stranger(self.rng)

    def _dealer(self) -> str:
        return holders.dealer(int(self.rng.random() ** 1.3 * self.scale.dealers))

    def _person(self) -> str:
        number = self.rng.randrange(self.scale.persons)
        return holders.person(number - (plans.licence_ended(number, 1) != 0))

    def _residents(self, count: int) -> tuple[Town, list[str]]:
        first = self._person()
        town, found = holders.town_of(first), [first]
        for _ in range(_TRIES):
            other = self._person()
            if holders.town_of(other) == town:
                found.append(other)
            if len(found) == count:
                break
        return town, (found * count)[:count]

    def _handgun(self) -> Model:
        return _of_type("PISTOL").pick(self.rng.random())

    def _model(self) -> Model:
        return _modern().pick(self.rng.random())


def _monday(day: int) -> int:
    return day - date.fromordinal(day).weekday()


@cache
def _modern() -> draws.Choice[Model]:
    """Give models that dealers have sold for twenty years and still sell."""
    made = [
        model
        for model in catalogue.CIVILIAN.items
        if model.first_year < 2008 and model.last_year > 2024
    ]
    return catalogue.choose_among(made)


@cache
def _of_type(arm_type: str) -> draws.Choice[Model]:
    return catalogue.choose_among(m for m in _modern().items if m.arm_type == arm_type)
