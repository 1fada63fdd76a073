"""Invent a register and badly read arms a second time, apart from `synthetic`.

    python -m benchmarks.second_generator 20

It shares no list, rate or line of code with `armstrace.analysis.synthetic` and was
written from counts alone, so that a lead measured on it cannot come from assumptions
that generator and matcher have in common.

Where the rates come from (counts of a real court register and seizure workbooks):

    typed twice, 307 serials, 21 differ      dropped or added 9.5, substitution 7,
                                             transposition 4, "SN" in front 1
    format of one maker, 150 violations      0 for a letter 105, 1 for a letter 29,
                                             6, 8, 3, 2 or 7 for one 16
    seen, not counted                        prefix lost (R152171 as 152171,
                                             ASTI69745 as STI69745)

What no count gives is chosen, and stands in `HARD`, `AGAIN` and `FIELDS`: how often
each family of errors happens, ends lost, places unread, and how make, model and
calibre are written. `DESK` is the first row above and nothing else.
"""

import argparse
import random
import string
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from benchmarks.second_words import (
    BY_KEY,
    CALIBRES,
    COMMON_MODELS,
    MAKERS,
    OTHERS_ON_THE_ARM,
    PLACES,
    Maker,
)

ABSENT_SHARE = 0.12
HARD = {
    "as it is": 0.35,
    "desk": 0.26,
    "digit for letter": 0.13,
    "prefix lost": 0.08,
    "end lost": 0.06,
    "unread": 0.12,
}
DESK = {"desk": 1.0}
AGAIN = 0.15
DESK_KINDS = {"drop or add": 9.5, "substitute": 7, "transpose": 4, "SN": 1}
FIELDS = {
    "make missing": 0.10,
    "make by alias": 0.30,
    "make mistyped": 0.06,
    "make is importer or shop": 0.04,
    "model missing": 0.50,
    "model mistyped": 0.05,
    "calibre missing": 0.12,
    "calibre by another name": 0.45,
    "calibre wrong": 0.03,
    "type missing": 0.06,
}
LEFT_OUT = 0.3
SHARED = 0.02
INVENTED_MAKERS = 400


class Row(NamedTuple):
    """One registered arm, or one that was made and never registered (id 0)."""

    id: int
    type: str
    make: str
    model: str
    calibre: str
    serial: str
    country: str


class Query(NamedTuple):
    """One arm as somebody wrote it down; `answer` is None where none is registered."""

    type: str
    make: str
    model: str
    calibre: str
    serial: str
    answer: int | None
    harm: str


def _invented(rng: random.Random) -> Maker:
    starts = "Al Bar Cor Dal Es Fer Gar Hol Ib Jan Kar Lor Mar Nor Ol Pel Ros Sar Tor"
    middles = "a e i o u ba di ga lo mi na ro sta te vi zo"
    ends = "ck dini ez gan land mann ne ra rez ri sen son tti us wicz"
    name = "".join(rng.choice(part.split()) for part in (starts, middles, ends))
    models = []
    for _ in range(rng.randint(1, 4)):
        kind, calibres = rng.choice(COMMON_MODELS)
        model = rng.choice(("", "Mod. ", "M", "P-")) + str(rng.randint(1, 990))
        models.append((model, kind, (BY_KEY[rng.choice(calibres)],)))
    aliases = (f"{name} & Co.", f"{name} Arms", f"{rng.choice('ABCEFJMP')}. {name}")
    return Maker(name, rng.choice(PLACES), aliases, tuple(models))


