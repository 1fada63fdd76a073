"""A synthetic register for the benchmark of matching, by columns, of any size.

The makes, models, calibres and forms of serials at its head are those of the
synthetic country; a tail of further makers, most of them with bare numbers, has
shares that fall as 1/rank. Fifteen arms in a hundred come in lots of consecutive
numbers, the others are spread over the form. Ten million arms take seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from armstrace.analysis.marks import make_names as known_makes
from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.matching import canonical
from armstrace.analysis.matching import keys as key_tables
from armstrace.analysis.matching.cards import Card
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Counts, profile_of
from armstrace.analysis.synthetic import catalogue
from armstrace.analysis.synthetic.catalogue import Model

LETTERS = np.frombuffer(b"ABCDEFGHJKLMNPRSTUVWXYZ", np.uint8)
DIGITS = np.frombuffer(b"0123456789", np.uint8)
TAIL_SHARE = 0.18
TAIL_FORMS = ("#####", "######", "#####", "####", "@#####", "@@####", "#######")
LOT, IN_LOTS = 64, 0.15
SAMPLE = 1_000_000

# Gives what is compared of an arm's description as written.
Read = Callable[[str, Description], Card]


@dataclass
class Register:
    """Arms in columns.

    Args:
        models: The distinct models.
        profiles: One card for each model, without number and serial.
        model: (arms,) index of the model.
        serial: (arms,) search keys, as bytes.
    """

    models: list[Model]
    profiles: list[Card]
    model: NDArray[np.int32]
    serial: NDArray[np.bytes_]

    def __len__(self) -> int:
        return len(self.model)

    def card(self, place: int) -> Card:
        """Give one arm; its registry id is its place."""
        kept = self.profiles[self.model[place]]
        return Card(
            str(place), kept.type, kept.make, kept.model, kept.calibre,
            self.serial[place].decode(), kept.country,
        )  # fmt: skip

    def cards(self) -> Iterator[Card]:
        """Give every arm."""
        for start in range(0, len(self), 100_000):
            rows = slice(start, start + 100_000)
            pairs = zip(
                self.model[rows].tolist(), self.serial[rows].tolist(), strict=True
            )
            for place, (model, serial) in enumerate(pairs, start):
                kept = self.profiles[model]
                yield Card(
                    str(place), kept.type, kept.make, kept.model, kept.calibre,
                    serial.decode(), kept.country,
                )  # fmt: skip

    def serials(self) -> list[str]:
        """Give every serial as text."""
        return [serial.decode() for serial in self.serial.tolist()]

    def marked(self, place: int) -> str:
        """Give a serial as it is marked, with the separators of its form."""
        form, key = self.models[self.model[place]].serial_format, self.serial[place]
        signs = iter(key.decode())
        whole = "".join(
            next(signs, "") if sign in "#@" or sign.isalnum() else sign for sign in form
        )
        return whole + "".join(signs)

    def without(self, places: NDArray[np.int64]) -> "Register":
        """Give the register without some of its arms."""
        return Register(
            self.models,
            self.profiles,
            np.delete(self.model, places),
            np.delete(self.serial, places),
        )

    @property
    def bare(self) -> float:
        """The share of serials that are bare numbers."""
        chars = self.serial.view(np.uint8).reshape(len(self), -1)
        return float(((chars < 58).all(axis=1)).mean())


class ColumnRegistry(MemoryRegistry):
    """The register as it is held in memory, without a card for each arm.

    Profiles are counted in full, the beginnings of serials on a sample.
    """

    def __init__(self, register: Register, classes: Folding | None = None) -> None:
        """Take the columns as they are."""
        self.counts = counts_of(register)
        self._ids = Places(len(register))
        self._serials = register.serials()
        self._kept = [card.without_serial for card in register.profiles]
        self._profiles = register.model
        self._of_make = defaultdict(list)
        for place, kept in enumerate(self._kept):
            self._of_make[kept[1]].append(place)
        self._keys, self._rows = key_tables.storage_key_table(self._serials, classes)


class Places(Sequence[str]):
    """The numbers of arms as text, made when they are asked for."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: int) -> str:
        return str(place)


