"""Forgive typing errors in a maker's name, weighed by how common the maker is.

Source:
    A reading is the maker whose name, mistyped, explains it best: an error that
    hands or ears make often costs less, a maker met everywhere is meant more
    often than a rare one (noisy channel of Kernighan, Church and Gale, 1990).
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from armstrace.analysis.marks import (
    make_names,
    make_words,
    slip_costs,
    sounds,
    spelling,
)
from armstrace.analysis.marks.make_names import Make, Names
from armstrace.analysis.marks.make_search import Found, is_common, is_neutral
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.look_alikes import latin_letters
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import message

_DIGITS = str.maketrans("01358", "OIESB")
_SHORTEST = 4
_SHORTEST_CUT = 5
_SHORTEST_CUT_WITH_SLIP = 7
_ONE_SLIP = 1.5
_SHORTEST_BESIDE = 5
_CERTAIN_CUT = 8
_FAMILIAR = 1.0
_LEAD = 1.0
_SAME_SOUND = 1.0
_LEAST_CONSONANTS = 5


def by_look(names: Names, plain: str) -> Found | None:
    """Read figures and letters of other scripts that stand for Latin letters."""
    key = _core(plain)
    if key.isalpha() and key.isascii():
        return None
    latin = plain if plain.isascii() else latin_letters(plain)
    key, written = _core(latin.translate(_DIGITS)), key
    if key == written:
        return None
    make = names.aliases.get(key) if len(key) >= _SHORTEST else None
    if make is None or is_common(key):
        return None
    note = message("read as %(make)s: signs that look like letters", make=make.name)
    return Found(make, Certainty.LIKELY, "LOOK_ALIKE", note)


def by_slip(names: Names, plain: str) -> Found | None:
    """Read a name that is cut or mistyped, where one maker alone explains it."""
    cut = _cut_short(names, _beginning(plain))
    if cut is not None:
        return cut
    for key in _keys(plain):
        found = _read_doubled(names, key) or _read_mistyped(names, key)
        if found is not None and _has_no_stranger(names, plain, key, found.make):
            return found
    return None


def by_consonants(names: Names, plain: str) -> Found | None:
    """Read a name whose vowels were left out, as lists with short columns do.

    Args:
        plain: The name, plainly written.
    """
    key = spelling.squash(plain)
    consonants = make_names.without_vowels(key)
    has_vowels = (len(key) - len(consonants)) * 4 > len(key)
    if len(consonants) < _LEAST_CONSONANTS or has_vowels or not key.isalpha():
        return None
    make = names.by_consonants.get(consonants)
    if make is None:
        return None
    note = message("read as %(make)s: its vowels were left out", make=make.name)
    return Found(make, Certainty.LIKELY, "CONSONANTS", note)


def _read_doubled(names: Names, key: str) -> Found | None:
    """Read familiar initials of which one was struck twice, as "CBCC"."""
    short = "".join(letter for letter, _ in groupby(key))
    if len(key) != _SHORTEST or short not in names.familiar_keys:
        return None
    make = names.aliases[short]
    note = message("read as %(make)s: 1 letter differs", make=make.name)
    return Found(make, Certainty.LIKELY, "FUZZY", note)


def _beginning(plain: str) -> str:
    """Give the letters before the first figure, which may be a name cut short."""
    words = takewhile(
        lambda word: not any(map(str.isdigit, word)), make_words.words(plain)
    )
    return spelling.squash("".join(words))


def _keys(plain: str) -> Iterator[str]:
    """Give what may be the name: all that says nothing else, then a word alone."""
    core = _core(plain)
    yield core
    words = [word for word in make_words.words(plain) if not is_neutral(word)]
    yield from (
        key
        for word in words
        if len(key := spelling.squash(word)) >= _SHORTEST_BESIDE and key != core
    )


def _has_no_stranger(names: Names, plain: str, key: str, make: Make) -> bool:
    """Tell whether all that stands beside a word is the maker's or says something."""
    if key == _core(plain):
        return True
    own = names.models.get(make.name, frozenset())
    return all(
        is_neutral(word) or word in own or spelling.squash(word) == key
        for word in make_words.words(plain)
    )


def _core(plain: str) -> str:
    """Keep the words that may be the name."""
    words = make_words.words(plain)
    return spelling.squash("".join(word for word in words if not _is_beside(word)))


def _is_beside(word: str) -> bool:
    if make_words.says(word, *_BESIDE):
        return True
    has_figures = any(map(str.isdigit, word))
    return word.isdigit() or (has_figures and not word.translate(_DIGITS).isalpha())


