"""What arms there are, with shapes of serial numbers, and what goods at a border."""

from collections import defaultdict
from collections.abc import Iterable
from importlib import resources
from typing import NamedTuple

from armstrace.analysis.synthetic.draws import Choice

HOME_MAKE = "SVERIN ARMS WORKS"
_DATA = "armstrace.analysis.synthetic"
_STATE_TYPES = frozenset({"SUBMACHINE_GUN", "MACHINE_GUN"})


class Model(NamedTuple):
    """A model of a make."""

    # Its line in the catalogue, from 0.
    code: int
    make: str
    # ISO 3166 alpha-2 of the maker.
    country: str
    name: str
    arm_type: str
    calibre: str
    # ``#`` a digit, ``@`` a letter, the rest as it stands.
    serial_format: str
    first_year: int
    last_year: int
    # How common it is, in no unit.
    weight: float
    is_of_state: bool

    @property
    def is_blank_firing(self) -> bool:
        """Tell whether it fires blanks only, and so is on no register of arms."""
        return "BLANK" in self.calibre


def choose_among(models: Iterable[Model]) -> Choice[Model]:
    """Give models to choose from, the common ones more often."""
    return Choice((model, model.weight) for model in models)


def read_table(name: str) -> list[dict[str, str]]:
    """Read a table of this package, comments left out."""
    text = (resources.files(_DATA) / "data" / name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("# ")]
    heads = lines[0].split("\t")
    return [dict(zip(heads, line.split("\t"), strict=True)) for line in lines[1:]]


def _read_models() -> tuple[Model, ...]:
    return tuple(
        Model(
            code,
            line["make"],
            line["country"],
            line["model"],
            line["type"],
            line["calibre"],
            line["serial_format"],
            int(line["first_year"]),
            int(line["last_year"]),
            float(line["weight"]),
            line["of_state"] == "yes",
        )
        for code, line in enumerate(read_table("catalogue.tsv"))
    )


MODELS = _read_models()
MAKERS = tuple(dict.fromkeys((model.make, model.country) for model in MODELS))
MAKER_NUMBER = {maker: number for number, maker in enumerate(MAKERS, 1)}

CIVILIAN = choose_among(
    model
    for model in MODELS
    if model.arm_type not in _STATE_TYPES and not model.is_blank_firing
)
STATE = choose_among(model for model in MODELS if model.is_of_state)
BLANK = choose_among(model for model in MODELS if model.is_blank_firing)
ANY = choose_among(model for model in MODELS if not model.is_blank_firing)
HOME_MADE = choose_among(model for model in MODELS if model.make == HOME_MAKE)


class Goods(NamedTuple):
    """One kind of goods; weight and value of a piece are from and to."""

    hs: str
    kg: tuple[float, float]
    usd: tuple[float, float]
    most: int
    # How it is described, in six languages.
    words: tuple[str, ...]


def _read_goods() -> dict[str, Choice[Goods]]:
    found: dict[str, list[tuple[Goods, float]]] = defaultdict(list)
    for line in read_table("goods.tsv"):
        kg = float(line["kg_low"]), float(line["kg_high"])
        usd = float(line["usd_low"]), float(line["usd_high"])
        words = tuple(line["words"].split("|"))
        goods = Goods(line["hs"], kg, usd, int(line["most"]), words)
        found[line["use"]].append((goods, float(line["weight"])))
    return {use: Choice(weighed) for use, weighed in found.items()}


# The kinds of goods, by use.
GOODS = _read_goods()
