"""How marks go wrong between the arm and the page.

The mix below is stated, not fitted. It follows what a comparison of typed and
narrated serial numbers shows: most errors are dropped or added characters,
arbitrary substitutions and transpositions made at a desk; look-alikes are
chiefly 0 for O and 1 for I; the prefix is often lost. Shares of readable
serial numbers of registered arms:

    as marked 0.500           spacing or separators changed 0.070
    one dropped 0.080         one substituted, any sign 0.055
    unread signs, "?" 0.045   one look-alike 0.050
    one added 0.040           "SN", "Nº" written before it 0.045
    two neighbours swapped 0.035   letter prefix lost 0.035
    two errors at once 0.020  end not written 0.020
    model written as serial 0.005

Beside these, three in a hundred registered arms come with their serial number
erased. Makes are left out on 4 %, mistyped on 5 %, replaced by an importer or
retailer on 2 %; models left out on 18 %, mistyped on 5 %; calibres left out on
5 %, wrong on 1 %; types wrong on 2 %. The rest is spelt as clerks spell it.
"""

import random
from collections.abc import Callable

from armstrace.analysis.synthetic import catalogue
from armstrace.analysis.synthetic.catalogue import Model

_SIGNS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
_DIGITS = "0123456789"
_LOOK_ALIKE = {
    "0": "OOOQD",
    "O": "0000Q",
    "1": "III7",
    "I": "1111L",
    "5": "S",
    "S": "5",
    "8": "B",
    "B": "8",
    "2": "Z",
    "Z": "2",
    "6": "G",
    "G": "6",
    "Q": "O",
    "V": "U",
    "U": "V",
}
_PREFIXES = ("SN ", "Nº ", "No. ", "S/N ", "#", "SERIE ", "nr ")
_IMPORTERS = ("Century Arms", "Interarms", "Frankonia", "Akah", "Sile", "Navy Arms")


def _spellings() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (line["field"], line["name"]): tuple(line["spellings"].split("|"))
        for line in catalogue.read_table("spellings.tsv")
    }


SPELLINGS = _spellings()


def misread_serial(serial: str, model: Model, rng: random.Random) -> tuple[str, str]:
    """Write a serial number as someone who read it might.

    Returns:
        The text, and the code of the error, empty where there is none.
    """
    code, _, write = rng.choices(_SERIAL_ERRORS, _SHARES)[0]
    if code == "MODEL_AS_SERIAL":
        return model.name, code
    written = write(serial, rng)
    return (written, code) if written != serial else (serial, "")


def write_make(model: Model, rng: random.Random) -> tuple[str, str]:
    """Write a make as a clerk might."""
    draw = rng.random()
    if draw < 0.04:
        return "", "MAKE_MISSING"
    if draw < 0.06:
        return rng.choice(_IMPORTERS), "IMPORTER_AS_MAKE"
    written = _spelt("make", model.make, rng)
    if draw < 0.11:
        return _typo(written, rng), "MAKE_MISTYPED"
    return written, ""


def write_model(model: Model, rng: random.Random) -> tuple[str, str]:
    """Write a model as a clerk might."""
    draw = rng.random()
    if draw < 0.18:
        return "", "MODEL_MISSING"
    if draw < 0.23 and len(model.name) > 3:
        return _typo(model.name, rng), "MODEL_MISTYPED"
    shapes = (
        model.name,
        model.name.title(),
        model.name.replace(" ", "-"),
        model.name.replace(" ", ""),
        model.name.replace("-", " "),
        f"mod. {model.name}",
        model.name.lower(),
    )
    return rng.choice(shapes) if draw < 0.55 else model.name, ""


def write_calibre(model: Model, rng: random.Random) -> tuple[str, str]:
    """Write a calibre as a clerk might."""
    draw = rng.random()
    if draw < 0.05:
        return "", "CALIBRE_MISSING"
    if draw < 0.06:
        return rng.choice((".38 Special", "9x19mm", "12", "7,65 mm")), "CALIBRE_WRONG"
    return _spelt("calibre", model.calibre, rng), ""


