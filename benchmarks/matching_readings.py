"""Readings of arms for the benchmark of matching, with the errors that are made.

The mix follows the counts of real records in the error notes of matching: of 307
serials typed twice 21 differ (9.5 dropped or added characters, 7 substitutions of
any sign, 4 exchanged neighbours, half of one "SN" written before it); of 3,700
serials of one form 150 break it, 105 by 0 for a letter, 29 by 1, 16 by others; a
lost prefix is real but not counted, nor are unread signs, cut ends, a second error
and the model written with or for the serial: their parts are assumed. In parts of
a hundred readings as they come:

    dropped or added 3.1      O for 0 or 0 for O 2.8     prefix lost 1.5
    substituted 2.3           I and 1 0.8                unread signs 1.5
    exchanged 1.3             other look-alikes 0.4      two errors 1.0
    "SN" before it 0.3        model mixed in 0.3         end cut 0.8

``as-found`` keeps these parts: 16 readings in 100 are misread. ``half`` scales them
until every second reading is misread. ``pairs`` makes one of the errors of the 21
real pairs in each reading. Makes, models and calibres are written as clerks of
the synthetic country write them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from armstrace.analysis.marks.description import Description
from armstrace.analysis.synthetic import misreading
from armstrace.analysis.synthetic.catalogue import Model
from benchmarks.matching_register import Register

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
PARTS = {
    "dropped": 1.55,
    "added": 1.55,
    "substituted": 2.3,
    "exchanged": 1.3,
    "SN before": 0.3,
    "O and 0": 2.8,
    "I and 1": 0.8,
    "look-alike": 0.4,
    "prefix lost": 1.5,
    "unread": 1.5,
    "end cut": 0.8,
    "two errors": 1.0,
    "model mixed in": 0.3,
}
PAIRS = {
    "dropped": 4.75,
    "added": 4.75,
    "substituted": 7,
    "exchanged": 4,
    "SN before": 0.5,
}
MIXES = ("half", "as-found", "pairs")
OTHERS = {"S": "5", "5": "S", "8": "B", "B": "8", "6": "G", "G": "6", "Z": "2",
          "2": "Z", "3": "8", "7": "1"}  # fmt: skip


@dataclass
class Written:
    """A reading as written, the place of its arm and what went wrong."""

    description: Description
    place: int
    error: str


def shares_of(mix: str) -> dict[str, float]:
    """Give the share of each error, the rest being read as marked."""
    if mix == "pairs":
        return {name: part / sum(PAIRS.values()) for name, part in PAIRS.items()}
    whole = 0.01 if mix == "as-found" else 0.5 / sum(PARTS.values())
    return {name: part * whole for name, part in PARTS.items()}


def readings(register: Register, count: int, mix: str, seed: int) -> list[Written]:
    """Read arms of a register, each at most once.

    Args:
        register: The arms.
        count: How many to read.
        mix: One of ``MIXES``.
        seed: Any number; another gives other arms and errors.
    """
    places = np.random.default_rng(seed).choice(len(register), count, replace=False)
    rng = random.Random(seed)
    shares = shares_of(mix)
    names = [*shares, "none"]
    weights = [*shares.values(), max(0.0, 1 - sum(shares.values()))]
    drawn = rng.choices(names, weights, k=count)
    return [
        _written(register, place, error, rng=rng)
        for place, error in zip(places.tolist(), drawn, strict=True)
    ]


def _written(
    register: Register, place: int, error: str, *, rng: random.Random
) -> Written:
    model = register.models[register.model[place]]
    marked = register.marked(place)
    name, _ = misreading.write_model(model, rng)
    serial = marked
    if error == "model mixed in":
        serial, name = _mixed(marked, model, name, rng=rng)
    elif error != "none":
        serial = ERRORS[error](marked, rng)
    if error != "none" and serial == marked:
        error = "none"
    written = Description(
        type=misreading.write_type(model.arm_type, rng)[0],
        make=misreading.write_make(model, rng)[0],
        model=name,
        calibre=misreading.write_calibre(model, rng)[0],
        serial=_spaced(serial, rng),
        country=model.country if rng.random() < 0.55 else "",
    )
    return Written(written, place, error)


def _mixed(
    marked: str, model: Model, name: str, *, rng: random.Random
) -> tuple[str, str]:
    draw = rng.random()
    if draw < 0.4:
        return f"{model.name} {marked}", name
    if draw < 0.8:
        return model.name, marked
    return model.name, name


def _spaced(text: str, rng: random.Random) -> str:
    if rng.random() > 0.1 or len(text) < 4:
        return text
    place = rng.randrange(1, len(text))
    return text[:place] + rng.choice(" -.") + text[place:]


def _place(text: str, rng: random.Random) -> int:
    """Choose a character that is read, not a separator."""
    return rng.choice([n for n, sign in enumerate(text) if sign.isalnum()])


def _dropped(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    return text[:place] + text[place + 1 :]


def _added(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    sign = text[place] if rng.random() < 0.5 else _any(text[place], rng)
    return text[:place] + sign + text[place:]


def _substituted(text: str, rng: random.Random) -> str:
    place = _place(text, rng)
    return text[:place] + _any(text[place], rng) + text[place + 1 :]


def _any(like: str, rng: random.Random) -> str:
    if rng.random() < 0.1:
        return rng.choice(LETTERS + DIGITS)
    return rng.choice(DIGITS if like.isdigit() else LETTERS)


def _exchanged(text: str, rng: random.Random) -> str:
    places = [
        n
        for n in range(len(text) - 1)
        if text[n] != text[n + 1] and (text[n] + text[n + 1]).isalnum()
    ]
    if not places:
        return text
    n = rng.choice(places)
    return text[:n] + text[n + 1] + text[n] + text[n + 2 :]


def _turned(pairs: dict[str, str]) -> Callable[[str, random.Random], str]:
    def turn(text: str, rng: random.Random) -> str:
        places = [n for n, sign in enumerate(text) if sign in pairs]
        if not places:
            return text
        n = rng.choice(places)
        return text[:n] + pairs[text[n]] + text[n + 1 :]

    return turn


def _without_prefix(text: str, rng: random.Random) -> str:
    del rng
    bare = text.lstrip(LETTERS).lstrip(" -")
    return bare if bare and bare != text else text


def _unread(text: str, rng: random.Random) -> str:
    signs = list(text)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        signs[_place(text, rng)] = "?"
    return "".join(signs)


def _cut(text: str, rng: random.Random) -> str:
    return text[: -rng.randrange(1, 4)] if len(text) > 5 else text


def _twice(text: str, rng: random.Random) -> str:
    first = rng.choice((_dropped, _added, _substituted, _exchanged))(text, rng)
    others = (_dropped, _added, _substituted, _exchanged, _turned({"O": "0", "0": "O"}))
    return rng.choice(others)(first, rng)


ERRORS: dict[str, Callable[[str, random.Random], str]] = {
    "dropped": _dropped,
    "added": _added,
    "substituted": _substituted,
    "exchanged": _exchanged,
    "SN before": lambda text, rng: rng.choice(("SN", "S/N ", "No ", "nº ")) + text,
    "O and 0": _turned({"O": "0", "0": "O", "Q": "0", "D": "0"}),
    "I and 1": _turned({"I": "1", "1": "I", "L": "1"}),
    "look-alike": _turned(OTHERS),
    "prefix lost": _without_prefix,
    "unread": _unread,
    "end cut": _cut,
    "two errors": _twice,
}
