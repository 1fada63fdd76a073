"""Find the maker that a field names among spellings, other words and slips."""

import re
from dataclasses import dataclass

from armstrace.analysis.marks import make_pieces, make_words, spelling, unknown_words
from armstrace.analysis.marks.make_names import Make, MakeRole, Names, significant
from armstrace.analysis.marks.make_words import Sense
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message, join, message

_COMMA = re.compile(r"\s*,\s*")
_PARTS = re.compile(r"\s*(?:[/;()\[\]|+]|\s-\s|\bIMPORTED BY\b|\bIMP\b)\s*")
_SHORTEST_WITHIN = 4
_SHORTEST_PART = 3
_LONGEST_NAME = 8
_INITIALS = 2
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


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    stop: int
    key: str
    make: Make


def by_alias(names: Names, plain: str) -> Found | None:
    """Look the whole field up, then without company form and common words."""
    make = names.aliases.get(spelling.squash(plain))
    if make is not None:
        return Found(make, Certainty.CERTAIN, "ALIAS")
    words = make_words.words(plain)
    for senses, certainty, rule in _LEFT_OUT:
        key = "".join(word for word in words if not make_words.says(word, *senses))
        make = names.aliases.get(spelling.squash(key))
        if make is not None and (rule != "GENERIC_WORDS" or not is_common(key)):
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
        if not is_neutral(word)
        and not any(word in names.models.get(span.make.name, ()) for span in spans)
    ]
    strong = [span for span in spans if _is_strong(names, span, words, strangers)]
    if not strong:
        return None
    if strangers and not _leads(words, strong[0]):
        return _amid(names, strong, strangers)
    makes = list(dict.fromkeys(span.make for span in strong))
    if strangers and strong[0].make != makes[0]:
        return None
    found = _several(makes, plain, "WITHIN")
    if strangers:
        note = message("“%(words)s” stands beside the name", words=" ".join(strangers))
        return Found(found.make, found.certainty, found.rule, found.note or note)
    return found


def _amid(names: Names, spans: list[_Span], strangers: list[str]) -> Found | None:
    """Take a familiar maker, the only one named, from amid words of any kind."""
    makes = {span.make for span in spans if len(span.key) >= _SHORTEST_WITHIN}
    if len(makes) != 1 or len({span.make for span in spans}) != 1:
        return None
    make = makes.pop()
    if make.name not in names.familiar:
        return None
    note = message("“%(words)s” stands beside the name", words=" ".join(strangers))
    return Found(make, Certainty.DOUBTFUL, "WITHIN", note)


def by_model(names: Names, plain: str) -> Found | None:
    """Read the designation of a model, or of a series, that one maker alone has."""
    name = make_pieces.series_maker(names, plain)
    make = names.makes.get(name)
    if make is None:
        return None
    note = message("names a model of %(make)s, not the maker", make=make.name)
    return Found(make, Certainty.DOUBTFUL, "MODEL", note)


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
        if make is not None and not _says_else(key, words[start:stop]):
            found.append(_Span(start, stop, key, make))
    return sorted(found, key=lambda span: span.start)


def _is_covered(spans: list[_Span], at: int) -> bool:
    return any(span.start <= at < span.stop for span in spans)


def _says_else(key: str, words: list[str]) -> bool:
    senses = (Sense.GENERIC, Sense.FORM, Sense.NOTE, Sense.KIND)
    alone = make_words.says(key, *senses)
    return alone or (len(words) > 1 and all(make_words.says(w, *senses) for w in words))


def _is_strong(
    names: Names, span: _Span, words: list[str], strangers: list[str]
) -> bool:
    """Tell whether a name may be taken from among these other words."""
    if is_common(span.key):
        beside = [*words[: span.start], *words[span.stop :]]
        own = names.models.get(span.make.name, ())
        return all(_is_of_no_name(word) or word in own for word in beside)
    if len(span.key) >= _SHORTEST_WITHIN and span.key.isalpha():
        return True
    before = words[: span.start]
    leads = all(make_words.says(word, Sense.KIND, Sense.GENERIC) for word in before)
    return leads and len(span.key) > 1 and not strangers


def _is_of_no_name(word: str) -> bool:
    return (
        len(word) <= _INITIALS
        or any(map(str.isdigit, word))
        or make_words.says(word, Sense.NOTE, Sense.KIND, Sense.FORM)
        or make_words.nation([word]) != ""
    )


def _leads(words: list[str], span: _Span) -> bool:
    long_enough = len(span.key) >= _SHORTEST_WITHIN and not is_common(span.key)
    return long_enough and all(map(is_neutral, words[: span.start]))


def is_neutral(word: str) -> bool:
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


def is_common(key: str) -> bool:
    """Tell whether a name is also an ordinary word, so that it is read only alone."""
    return make_words.says(key, Sense.COMMON)
