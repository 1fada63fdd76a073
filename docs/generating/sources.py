"""From an article of an instrument to the code that rests on it."""

import re
from collections import defaultdict

from armstrace.vocabulary.sources import INSTRUMENTS
from generating import rules, tree
from generating.markdown import code, page, section, table

OTHER = "Other methods and papers"
# How docstrings write an instrument, beside its name in the catalogue.
_WRITTEN = (
    ("protocol", re.compile(r"Firearms Protocol")),
    ("sdg-16.4.2", re.compile(r"16\.4\.2")),
    ("iafq", re.compile(r"illicit arms flows questionnaire")),
    ("mosaic-05.31", re.compile(r"MOSAIC 05\.31|05\.31")),
    ("mosaic-05.30", re.compile(r"MOSAIC 05\.30|05\.30")),
    ("iti", re.compile(r"\bITI\b|International Tracing Instrument")),
    ("led", re.compile(r"2016/680")),
    ("eu-2015-2403", re.compile(r"2015/2403")),
    ("eu-2021-1423", re.compile(r"2021/1423")),
    ("sdmx-sdg", re.compile(r"IAEG-SDGs:SDG")),
    ("eu-2021-555", re.compile(r"2021/555")),
    ("eu-258-2012", re.compile(r"258/2012")),
    ("eu-2025-41", re.compile(r"2025/41")),
    ("untoc", re.compile(r"Transnational Organized Crime")),
    ("poa", re.compile(r"Programme of Action")),
    ("att", re.compile(r"Arms Trade Treaty")),
    ("paper-2018", re.compile(r"[Bb]ackground paper")),
    ("rfc6962", re.compile(r"RFC 6962")),
    ("design", re.compile(r"(of|in) this design|\(design\)|[Dd]esign rule")),
)

_NAMES = (
    "Firearms Protocol",
    "International Tracing Instrument",
    "ITI",
    "MOSAIC 05.30",
    "MOSAIC 05.31",
    "RFC 6962",
    "Directive (EU) 2016/680",
    "UNODC illicit arms flows questionnaire",
)

type Places = dict[str, list[tuple[str, str, str]]]


def sources_page() -> str:
    """Write the index from articles to functions."""
    places = _cited()
    names = [key for key in INSTRUMENTS if key in places]
    sections = [
        section(INSTRUMENTS[key], _table(places[key], INSTRUMENTS[key]))
        for key in names
        if key != "design"
    ]
    if "design" in places:
        sections.append(section(INSTRUMENTS["design"], _table(places["design"])))
    sections.append(section(OTHER, _table(places[OTHER])))
    return page(
        "From article to function",
        "For each instrument: the place that is cited, and the function, table or "
        "rule that rests on it.",
        *sections,
    )


def _table(rows: list[tuple[str, str, str]], name: str = "") -> str:
    unique = sorted(
        {(place_in(place, name), *rest) for place, *rest in rows}, key=order
    )
    told = [(place, code(where), words) for place, where, words in unique]
    return table(("Place", "Code", "What it is"), told)


def place_in(cited: str, name: str) -> str:
    """Leave out the instrument that the heading names already."""
    for written in (name, *_NAMES):
        if written and cited.startswith(written):
            return cited.removeprefix(written).strip(" ,") or "the whole"
    return cited


def order(row: tuple[str, ...]) -> tuple[list[tuple[int, str]], str]:
    """Put article 10 after article 9."""
    pieces = re.split(
        r"(\d+)", row[0].replace("arts.", "art.").replace("paras", "para")
    )
    return [(int(p) if p.isdecimal() else -1, p) for p in pieces], row[1]


def _cited() -> Places:
    places: Places = defaultdict(list)
    for module in tree.modules():
        _add(places, tree.part_of(module.tree, "Source"), module.name, module.tree)
        for node in module.functions():
            source = tree.part_of(node, "Source")
            _add(places, source, f"{module.name}.{node.name}", node)
    for rule in rules.collected():
        for piece in pieces(rule.source):
            places[instrument(piece)].append((piece, rule.code, rule.words))
    return places


def _add(places: Places, source: str, name: str, node: object) -> None:
    words = tree.first_line(node)  # type: ignore[arg-type]
    for piece in pieces(source):
        places[instrument(piece)].append((piece, name, words))


def pieces(source: str) -> list[str]:
    """Take apart what several sources say of one thing."""
    return [piece.strip(" .") for piece in re.split(r";\s+", source) if piece.strip()]


def instrument(piece: str) -> str:
    """Give the key of the instrument that a source names."""
    return next((key for key, written in _WRITTEN if written.search(piece)), OTHER)