class Series:
    """One maker's numbers for one model: a shape, and how far it has got."""

    def __init__(self, rng: random.Random) -> None:
        self.shape = rng.choices(
            ("bare", "letters", "letter", "suffix", "year", "mixed"),
            (36, 26, 16, 8, 8, 6),
        )[0]
        self.digits = rng.choices((4, 5, 6, 7), (1, 3, 6, 2))[0]
        self.lead = "".join(rng.choices(string.ascii_uppercase, k=2))
        self.at = int(10**self.digits * rng.random() ** 2)
        self.step = rng.choice((3, 20, 120))

    def run(self, rng: random.Random, length: int) -> Iterator[str]:
        self.at += 1 + int(rng.expovariate(1 / self.step))
        for _ in range(length):
            self.at += 1
            yield self._written(self.at)

    def _written(self, number: int) -> str:
        turn, low = divmod(number, 10**self.digits)
        padded = f"{low:0{self.digits}}"
        first = ord(self.lead[0]) - 65 + turn
        letters = chr(65 + first // 26 % 26) + chr(65 + first % 26)
        return {
            "bare": str(number),
            "letters": letters + padded,
            "letter": letters[1] + padded,
            "suffix": padded + letters[1],
            "year": f"{60 + turn % 40}{self.lead[0]}{padded}",
            "mixed": f"{letters[1]}{turn % 10}{self.lead[1]}{padded}",
        }[self.shape]


class Registry:
    """Registered arms in order of their id; each pass over it gives the same.

    Runs of consecutive serials alternate with gaps; 30 % of what a run made was
    never registered and can be had from `left_out`. Makes follow Zipf's law. Two
    in a hundred take the serial of another maker's arm.
    """

    def __init__(self, size: int, seed: int) -> None:
        self.size, self.seed = size, seed

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[Row]:
        return islice((row for row in self._made() if row.id), self.size)

    def left_out(self) -> Iterator[Row]:
        for row in self._made():
            if row.id > self.size:
                return
            if not row.id:
                yield row

    def _made(self) -> Iterator[Row]:
        rng = random.Random(self.seed)
        makers = [*MAKERS, *(_invented(rng) for _ in range(INVENTED_MAKERS))]
        chances = [1 / place**1.1 for place in range(1, len(makers) + 1)]
        series: dict[tuple[str, str], Series] = {}
        recent = [("", "1234")] * 500
        count = 0
        while True:
            maker = rng.choices(makers, chances)[0]
            model, kind, calibres = rng.choice(maker.models)
            if (maker.name, model) not in series:
                series[maker.name, model] = Series(rng)
            length = min(400, 1 + int(rng.expovariate(1) ** 3))
            calibre = rng.choice(calibres)
            for own in series[maker.name, model].run(rng, length):
                owner, serial = rng.choice(recent)
                if owner == maker.name or rng.random() >= SHARED:
                    serial = own
                recent[count % 500] = (maker.name, own)
                known = rng.random() >= LEFT_OUT
                count += known
                yield Row(
                    count if known else 0,
                    kind,
                    maker.name,
                    model,
                    calibre,
                    serial,
                    maker.country,
                )


def registry(size: int, seed: int) -> Registry:
    return Registry(size, seed)


def queries(
    rows: Registry,
    n: int,
    *,
    absent_share: float = ABSENT_SHARE,
    seed: int = 1,
    mix: dict[str, float] = HARD,
) -> Iterator[Query]:
    """Give `n` arms as somebody wrote them, those without an answer mixed in."""
    rng = random.Random(seed)
    absent = round(n * absent_share)
    arms = _sample(rng, rows, n - absent) + _sample(rng, rows.left_out(), absent)
    rng.shuffle(arms)
    for row in arms:
        yield _written_down(rng, row, mix)


def _sample(rng: random.Random, rows, n: int) -> list[Row]:
    kept: list[Row] = []
    for at, row in enumerate(rows):
        if at < n:
            kept.append(row)
        elif (place := rng.randrange(at + 1)) < n:
            kept[place] = row
    return kept


def _written_down(rng: random.Random, row: Row, mix: dict[str, float]) -> Query:
    harm = rng.choices(list(mix), list(mix.values()))[0]
    serial, harm = _harmed(rng, row.serial, harm)
    if harm != "as it is" and mix is HARD and rng.random() < AGAIN:
        serial, second = _harmed(rng, serial, "desk")
        harm = f"{harm} + {second}"
    return Query(
        "" if _happens(rng, "type missing") else row.type,
        _make(rng, row),
        _model(rng, row.model),
        _calibre(rng, row.calibre),
        _set_out(rng, serial),
        row.id or None,
        harm,
    )


def _harmed(rng: random.Random, serial: str, harm: str) -> tuple[str, str]:
    if harm == "as it is":
        return serial, harm
    acts = {
        "digit for letter": _digit_for_letter,
        "prefix lost": _prefix_lost,
        "end lost": _end_lost,
        "unread": _unread,
    }
    if harm in acts:
        changed = acts[harm](rng, serial)
        if changed != serial:
            return changed, harm
    return mistype(rng, serial)


def mistype(rng: random.Random, serial: str) -> tuple[str, str]:
    kind = rng.choices(list(DESK_KINDS), list(DESK_KINDS.values()))[0]
    at = rng.randrange(len(serial))
    drawn = rng.choice(string.digits if serial[at].isdigit() else string.ascii_letters)
    if kind == "SN":
        return "SN" + serial, kind
    if kind == "transpose" and len(set(serial)) > 1:
        places = [p for p in range(len(serial) - 1) if serial[p] != serial[p + 1]]
        at = rng.choice(places)
        return serial[:at] + serial[at + 1] + serial[at] + serial[at + 2 :], kind
    if kind == "drop or add" and (rng.random() < 0.5 and len(serial) > 3):
        return serial[:at] + serial[at + 1 :], "drop"
    if kind == "drop or add":
        extra = serial[at] if rng.random() < 0.5 else drawn.upper()
        return serial[:at] + extra + serial[at:], "add"
    while drawn.upper() == serial[at]:
        drawn = rng.choice(string.digits + string.ascii_uppercase)
    return serial[:at] + drawn.upper() + serial[at + 1 :], "substitute"


def _digit_for_letter(rng: random.Random, serial: str) -> str:
    digit = rng.choices("0168327", (105, 29, 6, 4, 2, 2, 2))[0]
    letters = dict(
        zip("0168327", ("OQDC", "IJL", "G", "B", "E", "Z", "T"), strict=True)
    )
    places = [at for at, sign in enumerate(serial) if sign in letters[digit]]
    if not places and digit in "01" and digit in serial:
        at = serial.index(digit)
        return serial[:at] + letters[digit][0] + serial[at + 1 :]
    if not places:
        return serial
    at = rng.choice(places)
    return serial[:at] + digit + serial[at + 1 :]


def _prefix_lost(rng: random.Random, serial: str) -> str:
    bare = serial.lstrip(string.ascii_uppercase)
    if bare == serial or not bare:
        return serial
    return bare if rng.random() < 2 / 3 else serial[1:]


def _end_lost(rng: random.Random, serial: str) -> str:
    return serial[: max(3, len(serial) - rng.choice((1, 1, 2, 3)))]


def _unread(rng: random.Random, serial: str) -> str:
    for at in rng.sample(range(len(serial)), min(len(serial), rng.choice((1, 1, 2)))):
        serial = serial[:at] + "?" + serial[at + 1 :]
    return serial


def _set_out(rng: random.Random, serial: str) -> str:
    chance = rng.random()
    if chance < 0.06:
        return serial.lower()
    if chance < 0.14 and len(serial) > 4:
        at = rng.randint(1, len(serial) - 2)
        return serial[:at] + rng.choice(" -./") + serial[at:]
    return serial


def _happens(rng: random.Random, what: str) -> bool:
    return rng.random() < FIELDS[what]


def _make(rng: random.Random, row: Row) -> str:
    if _happens(rng, "make missing"):
        return ""
    if _happens(rng, "make is importer or shop"):
        return rng.choice(OTHERS_ON_THE_ARM)
    known = {maker.name: maker.aliases for maker in MAKERS}
    others = known.get(row.make, (f"{row.make} & Co.", f"{row.make} Arms"))
    name = rng.choice(others) if _happens(rng, "make by alias") else row.make
    return _mistyped(rng, name) if _happens(rng, "make mistyped") else name


def _model(rng: random.Random, model: str) -> str:
    if _happens(rng, "model missing"):
        return ""
    return _mistyped(rng, model) if _happens(rng, "model mistyped") else model


def _calibre(rng: random.Random, calibre: str) -> str:
    if _happens(rng, "calibre missing"):
        return ""
    if _happens(rng, "calibre wrong"):
        calibre = rng.choice(list(CALIBRES))
    if _happens(rng, "calibre by another name"):
        return rng.choice(CALIBRES.get(calibre, (calibre,)))
    return calibre


def _mistyped(rng: random.Random, text: str) -> str:
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text) - 1)
    return rng.choice(
        (
            text[:at] + text[at + 1 :],
            text[:at] + text[at] + text[at:],
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + rng.choice(string.ascii_lowercase) + text[at + 1 :],
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    chosen = parser.parse_args()
    rows = registry(10_000, 1)
    by_id = {row.id: row for row in rows}
    for query in queries(rows, chosen.count):
        print(query, by_id.get(query.answer or 0))


if __name__ == "__main__":
    main()