def counts_of(register: Register) -> Counts:
    """Count a register, the beginnings of serials on a sample of ``SAMPLE`` arms."""
    size = len(register)
    step = max(1, size // SAMPLE)
    counts = Counts()
    for place in range(0, size, step):
        counts.add(register.card(place), times=step)
    numbers = np.bincount(register.model, minlength=len(register.profiles)).tolist()
    counts.profiles = Counter()
    for card, times in zip(register.profiles, numbers, strict=True):
        counts.profiles[profile_of(card)] += times
    counts.imports = Counter({"": size})
    return counts


def make_register(size: int, seed: int, *, read: Read = canonical.card) -> Register:
    """Make a register of arms in chance order."""
    chance = np.random.default_rng(seed)
    models = _models(chance)
    weights = np.array([model.weight for model in models])
    counts = chance.multinomial(size, weights / weights.sum())
    width = max(len(model.serial_format) for model in models)
    serial = np.zeros((size, width), np.uint8)
    start = 0
    for model, count in zip(models, counts.tolist(), strict=True):
        signs = _stamped(model.serial_format, count, chance)
        serial[start : start + count, : signs.shape[1]] = signs
        start += count
    order = chance.permutation(size)
    keys = serial[order].view(f"S{width}").ravel()
    _strip_number_signs(keys)
    owner = np.repeat(np.arange(len(models), dtype=np.int32), counts)[order]
    profiles = [_profile(model, read) for model in models]
    return Register(models, profiles, owner, keys)


def _models(chance: np.random.Generator) -> list[Model]:
    head = [m for m in catalogue.MODELS if not m.is_blank_firing]
    taken = {model.make for model in head}
    names = [
        (name, listed.country)
        for name, listed in known_makes.names().makes.items()
        if name not in taken and listed.role is known_makes.MakeRole.MAKER
    ]
    chance.shuffle(names)
    total = sum(model.weight for model in head) * TAIL_SHARE / (1 - TAIL_SHARE)
    ranks = 1 / np.arange(1, len(names) + 1)
    tail = []
    for (name, country), weight in zip(names, ranks / ranks.sum() * total, strict=True):
        several = int(chance.integers(1, 5))
        for _ in range(several):
            like = head[int(chance.integers(len(head)))]
            tail.append(
                like._replace(
                    make=str(name),
                    country=str(country),
                    name=_model_name(chance),
                    serial_format=TAIL_FORMS[int(chance.integers(len(TAIL_FORMS)))],
                    weight=float(weight) / several,
                )
            )
    return [*head, *tail]


def _model_name(chance: np.random.Generator) -> str:
    number = int(chance.integers(1, 1000))
    letter = chr(65 + int(chance.integers(26)))
    return str(
        chance.choice([f"{number}", f"{letter}{number}", f"M{1880 + number % 130}"])
    )


def _stamped(form: str, count: int, chance: np.random.Generator) -> NDArray[np.uint8]:
    """Stamp serials of one form, ``#`` a digit and ``@`` a letter."""
    form = "".join(sign for sign in form if sign.isalnum() or sign in "#@")
    bases = [10 if s == "#" else len(LETTERS) if s == "@" else 1 for s in form]
    space = int(np.prod([float(base) for base in bases]))
    number = chance.integers(0, space, count)
    in_lots = int(count * IN_LOTS)
    lots = chance.integers(0, max(1, space // LOT), in_lots // LOT + 1)
    number[:in_lots] = (np.repeat(lots, LOT) * LOT)[:in_lots]
    number[:in_lots] += np.arange(in_lots) % LOT
    number %= space
    signs = np.zeros((count, len(form)), np.uint8)
    for place in range(len(form) - 1, -1, -1):
        if form[place] in "#@":
            number, rest = np.divmod(number, bases[place])
            table = DIGITS if form[place] == "#" else LETTERS
            signs[:, place] = table[rest]
        else:
            signs[:, place] = ord(form[place])
    return signs


def _strip_number_signs(keys: NDArray[np.bytes_]) -> None:
    for place in np.flatnonzero(np.char.startswith(keys, b"SN")).tolist():
        keys[place] = search_key(keys[place].decode()).encode()


def _profile(model: Model, read: Read) -> Card:
    written = Description(
        type=model.arm_type,
        make=model.make,
        model=model.name,
        calibre=model.calibre,
        country=model.country,
    )
    return read("", written)
