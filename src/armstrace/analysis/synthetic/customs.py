"""What is declared at a synthetic country's border, and what is hidden in it.

Licit goods are many and some look like arms; illicit ones are few, and not each of
them shows what it is. The stream is made as it is read; the truth stands apart.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.synthetic import draws, parties
from armstrace.analysis.synthetic.catalogue import GOODS, Goods
from armstrace.analysis.synthetic.kinds import BUSY, Kind
from armstrace.analysis.synthetic.parties import Party
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.risk import Conduct, Conveyance, DeclarationKind, Payment

_STREAM = 71
_YEAR = 365
_USES = draws.Choice(
    (("goods", 938), ("alike", 30), ("arms", 14), ("hunter", 14), ("blank", 4))
)
_LANGUAGES = (0, 0, 0, 0, 1, 2, 3, 4, 5)
_METAL = frozenset({"72", "73", "82", "83", "84", "87"})
# Headings whose receiver the customs office looks up in the register.
_LISTED = frozenset({"930200", "930320", "930330", "930390", "930630"})

_CURRENCY = ("EUR", "EUR", "USD", "USD", "GBP")
_HARD_TO_FOLLOW = (Payment.CRYPTO, Payment.PREPAID, Payment.CASH)
_PLAIN = (Payment.CARD, Payment.CARD, Payment.TRANSFER, Payment.INVOICE)
_ODD = (Conduct.NERVOUS, Conduct.THIRD_PARTY, Conduct.REFUSED_SIGNATURE)


class Modus(Code):
    """How arms and their parts are hidden among goods."""

    MISDECLARED = "MISDECLARED", "parts declared as something else"
    SPLIT = "SPLIT", "a kit split over several parcels"
    DROP_ADDRESS = "DROP_ADDRESS", "parcels for many names to one address"
    UNDERVALUED = "UNDERVALUED", "arms far below their value"
    EXPIRED_LICENCE = "EXPIRED_LICENCE", "arms under a licence that no longer holds"
    BLANK_FIRING = "BLANK_FIRING", "blank-firing arms in numbers, for conversion"


class Smuggled(NamedTuple):
    """One illicit declaration."""

    number: str
    modus: Modus
    scheme: str


class _Line(NamedTuple):
    modus: Modus
    scheme: str
    goods: Goods
    consignor: Party
    consignee: Party


type _Fields = dict[str, Any]


class Customs:
    """A year of declarations, parcels and lines of manifests."""

    def __init__(
        self,
        seed: int,
        count: int,
        *,
        ends_on: date,
        kind: Kind = BUSY,
        days: int = _YEAR,
    ) -> None:
        self.seed, self.count, self.kind, self.days = seed, count, kind, days
        self.begins_on = ends_on - timedelta(days=days - 1)
        self.plan = _Schemes(self)

    def declarations(self) -> Iterator[Declaration]:
        """Give them in the order of their days."""
        rng = draws.generator(self.seed, _STREAM, 1)
        for index in range(self.count):
            line = self.plan.lines.get(index)
            fields = (
                self._smuggle(line, index, rng) if line else self._licit(index, rng)
            )
            yield Declaration(**_forget(fields, rng))

    def truth(self) -> list[Smuggled]:
        """Tell which are illicit, for scoring alone."""
        return [
            Smuggled(self.number_of(index), line.modus, line.scheme)
            for index, line in sorted(self.plan.lines.items())
        ]

    def number_of(self, index: int) -> str:
        return f"{self.kind.home}-{index + 1:08d}"

    def day_of(self, index: int) -> date:
        return self.begins_on + timedelta(days=index * self.days // self.count)

    def _licit(self, index: int, rng: random.Random) -> _Fields:
        use = _USES.pick(rng.random())
        goods = GOODS[use].pick(rng.random())
        is_trade = use == "arms" or (use in {"goods", "alike"} and rng.random() < 0.45)
        if use == "arms":
            receiver = parties.dealer(rng, self.kind)
        elif is_trade:
            receiver = parties.firm(rng, self.kind)
        else:
            receiver = parties.person(rng, self.kind)
        fields = self._fields(index, goods, parties.sender(rng, use), receiver, rng)
        if use == "arms":
            fields |= _papers(fields, rng)
        if use == "blank" and rng.random() < 0.12:
            fields |= _many(rng, 2)
        fields["xray_flag"] = _scan(rng, 0.01 if goods.hs[:2] in _METAL else 0.003)
        return fields | _signs(rng, 0.02 if is_trade else 0.035)

    def _smuggle(self, line: _Line, index: int, rng: random.Random) -> _Fields:
        goods = line.goods
        fields = self._fields(index, goods, line.consignor, line.consignee, rng)
        if line.modus in _HIDE:
            fields |= _HIDE[line.modus](fields, rng)
        fields["xray_flag"] = _scan(rng, 0.45 * self.kind.boldness)
        if rng.random() < 0.15:
            return fields | _signs(rng, 0.04)
        return fields | _signs(rng, 0.45 * self.kind.boldness)

    def _fields(
        self, index: int, goods: Goods, by: Party, to: Party, rng: random.Random
    ) -> _Fields:
        quantity = 1 + int(rng.random() ** 3 * goods.most)
        kg = goods.kg[0] + rng.random() * (goods.kg[1] - goods.kg[0])
        usd = goods.usd[0] + rng.random() ** 2 * (goods.usd[1] - goods.usd[0])
        is_person = to.is_person
        kind = DeclarationKind.PARCEL if is_person else DeclarationKind.DECLARATION
        if not is_person and rng.random() < 0.3:
            kind = DeclarationKind.MANIFEST
        return {
            "number": self.number_of(index),
            "kind": kind,
            "declared_on": self.day_of(index),
            "hs_code": goods.hs,
            "description": goods.words[_LANGUAGES[int(rng.random() * 9)]],
            "quantity": Decimal(quantity),
            "unit": "piece",
            "weight_kg": _decimal(kg * quantity + 0.05, 2),
            "value": _decimal(usd * quantity, 2),
            "currency": _CURRENCY[int(rng.random() * 5)],
            "consignor": by.name,
            "consignor_address": by.address,
            "consignee": to.name,
            "consignee_address": to.address,
            "consignee_is_person": is_person,
            "consignee_registered": to.is_registered if goods.hs in _LISTED else None,
            "origin": by.country,
            "departure": by.country,
            "destination": self.kind.home,
            "route": (),
            "conveyance": Conveyance.POST if is_person else _ways(rng),
            "phone": to.phone,
            "account": by.account,
        }


class _Schemes:
    """Where the illicit lines stand: each scheme in a window of its own."""

    def __init__(self, customs: Customs) -> None:
        self.customs, self.rng = customs, draws.generator(customs.seed, _STREAM, 0)
        self.lines: dict[int, _Line] = {}
        wanted, scheme = round(customs.count * customs.kind.illicit), 0
        while len(self.lines) < wanted:
            scheme += 1
            modus = self.rng.choices(list(Modus), customs.kind.modi)[0]
            self._lay(modus, f"{modus}-{scheme:03d}", wanted - len(self.lines))

    def _lay(self, modus: Modus, scheme: str, left: int) -> None:
        rng, count = self.rng, self.customs.count
        least, most, days = _SIZES[modus]
        size = min(left, rng.randint(least, most))
        window = max(size, min(days * count // self.customs.days, count))
        start = rng.randrange(max(1, count - window))
        sender = parties.sender(rng, "arms" if modus in _LICENSED else "kit")
        first = _receiver(modus, rng, self.customs.kind)
        kits = GOODS["kit"].items
        for place in range(size):
            index = start + rng.randrange(window)
            while index in self.lines:
                index = (index + 1) % count
            to = first
            if modus is Modus.DROP_ADDRESS or (modus is Modus.SPLIT and place % 2):
                other = parties.person(rng, self.customs.kind)
                to = other._replace(address=first.address)
            elif modus is Modus.MISDECLARED:
                to = _receiver(modus, rng, self.customs.kind)
            goods = kits[place % len(kits)]
            if modus is not Modus.SPLIT:
                goods = GOODS[_HIDDEN[modus]].pick(rng.random())
            self.lines[index] = _Line(modus, scheme, goods, sender, to)


_LICENSED = frozenset({Modus.EXPIRED_LICENCE, Modus.UNDERVALUED})
_SIZES = {
    Modus.MISDECLARED: (1, 4, 60),
    Modus.SPLIT: (3, 6, 18),
    Modus.DROP_ADDRESS: (4, 9, 70),
    Modus.UNDERVALUED: (1, 3, 40),
    Modus.EXPIRED_LICENCE: (1, 3, 60),
    Modus.BLANK_FIRING: (1, 4, 50),
}
_HIDDEN = {
    Modus.MISDECLARED: "veiled",
    Modus.DROP_ADDRESS: "veiled",
    Modus.UNDERVALUED: "arms",
    Modus.EXPIRED_LICENCE: "arms",
    Modus.BLANK_FIRING: "blank",
}


def _receiver(modus: Modus, rng: random.Random, kind: Kind) -> Party:
    if modus is Modus.EXPIRED_LICENCE:
        return parties.dealer(rng, kind)
    if modus is Modus.UNDERVALUED and rng.random() < 0.6:
        return parties.firm(rng, kind)
    return parties.person(rng, kind)


def _undervalue(fields: _Fields, rng: random.Random) -> _Fields:
    told = {"value": _decimal(float(fields["value"]) * rng.uniform(0.02, 0.12), 2)}
    return told | (_papers(fields, rng) if rng.random() < 0.4 else {})


def _expire(fields: _Fields, rng: random.Random) -> _Fields:
    papers, way = _papers(fields, rng), rng.random()
    if way < 0.6:
        ended = fields["declared_on"] - timedelta(days=rng.randint(5, 300))
        return papers | {"licence_ends_on": ended}
    if way < 0.8:
        return papers | {"licence_is_valid": False}
    return papers | {"licence_consignee": "Northern Trading Ltd"}


def _arm_blanks(fields: _Fields, rng: random.Random) -> _Fields:
    del fields
    return _many(rng, rng.randint(3, 30))


_HIDE: dict[Modus, Callable[[_Fields, random.Random], _Fields]] = {
    Modus.UNDERVALUED: _undervalue,
    Modus.EXPIRED_LICENCE: _expire,
    Modus.BLANK_FIRING: _arm_blanks,
}


def _many(rng: random.Random, quantity: int) -> _Fields:
    return {
        "quantity": Decimal(quantity),
        "weight_kg": _decimal(quantity * rng.uniform(0.6, 1.1), 2),
        "value": _decimal(quantity * rng.uniform(45, 140), 2),
    }


def _papers(fields: _Fields, rng: random.Random) -> _Fields:
    """Give the licence that a dealer's declaration names; clerks forget some."""
    if rng.random() < 0.03:
        return {}
    on, quantity = fields["declared_on"], fields["quantity"]
    ends = on + timedelta(days=rng.randint(-2, 300))
    return {
        "licence": f"IMP/{on.year}/{rng.randrange(10**6):06d}",
        "licence_ends_on": ends,
        "licence_is_valid": True,
        "licence_quantity": quantity * rng.choice((1, 1, 2, 3)),
        "licence_consignee": fields["consignee"],
        "licence_destination": fields["destination"],
    }