def write_type(arm_type: str, rng: random.Random) -> tuple[str, str]:
    """Write a type in one of several languages."""
    draw = rng.random()
    if draw < 0.02:
        wrong = {"PISTOL": "REVOLVER", "REVOLVER": "PISTOL", "RIFLE": "SHOTGUN"}
        return _spelt("type", wrong.get(arm_type, "RIFLE"), rng), "TYPE_WRONG"
    if draw < 0.03:
        return "", "TYPE_MISSING"
    return _spelt("type", arm_type, rng), ""


def write_status(status: str, rng: random.Random) -> str:
    """Write in the serial field that there is no serial to read.

    Args:
        status: OBLITERATED, NEVER_MARKED or UNKNOWN.
    """
    return rng.choice(SPELLINGS["status", status])


def _spelt(field: str, name: str, rng: random.Random) -> str:
    spellings = SPELLINGS.get((field, name))
    if spellings is None:
        return rng.choice((name, name, name.title(), name.lower()))
    # The first spelling is the usual one; clerks keep to it half of the time.
    return spellings[0] if rng.random() < 0.5 else rng.choice(spellings)


def _typo(text: str, rng: random.Random) -> str:
    return rng.choice((_drop, _swap, _substitute))(text, rng)


def _as_marked(text: str, rng: random.Random) -> str:
    del rng
    return text


def _respace(text: str, rng: random.Random) -> str:
    bare = text.replace("-", "").replace(" ", "").replace("/", "")
    if bare != text:
        return bare
    place = rng.randrange(1, max(2, len(text)))
    return text[:place] + rng.choice(" -./") + text[place:]


def _add_prefix(text: str, rng: random.Random) -> str:
    return rng.choice(_PREFIXES) + text


def _drop(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + text[place + 1 :]


def _add(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text) + 1)
    near = text[min(place, len(text) - 1)]
    return text[:place] + rng.choice((near, rng.choice(_DIGITS))) + text[place:]


def _substitute(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    signs = _DIGITS if text[place].isdigit() else _SIGNS
    return text[:place] + rng.choice(signs) + text[place + 1 :]


def _swap(text: str, rng: random.Random) -> str:
    if len(text) < 2:
        return text
    place = rng.randrange(len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _look_alike(text: str, rng: random.Random) -> str:
    places = [i for i, sign in enumerate(text) if sign in _LOOK_ALIKE]
    if not places:
        return _substitute(text, rng)
    # O for 0 and I for 1 make up nine look-alikes in ten.
    usual = [i for i in places if text[i] in "0O1I"]
    place = rng.choice(usual if usual and rng.random() < 0.9 else places)
    return text[:place] + rng.choice(_LOOK_ALIKE[text[place]]) + text[place + 1 :]


def _drop_prefix(text: str, rng: random.Random) -> str:
    bare = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if bare in {"", text}:
        return _drop(text, rng)
    return bare.lstrip(" -")


def _cut(text: str, rng: random.Random) -> str:
    return text[: -rng.randrange(1, 3)] if len(text) > 4 else text


def _unread(text: str, rng: random.Random) -> str:
    signs = list(text)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        signs[rng.randrange(len(signs))] = "?"
    return "".join(signs)


def _twice_wrong(text: str, rng: random.Random) -> str:
    first = rng.choice((_drop, _add, _substitute))(text, rng)
    return rng.choice((_swap, _substitute, _look_alike))(first, rng)


type _Writer = Callable[[str, random.Random], str]

_SERIAL_ERRORS: tuple[tuple[str, float, _Writer], ...] = (
    ("", 0.500, _as_marked),
    ("SPACING", 0.070, _respace),
    ("PREFIX_ADDED", 0.045, _add_prefix),
    ("DROPPED", 0.080, _drop),
    ("ADDED", 0.040, _add),
    ("SUBSTITUTED", 0.055, _substitute),
    ("SWAPPED", 0.035, _swap),
    ("LOOK_ALIKE", 0.050, _look_alike),
    ("PREFIX_LOST", 0.035, _drop_prefix),
    ("CUT", 0.020, _cut),
    ("UNREAD", 0.045, _unread),
    ("TWO_ERRORS", 0.020, _twice_wrong),
    ("MODEL_AS_SERIAL", 0.005, _as_marked),
)
_SHARES = tuple(share for _, share, _ in _SERIAL_ERRORS)
