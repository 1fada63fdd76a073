"""Read a maker's name, in the spellings of the world, to one canonical name.

Source:
    Mark taxonomy: a maker is not its importer, brand or licensed copy; two
    companies of nearly one name stay two.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.marks import readings, spelling, tables, unknown_words
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import Certainty


class MakeRole(Code):
    """What the name on the arm stands for."""

    MAKER = "MAKER", "maker of arms"
    AMMUNITION = "AMMUNITION", "maker of ammunition"
    ARSENAL = "ARSENAL", "State arsenal or factory"
    IMPORTER = "IMPORTER", "importer"
    RETAILER = "RETAILER", "retailer"
    BRAND = "BRAND", "brand or pattern; not a maker"
    UNKNOWN = "UNKNOWN", "not known"


@dataclass(frozen=True, slots=True)
class Make:
    """A line of the table of makers.

    Args:
        name: Canonical name, upper case, without company form.
        country: ISO 3166-1 alpha-2 of the maker; empty where not certain.
        role: What the name stands for.
        code: Code of the North American lists, where commonly known.
    """

    name: str
    country: str
    role: MakeRole
    code: str = ""


@dataclass(frozen=True, slots=True)
class MakeReading:
    """A make as written beside its reading.

    Args:
        name: Canonical name; empty where not known.
        country: ISO 3166-1 alpha-2 of the maker; empty where not certain.
        role: What the name stands for.
        reading: The reading with its certainty, rule and note.
    """

    name: str
    country: str
    role: MakeRole
    reading: readings.Reading


_FORM_WORDS = (
    "LTDA LTD LIMITED SA S/A SAS SARL SRL SPA SPOL SRO AS AG KG OHG GMBH GESMBH MBH"
    " INC INCORPORATED CORP CORPORATION CO COMPANY CIA COMPANHIA COMPANIA LLC LP PLC"
    " PTY PTE BV NV OY AB OYJ KFT RT ZRT DD DOO JSC OJSC OAO OOO ZAO AO AD EAD JSCO"
    " STI ТОО ООО ОАО ЗАО АО ПАО"
)
_FORMS = frozenset(_FORM_WORDS.split())
_GENERIC_WORDS = (
    "ARMS FIREARMS ARMAS ARMI ARMES WAFFEN WAFFENFABRIK SILAH SANAYI SANAYII ARMA"
    " MANUFACTURING MFG MANUFACTURER INDUSTRIES INDUSTRIE INDUSTRIA INDUSTRIAS IND"
    " COMERCIO COM INTERNATIONAL INTL GROUP HOLDING AMMUNITION AMMO CARTRIDGE"
    " CARTRIDGES MUNITION MUNICOES FABRICA FABRIK BRASIL BRAZIL ARGENTINA USA TURKEY"
    " TURKIYE ITALY ITALIA GERMANY AUSTRIA SPAIN ESPANA MARCA MAKE HERSTELLER MARQUE"
    " MADE IN THE DE DO DA DEL E Y & AND UND ET MODELO PISTOLA REVOLVER FUZIL RIFLE"
    " ESPINGARDA CARABINA PISTOL SHOTGUN МАРКА ENTERPRISES"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_BESIDE_WORDS = (
    "INT SAN TIC MIAMI FL HERSTAL OBERNDORF ULM HARTFORD CT SPRINGFIELD MA EIBAR MOD"
    " MODEL CAL CALIBRE SPL SPECIAL MM KURUMU PATENT FRANCE BELGIUM BELGIQUE RUSSIA"
    " CHINA ISRAEL CZECH REPUBLIC SUHL GARDONE VT PORTO ALEGRE OF GUN GUNS ARMAMENT"
    " HERMANOS HNOS FRATELLI FRERES BROS BROTHERS SONS SOHN HIJOS SAO LEOPOLDO RS SP"
)
_BESIDE = frozenset(_BESIDE_WORDS.split()) | _GENERIC
_COMMON_WORDS = (
    "FEDERAL WESTERN ARSENAL STERLING UNIVERSAL PHOENIX CRESCENT PROTECTOR BULLDOG"
    " STAR SPRINGFIELD TITAN TOLEDO FORT HENRY DAVIS STANDARD CENTURY HERITAGE OWEN"
    " EAGLE CONDOR WOLF JAGUAR PALMETTO RAVEN PARKER WHITNEY WILSON ADAMS CLEMENT"
    " UNIQUE CENTAURE GALENA ANDERSON SAVAGE CHARTER AERO THOMPSON ROSS REX TULA"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_COMMA = re.compile(r"\s*,\s*")
_PARTS = re.compile(r"\s*(?:[/;()\[\]|+]|\s-\s|\bIMPORTED BY\b|\bIMP\b)\s*")
_TOKENS = re.compile(r"[\w&]+")
_SHORTEST_WITHIN = 4
_SHORTEST_PART = 3
_ONE_SLIP = 5
_ANY_SLIP = 6
_TWO_SLIPS = 11


@lru_cache(maxsize=65536)
def read_make(text: str) -> MakeReading:
    """Read a maker's name.

    Args:
        text: The field as written.

    Returns:
        The canonical name with the maker's country and role. A word such as
        "not identified" gives an empty name with a note. A name that is not in
        the table is kept as written, upper case and without company form,
        with doubtful certainty. A typing error is forgiven only where one
        maker alone is one letter away (two in names of nine letters and more).
    """
    plain = spelling.plain(text)
    if not plain.strip(" .-"):
        return _unknown(text, "EMPTY", "")
    filler = unknown_words.meaning(plain)
    if filler and spelling.squash(plain) not in _aliases():
        return _unknown(text, "UNKNOWN_WORD", _FILLERS[filler])
    for search in (_by_alias, _by_parts, _within, _by_slip):
        found = search(text, plain)
        if found is not None:
            return found
    return _as_written(text, plain)


def table() -> tuple[Make, ...]:
    """Give every line of the table of makers."""
    return tuple(_makes().values())


def make_named(name: str) -> Make | None:
    """Give the line of a canonical name, None where there is none."""
    return _makes().get(name)


_FILLERS = {
    "UNKNOWN": "said to be not known",
    "NONE": "said to have none",
    "OTHER": "said to be one that is not on the writer's list",
}


def _unknown(text: str, rule: str, note: str) -> MakeReading:
    reading = readings.Reading("make", text, "", Certainty.NONE, rule, note)
    return MakeReading("", "", MakeRole.UNKNOWN, reading)


def _read(
    text: str, make: Make, certainty: Certainty, rule_and_note: tuple[str, str]
) -> MakeReading:
    rule, note = rule_and_note
    reading = readings.Reading("make", text, make.name, certainty, rule, note)
    return MakeReading(make.name, make.country, make.role, reading)


def _by_alias(text: str, plain: str) -> MakeReading | None:
    make = _aliases().get(spelling.squash(plain))
    if make is not None:
        return _read(text, make, Certainty.CERTAIN, ("ALIAS", ""))
    bare = _without_forms(plain)
    make = _aliases().get(spelling.squash(bare))
    if make is not None:
        return _read(text, make, Certainty.CERTAIN, ("COMPANY_FORM", ""))
    core = spelling.squash(_without(bare, _GENERIC))
    make = None if core in _COMMON else _aliases().get(core)
    if make is not None:
        return _read(text, make, Certainty.LIKELY, ("GENERIC_WORDS", ""))
    return None


def _by_parts(text: str, plain: str) -> MakeReading | None:
    """Read a field that names several, as "FEG / KBI"; a maker goes first.

    After a comma a place or a given name stands, so only what is before counts.
    """
    parts = [_COMMA.split(part)[0] for part in _PARTS.split(plain) if part]
    if parts in ([], [plain]):
        return None
    found = [make for at, part in enumerate(parts) if (make := _part(part, at))]
    if not found:
        return None
    makes = list(dict.fromkeys(found))
    chosen = min(makes, key=lambda make: _PRECEDENCE[make.role])
    others = ", ".join(make.name for make in makes if make != chosen)
    note = f"the mark also names {others}" if others else ""
    return _read(text, chosen, Certainty.LIKELY, ("SEVERAL_NAMES", note))


def _part(part: str, position: int) -> Make | None:
    found = _aliases().get(spelling.squash(part))
    key = spelling.squash(_without_forms(part))
    shortest = 2 if position == 0 else _SHORTEST_PART
    exact = (found or _aliases().get(key)) if len(key) >= shortest else None
    return exact or _longest_name(part)


_PRECEDENCE = {
    MakeRole.MAKER: 0,
    MakeRole.ARSENAL: 0,
    MakeRole.AMMUNITION: 0,
    MakeRole.BRAND: 1,
    MakeRole.IMPORTER: 2,
    MakeRole.RETAILER: 3,
    MakeRole.UNKNOWN: 4,
}


def _within(text: str, plain: str) -> MakeReading | None:
    make = _longest_name(plain)
    if make is None:
        return None
    note = "other words stand beside the name"
    return _read(text, make, Certainty.LIKELY, ("WITHIN", note))


def _longest_name(plain: str) -> Make | None:
    """Find the longest known name among words that name nobody else."""
    tokens = _TOKENS.findall(_without_forms(plain))
    spans = [
        (start, stop)
        for start in range(len(tokens))
        for stop in range(start + 1, len(tokens) + 1)
    ]
    spans.sort(key=lambda span: span[0] - span[1])
    for start, stop in spans:
        key = spelling.squash("".join(tokens[start:stop]))
        make = _aliases().get(key)
        enough = len(key) >= _SHORTEST_WITHIN and key.isalpha()
        if make is None or not enough or key in _GENERIC:
            continue
        beside = [*tokens[:start], *tokens[stop:]]
        if _names_nobody_else(key, beside):
            return make
    return None


def _names_nobody_else(key: str, beside: list[str]) -> bool:
    """Tell whether the words beside a name are models, places or forms."""
    if key in _COMMON:
        return all(any(map(str.isdigit, word)) for word in beside)
    return all(
        word in _BESIDE or any(map(str.isdigit, word)) or len(word) <= _INITIALS
        for word in beside
    )


_INITIALS = 2


def _by_slip(text: str, plain: str) -> MakeReading | None:
    """Forgive a typing error where one maker alone is near."""
    key = spelling.squash(_without(_without_forms(plain), _GENERIC))
    if len(key) < _ONE_SLIP - 1 or not key.isalpha() or key in _COMMON:
        return None
    near = process.extract(
        key, _slip_keys(), scorer=OSA.distance, score_cutoff=2, limit=20
    )
    close = [
        (alias, round(distance))
        for alias, distance, _ in near
        if _plausible(key, alias, round(distance))
    ]
    makes = {_aliases()[alias].name for alias, _ in close}
    return _slipped(text, close[0]) if len(makes) == 1 else None


def _slipped(text: str, close: tuple[str, int]) -> MakeReading:
    alias, distance = close
    make = _aliases()[alias]
    note = f"read as {make.name}: {distance} letter{'s' if distance > 1 else ''} differ"
    certainty = Certainty.LIKELY if distance == 1 else Certainty.DOUBTFUL
    return _read(text, make, certainty, ("FUZZY", note))


def _plausible(key: str, alias: str, distance: int) -> bool:
    """Tell whether an alias may be meant by a mistyped key.

    In names under six letters, where neighbours are many, only swapped letters
    and a letter doubled or not are forgiven.
    """
    if key[0] != alias[0] and key[:2] != alias[1::-1]:
        return False
    if max(len(key), len(alias)) >= _TWO_SLIPS:
        return True
    if distance > 1:
        return False
    is_swap = sorted(key) == sorted(alias)
    return len(key) >= _ANY_SLIP or is_swap or _single(key) == _single(alias)


def _single(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


def _as_written(text: str, plain: str) -> MakeReading:
    if not any(map(str.isalpha, plain)):
        return _unknown(text, "NO_NAME", "the field holds no name")
    name = _without_forms(plain).strip(" .,-") or plain
    note = "not in the table of makers; kept as written"
    reading = readings.Reading(
        "make", text, name, Certainty.DOUBTFUL, "AS_WRITTEN", note
    )
    return MakeReading(name, "", MakeRole.UNKNOWN, reading)


@lru_cache(maxsize=65536)
def _without_forms(plain: str) -> str:
    dotted = re.sub(r"\b((?:\w\.){2,}\w?|S/A|A/S)(?=\s|$|,)", _undotted, plain)
    return _without(dotted.replace(",", " ").replace(".", " "), _FORMS)


def _undotted(match: re.Match[str]) -> str:
    return match[0].replace(".", "").replace("/", "")


def _without(text: str, words: frozenset[str]) -> str:
    kept = [word for word in text.split() if word not in words]
    return " ".join(kept)


@lru_cache(maxsize=1)
def _makes() -> dict[str, Make]:
    return {
        row["name"]: Make(
            row["name"], row["country"], MakeRole(row["role"]), row["code"]
        )
        for row in tables.rows("makes.tsv")
    }


@lru_cache(maxsize=1)
def _aliases() -> dict[str, Make]:
    found = {}
    for row in tables.rows("makes.tsv"):
        make = _makes()[row["name"]]
        for name in (row["name"], *tables.several(row["aliases"])):
            found[spelling.squash(name)] = make
    return found


@lru_cache(maxsize=1)
def _slip_keys() -> tuple[str, ...]:
    """Give the names long enough to be mistyped and still be known."""
    keys = (
        spelling.squash(name)
        for row in tables.rows("makes.tsv")
        for name in (row["name"], *tables.several(row["aliases"]))
        if min(map(len, re.findall(r"\w+", spelling.plain(name)))) > 1
    )
    return tuple(key for key in dict.fromkeys(keys) if len(key) >= _SHORTEST_WITHIN)