def _signs(rng: random.Random, share: float) -> _Fields:
    """Give what surrounds the goods: payment, account, route, counter."""
    told: _Fields = {
        "payment": _HARD_TO_FOLLOW[int(rng.random() * 3)]
        if rng.random() < share
        else _PLAIN[int(rng.random() * 4)]
    }
    is_new = rng.random() < share
    told["account_opened_on"] = int(rng.random() * (20 if is_new else 2500))
    if rng.random() < 0.5 * share:
        told["route"] = ("AE", "XT")
    if rng.random() < 0.2:
        is_odd = rng.random() < share * 0.7
        told["conduct"] = _ODD[int(rng.random() * 3)] if is_odd else Conduct.NO_REMARK
    return told


def _scan(rng: random.Random, share: float) -> bool | None:
    """Give whether the scanner flagged it; half of all goods are scanned."""
    return rng.random() < share if rng.random() < 0.5 else None


_FORGOTTEN = (
    ("hs_code", 0.05), ("weight_kg", 0.04), ("value", 0.06), ("phone", 0.35),
    ("consignor_address", 0.12), ("origin", 0.1), ("account", 0.3), ("payment", 0.2),
    ("consignee_registered", 0.08), ("route", 0.3), ("quantity", 0.03),
)  # fmt: skip


def _forget(fields: _Fields, rng: random.Random) -> _Fields:
    """Leave out what real files leave out, each in its share of lines."""
    age = fields.pop("account_opened_on")
    fields["account_opened_on"] = fields["declared_on"] - timedelta(days=age)
    is_parcel = fields["kind"] is DeclarationKind.PARCEL
    for name, share in _FORGOTTEN:
        if rng.random() < (share if is_parcel else share / 2):
            fields[name] = None
    if fields["account"] is None:
        fields["account_opened_on"] = None
    return fields


def _ways(rng: random.Random) -> Conveyance:
    return (Conveyance.LORRY, Conveyance.SHIP, Conveyance.AIR)[int(rng.random() * 3)]


def _decimal(value: float, places: int) -> Decimal:
    return Decimal(round(value * 10**places)).scaleb(-places)