_BESIDE = (
    *(Sense.FORM, Sense.GENERIC, Sense.KIND, Sense.NOTE, Sense.NATION),
    *(Sense.HEDGE, Sense.COPY),
)


@dataclass(frozen=True, slots=True)
class _Slip:
    alias: str
    make: Make
    cost: float
    score: float


def _read_mistyped(names: Names, key: str) -> Found | None:
    if len(key) < _SHORTEST or not key.isalpha() or is_common(key):
        return None
    slips = sorted(_slips(names, key), key=lambda slip: slip.score)
    rivals = [slip for slip in slips if slip.make != slips[0].make]
    if not slips or (rivals and rivals[0].score - slips[0].score < _LEAD):
        return None
    return _told(key, slips[0])


def _told(key: str, slip: _Slip) -> Found:
    """Say what was forgiven; a doubt is left where several letters differ."""
    name = slip.make.name
    if slip.cost == _SAME_SOUND and sounds.sound(key) == sounds.sound(slip.alias):
        note = message("read as %(make)s, as it sounds", make=name)
        return Found(slip.make, Certainty.LIKELY, "SOUND", note)
    letters = round(OSA.distance(key, slip.alias))
    if letters == 1:
        note = message("read as %(make)s: 1 letter differs", make=name)
        return Found(slip.make, Certainty.LIKELY, "FUZZY", note)
    note = message(
        "read as %(make)s: %(letters)s letters differ", make=name, letters=letters
    )
    return Found(slip.make, Certainty.DOUBTFUL, "FUZZY", note)


def _slips(names: Names, key: str) -> Iterator[_Slip]:
    reach = slip_costs.most_letters(len(key))
    near = process.extract(
        key, names.slip_keys, scorer=OSA.distance, score_cutoff=reach, limit=None
    )
    sounding = names.by_sound.get(sounds.sound(key), ())
    for alias in dict.fromkeys((*(alias for alias, _, _ in near), *sounding)):
        make = names.aliases[alias]
        is_familiar = alias in names.familiar_keys
        if not is_familiar and not _keeps_start(key, alias):
            continue
        cost = slip_costs.cost(key, alias)
        as_heard = min(cost, _SAME_SOUND) if alias in sounding else cost
        size = min(len(key), len(alias))
        if as_heard <= slip_costs.bearable(size, is_familiar=is_familiar):
            score = min(cost, as_heard + _LEAD) - _FAMILIAR * is_familiar
            yield _Slip(alias, make, as_heard, score)


def _keeps_start(key: str, alias: str) -> bool:
    return key[0] == alias[0] or key[:2] == alias[1::-1]


def _cut_short(names: Names, key: str) -> Found | None:
    """Read the beginning of a name that one maker alone, or one familiar one, has."""
    if len(key) < _SHORTEST_CUT or is_common(key):
        return None
    begun = tuple(_beginning_with(names.keys_in_order, key))
    makes = {names.aliases[alias] for alias in begun}
    familiar = {names.aliases[alias] for alias in begun if alias in names.familiar_keys}
    if len(familiar) != 1 and (len(makes) != 1 or len(key) < _CERTAIN_CUT):
        return _cut_and_mistyped(names, key)
    make = (familiar or makes).pop()
    note = message("read as %(make)s: the name is cut short", make=make.name)
    return Found(make, Certainty.LIKELY, "CUT_SHORT", note)


def _cut_and_mistyped(names: Names, key: str) -> Found | None:
    """Read the beginning of a familiar name with an error in it."""
    size = len(key)
    if size < _SHORTEST_CUT_WITH_SLIP:
        return None
    makes = {
        names.aliases[alias]
        for alias in names.familiar_keys & names.aliases.keys()
        if len(alias) > size + 1 and alias[:2] == key[:2]
        if min(slip_costs.cost(key, alias[:end]) for end in (size - 1, size, size + 1))
        <= _ONE_SLIP
    }
    if len(makes) != 1:
        return None
    make = makes.pop()
    note = message("read as %(make)s: the name is cut short", make=make.name)
    return Found(make, Certainty.DOUBTFUL, "CUT_SHORT", note)


def _beginning_with(keys: tuple[str, ...], beginning: str) -> Iterator[str]:
    for at in range(bisect_left(keys, beginning), len(keys)):
        if not keys[at].startswith(beginning):
            return
        yield keys[at]
