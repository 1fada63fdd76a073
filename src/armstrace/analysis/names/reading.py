"""Read a name as written into words in plain letters, each with what it is.

Nothing is thrown away: a title or a particle stays a word that weighs little.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from anyascii import anyascii

from armstrace.analysis.names import words
from armstrace.analysis.names.words import LegalForm

APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´ʹʺ\"“”„«»")
LOOK_ALIKES = str.maketrans("01345", "oieas")
MOST_SIGNS, MOST_WORDS = 500, 24
LITTLE = 0.1
INITIAL = 0.4
ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
PERSONS = frozenset({"PERSON"})
ADDRESSES = frozenset({"ADDRESS"})
VESSELS = frozenset({"VESSEL"})
# Of what names can be; those that are not people’s, ships’ or places’ read alike.
SCHEMATA = (
    "Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel",
    "Address",
)  # fmt: skip


class Script(StrEnum):
    """How a word was written, as far as that changes how it is compared."""

    LETTERS = "letters"
    CONSONANTS = "consonants"
    SYLLABLES = "syllables"


class Kind(StrEnum):
    """What a word of a name is."""

    NAME = "name"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"
    LITTLE = "little"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Word:
    # As it stands in the name.
    written: str
    # In plain letters, a to z and digits.
    plain: str
    # Consonants for Arabic and Hebrew, which leave vowels out.
    script: Script = Script.LETTERS
    kind: Kind = Kind.NAME

    @property
    def weight(self) -> float:
        """How much the word says of who is meant, 0 to 1."""
        if self.kind is Kind.LITTLE:
            return LITTLE
        if self.kind is Kind.INITIAL:
            return INITIAL
        return words.weights().get(self.plain, 1.0)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was read."""

    words: tuple[Word, ...]
    # The name without case, space and punctuation; names that agree in it are
    # identical.
    folded: str
    is_person: bool
    # The family name was put first and parted by a comma.
    has_comma: bool = False
    form: LegalForm | None = None
    form_written: str = field(default="", compare=False)


def is_schema(written: str) -> bool:
    """Tell whether names of that schema can be compared."""
    return written.upper() in map(str.upper, SCHEMATA)


@lru_cache(maxsize=65_536)
def tokens(name: str, *, is_person: bool) -> tuple[Word, ...]:
    """Split a name into words in plain letters; nothing is told of them yet.

    Only the beginning of what is no name, such as a page of text, is looked at.
    """
    text = unicodedata.normalize("NFKC", name[:MOST_SIGNS]).translate(APOSTROPHES)
    if not is_person:
        text = re.sub(r"(?<!\w)(?:\w[./]\s?){2,}\w?(?!\w)", _join, text)
    found = (_word(part) for part in _parts(text) if anyascii(part).strip())
    return tuple(islice(found, MOST_WORDS))


def read(schema: str, name: str, joined: Sequence[Word] | None = None) -> Name:
    """Read a name.

    Args:
        schema: Of what it is the name: ``Person``, ``Company``, ``Organization``,
            ``Vessel``, ``Address``; anything else is read as an organisation.
        name: As written, in any script.
        joined: Its words, where some were joined with regard to another name.
    """
    is_person = schema.upper() in PERSONS
    found = list(tokens(name, is_person=is_person) if joined is None else joined)
    form, written = None, ""
    if is_person:
        told = [_tell_person(word, n, found) for n, word in enumerate(found)]
    else:
        form, written, found = _legal_form(found)
        told = [_tell_thing(word, schema.upper()) for word in found]
    return Name(
        words=tuple(told),
        folded="".join(_parts(unicodedata.normalize("NFKC", name).casefold())),
        is_person=is_person,
        has_comma="," in name,
        form=form,
        form_written=written,
    )


def _parts(text: str) -> Iterator[str]:
    """Give runs of letters, marks and digits; a space is all that lies between."""
    kept = "".join(
        sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text
    )
    yield from kept.split()


def _join(found: re.Match[str]) -> str:
    return re.sub(r"[./\s]", "", found[0]) + " "


@lru_cache(maxsize=262_144)
def _word(part: str) -> Word:
    script = _script(part)
    if script is Script.CONSONANTS and part.startswith("ال") and len(part) > 4:
        part = part[2:]
    plain = "".join(c for c in anyascii(part).lower() if c.isalnum())
    if any(map(str.isalpha, plain)) and sum(map(str.isdigit, plain)) == 1:
        swapped = plain.translate(LOOK_ALIKES)
        plain = swapped if not plain[-1].isdigit() else plain
    return Word(part, plain, script)


def _script(part: str) -> Script:
    name = unicodedata.name(part[0], "")
    if name.startswith(("ARABIC", "HEBREW")):
        return Script.CONSONANTS
    if name.startswith(("CJK", "HANGUL")):
        return Script.SYLLABLES
    return Script.LETTERS


def _legal_form(found: list[Word]) -> tuple[LegalForm | None, str, list[Word]]:
    """Take the last and longest legal form out, at the end or the beginning."""
    table = words.legal_forms()
    form, written, rest = None, "", found
    for _ in range(2):
        plain = [word.plain for word in rest]
        for size in range(min(6, len(rest) - 1), 0, -1):
            at = next(
                (
                    start
                    for start in (len(rest) - size, 0)
                    if tuple(plain[start : start + size]) in table
                ),
                None,
            )
            if at is not None:
                form = form or table[tuple(plain[at : at + size])]
                taken = " ".join(word.written for word in rest[at : at + size])
                written = written or taken
                rest = rest[:at] + rest[at + size :]
                break
        else:
            break
    return form, written, rest


def _tell_person(word: Word, place: int, among: Sequence[Word]) -> Word:
    plain, is_last = word.plain, place == len(among) - 1
    if len(plain) == 1 and plain.isalpha() and word.script is Script.LETTERS:
        return _as(word, Kind.INITIAL)
    if plain in words.word_list("titles") and len(among) > 2:
        return _as(word, Kind.LITTLE)
    if plain in words.word_list("particles") and not is_last and len(among) > 1:
        return _as(word, Kind.LITTLE)
    if plain.endswith(tuple(words.word_list("patronymic"))) and place > 0:
        return _as(word, Kind.PATRONYMIC)
    return _as(word, Kind.NUMBER) if plain.isdigit() else word


def _tell_thing(word: Word, schema: str) -> Word:
    plain = word.plain
    if any(map(str.isdigit, plain)):
        return _as(word, Kind.NUMBER)
    if ROMAN.fullmatch(word.written) and len(plain) > (plain not in "ivx"):
        return Word(word.written, str(_roman(plain)), kind=Kind.NUMBER)
    if schema in ADDRESSES:
        return Word(word.written, words.streets().get(plain, plain), word.script)
    little = words.word_list("vessel" if schema in VESSELS else "binding")
    if plain in little:
        return _as(word, Kind.LITTLE)
    return _as(word, Kind.INITIAL) if len(plain) == 1 else word


def _as(word: Word, kind: Kind) -> Word:
    return Word(word.written, word.plain, word.script, kind)


def _roman(plain: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in plain]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )
