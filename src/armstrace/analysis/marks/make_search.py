"""Find the maker that a field names among spellings, other words and slips."""

import re
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.marks import (
    make_words,
    search_keys,
    sounds,
    spelling,
    unknown_words,
)
from armstrace.analysis.marks.make_names import Make, MakeRole, Names, significant
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, join, message

_COMMA = re.compile(r"\s*,\s*")
_PARTS = re.compile(r"\s*(?:[/;()\[\]|+]|\s-\s|\bIMPORTED BY\b|\bIMP\b)\s*")
_DIGITS = str.maketrans("01358", "OIESB")
_SHORTEST_WITHIN = 4
_SHORTEST_PART = 3
_LONGEST_NAME = 8
_INITIALS = 2
_ANY_SLIP = 6
_ANY_FAMILIAR_SLIP = 5
_TWO_SLIPS = 11
_TWO_FAMILIAR_SLIPS = 9
_CUT_SHORT = 5
_PRECEDENCE = {
    MakeRole.MAKER: 0,
    MakeRole.ARSENAL: 0,
    MakeRole.AMMUNITION: 0,
    MakeRole.BRAND: 1,
    MakeRole.IMPORTER: 2,
    MakeRole.RETAILER: 3,
    MakeRole.UNKNOWN: 4,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A maker that was found, how, and how sure that is."""

    make: Make
    certainty: Certainty
    rule: str
    note: Message = NOTHING


def by_alias(names: Names, plain: str) -> Found | None:
    """Look the whole field up, then without company form and common words."""
    make = names.aliases.get(spelling.squash(plain))
    if make is not None:
        return Found(make, Certainty.CERTAIN, "ALIAS")
    words = make_words.words(plain)
    for senses, certainty, rule in _LEFT_OUT:
        key = "".join(word for word in words if not make_words.says(word, *senses))
        make = names.aliases.get(spelling.squash(key))
        if make is not None and (rule != "GENERIC_WORDS" or not _is_common(key)):
            return Found(make, certainty, rule)
    return None


_LEFT_OUT = (
    ((Sense.FORM,), Certainty.CERTAIN, "COMPANY_FORM"),
    ((Sense.FORM, Sense.GENERIC), Certainty.LIKELY, "GENERIC_WORDS"),
)


def by_words(names: Names, plain: str) -> Found | None:
    """Look the words up in any order, short forms written out."""
    make = names.by_words.get(significant(make_words.words(plain)))
    return Found(make, Certainty.LIKELY, "WORD_ORDER") if make else None


def by_parts(names: Names, plain: str) -> Found | None:
    """Read a field that names several, as "FEG / KBI"; a maker goes first.

    After a comma a place or a given name stands, so only what is before counts.
    """
    parts = [_COMMA.split(part)[0] for part in _PARTS.split(plain) if part]
    if parts in ([], [plain]):
        return None
    found = [make for at, part in enumerate(parts) if (make := _part(names, part, at))]
    if not found:
        return None
    return _several(list(dict.fromkeys(found)), plain, "SEVERAL_NAMES")


def within(names: Names, plain: str) -> Found | None:
    """Find known names among other words.

    A name is taken where all other words say something else (a kind of arm, a
    place, a number), or where a name of four letters and more stands first.
    """
    words = make_words.words(plain)
    spans = _spans(names, words)
    rest = [word for at, word in enumerate(words) if not _is_covered(spans, at)]
    strangers = [
        word
        for word in rest
        if not _is_neutral(word)
        and not any(word in names.models.get(span.make.name, ()) for span in spans)
    ]
    strong = [span for span in spans if _is_strong(span, words, strangers)]
    if not strong or (strangers and not _leads(words, strong[0])):
        return None
    makes = list(dict.fromkeys(span.make for span in strong))
    if strangers and strong[0].make != makes[0]:
        return None
    found = _several(makes, plain, "WITHIN")
    if strangers:
        note = message("“%(words)s” stands beside the name", words=" ".join(strangers))
        return Found(found.make, found.certainty, found.rule, found.note or note)
    return found


def by_model(names: Names, plain: str) -> Found | None:
    """Read the designation of a model that one maker alone makes."""
    make = names.by_model.get(spelling.squash(plain))
    if make is None:
        return None
    note = message("names a model of %(make)s, not the maker", make=make.name)
    return Found(make, Certainty.DOUBTFUL, "MODEL", note)


def by_slip(names: Names, plain: str) -> Found | None:
    """Forgive a typing error where one maker alone is near."""
    key = _core(plain)
    alike = None if key.isalpha() and key.isascii() else _by_look(names, plain)
    if alike is not None or not key.isalpha():
        return alike
    if _is_common(key) or len(key) < _SHORTEST_WITHIN:
        return None
    return (
        _near(names, key, familiar=True)
        or _by_sound(names, key)
        or _near(names, key, familiar=False)
        or _cut_short(names, key)
    )


def _part(names: Names, part: str, position: int) -> Make | None:
    shortest = 2 if position == 0 else _SHORTEST_PART
    found = by_alias(names, part) if len(spelling.squash(part)) >= shortest else None
    found = found or within(names, part)
    return found.make if found else None


def _several(makes: list[Make], plain: str, rule: str) -> Found:
    chosen = min(makes, key=lambda make: _PRECEDENCE[make.role])
    others = [make.name for make in makes if make != chosen]
    notes = [message("the mark also names %(makes)s", makes=others)] if others else []
    certainty = Certainty.LIKELY
    words = make_words.words(plain)
    for sense in (Sense.HEDGE, Sense.COPY):
        if any(make_words.says(word, sense) for word in words):
            certainty = Certainty.DOUBTFUL
            notes.append(
                message("the words tell that it is doubtful: %(doubt)s", doubt=sense)
            )
    if not notes and rule != "SEVERAL_NAMES":
        notes.append(message("other words stand beside the name"))
    return Found(chosen, certainty, rule, join(notes, "; "))


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int
    key: str
    make: Make


def _spans(names: Names, words: list[str]) -> list[_Span]:
    """Find the longest known names, none over another, from left to right."""
    every = [
        (start, stop)
        for start in range(len(words))
        for stop in range(start + 1, min(len(words), start + _LONGEST_NAME) + 1)
    ]
    every.sort(key=lambda span: (span[0] - span[1], span[0]))
    found: list[_Span] = []
    for start, stop in every:
        if any(_is_covered(found, at) for at in range(start, stop)):
            continue
        key = spelling.squash("".join(words[start:stop]))
        make = names.aliases.get(key)
        if make is not None and not _says_else(key):
            found.append(_Span(start, stop, key, make))
    return sorted(found, key=lambda span: span.start)


def _is_covered(spans: list[_Span], at: int) -> bool:
    return any(span.start <= at < span.stop for span in spans)


def _says_else(key: str) -> bool:
    return make_words.says(key, Sense.GENERIC, Sense.FORM, Sense.NOTE, Sense.KIND)


def _is_strong(span: _Span, words: list[str], strangers: list[str]) -> bool:
    """Tell whether a name may be taken from among these other words."""
    if _is_common(span.key):
        beside = [*words[: span.start], *words[span.stop :]]
        return all(any(map(str.isdigit, word)) for word in beside)
    if len(span.key) >= _SHORTEST_WITHIN and span.key.isalpha():
        return True
    before = words[: span.start]
    leads = all(make_words.says(word, Sense.KIND, Sense.GENERIC) for word in before)
    return leads and len(span.key) > 1 and not strangers


def _leads(words: list[str], span: _Span) -> bool:
    long_enough = len(span.key) >= _SHORTEST_WITHIN and not _is_common(span.key)
    return long_enough and all(map(_is_neutral, words[: span.start]))


def _is_neutral(word: str) -> bool:
    """Tell whether a word beside a name is a number, a place, a form or the like."""
    if len(word) <= _INITIALS or any(map(str.isdigit, word)):
        return True
    return (
        make_words.says(word, *_NEUTRAL)
        or make_words.nation([word]) != ""
        or unknown_words.meaning(word) != ""
    )


_NEUTRAL = tuple(
    sense
    for sense in Sense
    if sense not in {Sense.COMMON, Sense.FAMILIAR, Sense.SHORT, Sense.CRAFT}
)


def _is_common(key: str) -> bool:
    return make_words.says(key, Sense.COMMON)


def _core(plain: str) -> str:
    """Keep the words that may be the name."""
    words = make_words.words(plain)
    kept = [word for word in words if not _is_beside(word)]
    return spelling.squash("".join(kept))


def _is_beside(word: str) -> bool:
    if make_words.says(word, Sense.FORM, Sense.GENERIC, Sense.KIND):
        return True
    return any(map(str.isdigit, word)) and not word.translate(_DIGITS).isalpha()


def _by_look(names: Names, plain: str) -> Found | None:
    """Read figures and letters of other scripts that stand for Latin letters."""
    latin = plain if plain.isascii() else search_keys.latin_letters(plain)
    key = _core(latin.translate(_DIGITS))
    make = names.aliases.get(key) if len(key) >= _SHORTEST_WITHIN else None
    if make is None or _is_common(key):
        return None
    note = message("read as %(make)s: signs that look like letters", make=make.name)
    return Found(make, Certainty.LIKELY, "LOOK_ALIKE", note)


def _by_sound(names: Names, key: str) -> Found | None:
    make = names.by_sound.get(sounds.sound(key))
    if make is None:
        return None
    note = message("read as %(make)s, as it sounds", make=make.name)
    return Found(make, Certainty.LIKELY, "SOUND", note)


def _near(names: Names, key: str, *, familiar: bool) -> Found | None:
    choices = tuple(names.familiar) if familiar else names.slip_keys
    near = process.extract(key, choices, scorer=OSA.distance, score_cutoff=2, limit=20)
    wanted = _is_familiar_slip if familiar else _is_slip
    close = [
        (alias, round(distance))
        for alias, distance, _ in near
        if wanted(key, alias, round(distance))
    ]
    nearest = min((distance for _, distance in close), default=0)
    index = names.familiar if familiar else names.aliases
    makes = {index[alias].name for alias, distance in close if distance == nearest}
    if len(makes) != 1 or (familiar and _has_rival(names, key, (makes, nearest))):
        return None
    make = names.makes[makes.pop()]
    note = (
        message("read as %(make)s: 1 letter differs", make=make.name)
        if nearest == 1
        else message(
            "read as %(make)s: %(letters)s letters differ",
            make=make.name,
            letters=nearest,
        )
    )
    certainty = Certainty.LIKELY if nearest == 1 else Certainty.DOUBTFUL
    return Found(make, certainty, "FUZZY", note)


def _has_rival(names: Names, key: str, found: tuple[set[str], int]) -> bool:
    """Tell whether another maker's name is as near as the familiar one."""
    makes, distance = found
    near = process.extract(
        key, names.slip_keys, scorer=OSA.distance, score_cutoff=distance, limit=20
    )
    return any(names.aliases[alias].name not in makes for alias, _, _ in near)


def _is_familiar_slip(key: str, alias: str, distance: int) -> bool:
    shorter = min(len(key), len(alias))
    if distance > 1:
        return shorter >= _TWO_FAMILIAR_SLIPS and key[0] == alias[0]
    return _keeps_start(key, alias) and shorter >= _ANY_FAMILIAR_SLIP - (
        len(key) != len(alias)
    )


def _keeps_start(key: str, alias: str) -> bool:
    return key[0] == alias[0] or key[:2] == alias[1::-1]


def _is_slip(key: str, alias: str, distance: int) -> bool:
    """Tell whether an alias may be meant by a mistyped key.

    In names under six letters, where neighbours are many, only swapped letters
    and a letter doubled or not are forgiven.
    """
    if not _keeps_start(key, alias):
        return False
    if max(len(key), len(alias)) >= _TWO_SLIPS:
        return True
    if distance > 1:
        return False
    is_swap = sorted(key) == sorted(alias)
    return len(key) >= _ANY_SLIP or is_swap or _single(key) == _single(alias)


def _single(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


def _cut_short(names: Names, key: str) -> Found | None:
    """Read the beginning of a name that one familiar maker alone has."""
    if len(key) < _CUT_SHORT:
        return None
    makes = {
        make.name for alias, make in names.familiar.items() if alias.startswith(key)
    }
    if len(makes) != 1:
        return None
    make = names.makes[makes.pop()]
    note = message("read as %(make)s: the name is cut short", make=make.name)
    return Found(make, Certainty.LIKELY, "CUT_SHORT", note)
