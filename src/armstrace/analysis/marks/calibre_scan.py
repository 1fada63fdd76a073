"""Find the calibres that stand among other words, and which of them is meant.

Source:
    Free text of police records: a maker, a model, a load or a remark stands
    beside the calibre; two names of one cartridge; what an arm was converted from.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.analysis.marks import (
    bare_calibres,
    calibre_forms,
    calibre_spelling,
    cartridges,
)
from armstrace.analysis.marks.bare_calibres import Found
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import Message, message

_TOKEN = re.compile(
    r"\.?\d+(?:\.\d+)?(?:X\.?\d+(?:\.\d+)?)?"
    r"(?:(?:IRS|JRS|IR|SR|RB|IS|JS|RS|R|S|T)(?![^\W_]))?"
    r"|[^\W\d_]+(?:&[^\W\d_]+)*"
)
_MOST_TOKENS = 40
_LONGEST_NAME = 7
_ARROW = re.compile(r"-+>|=+>|→|»")
_UNITS = frozenset({"MM"})
_SHORT_WORD = 2
_BARE = frozenset({"BARE", "ARM_TYPE"})


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0] in ".0123456789"


@dataclass(frozen=True, slots=True)
class _Mention:
    """A calibre among the words: which tokens it takes and what it reads to."""

    first: int
    last: int
    found: Found
    bore: str = ""

    @property
    def name(self) -> str:
        return self.found[0]

    @property
    def is_bare(self) -> bool:
        return bool(self.bore)


def read(tidy: str, arm_type: ArmType) -> Found | None:
    """Read the one calibre that a text of several words means.

    Args:
        tidy: The field as ``calibre_spelling.tidy`` writes it.
        arm_type: Kind of arm, which decides what a bare number means.

    Returns:
        The calibre; the present one where an arm was converted; the first, in
        doubt, where two cartridges are named; the bore alone, in doubt, where a
        word beside it tells a cartridge that is not known. None where there is none.
    """
    written = calibre_spelling.join_words(tidy)
    tokens = [
        _Token(one[0], one.start(), one.end()) for one in _TOKEN.finditer(written)
    ]
    if len(tokens) > _MOST_TOKENS:
        return None
    mentions = _without_numbers_of_models(_mentions(written, tokens, arm_type), tokens)
    if not mentions:
        return None
    converted = _read_converted(written, tokens, mentions)
    if converted is not None:
        return converted
    meant = _meant(mentions)
    if meant.found[2] == "TWO_NAMES":
        return meant.found
    return _with_rest(meant, mentions, tokens)


def _mentions(
    written: str, tokens: Sequence[_Token], arm_type: ArmType
) -> list[_Mention]:
    mentions: list[_Mention] = []
    place = 0
    while place < len(tokens):
        found = _longest(written, tokens, place)
        found = found or _bare(written, tokens, place, arm_type)
        if found is not None:
            mentions.append(_word_before(tokens, found, mentions))
        place = found.last + 1 if found else place + 1
    return mentions


def _longest(written: str, tokens: Sequence[_Token], place: int) -> _Mention | None:
    """Give the longest name that begins with a token."""
    most = min(len(tokens), place + _LONGEST_NAME)
    for stop in range(most, place, -1):
        is_plain = stop == place + 1 and tokens[place].is_number
        phrase = written[tokens[place].start : tokens[stop - 1].end]
        if is_plain and bare_calibres.PATTERN.match(phrase):
            return None
        if stop == place + 2 and tokens[stop - 1].text in _UNITS:
            continue
        found = calibre_forms.read(phrase)
        if found is not None:
            return _Mention(place, stop - 1, found)
    return None


def _bare(
    written: str, tokens: Sequence[_Token], place: int, arm_type: ArmType
) -> _Mention | None:
    """Read a number by itself, unless it counts something or is a model's."""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    unit = " MM" if following in _UNITS else ""
    match = bare_calibres.PATTERN.match(tokens[place].text + unit)
    if match is None or calibre_spelling.sense(following) == "#":
        return None
    is_plain = not unit and tokens[place].text.isdigit()
    if is_plain and _is_of_model(written, tokens, place):
        return None
    found = bare_calibres.read(match, arm_type)
    if found is None:
        return None
    bore = bare_calibres.bore(match, arm_type) if found[2] in _BARE else ""
    return _Mention(place, place + len(unit.split()), found, bore)


def _is_of_model(written: str, tokens: Sequence[_Token], place: int) -> bool:
    follows = _follows_letters(written, tokens, place)
    return follows or _is_fraction(written, tokens, place)


def _follows_letters(written: str, tokens: Sequence[_Token], place: int) -> bool:
    """Tell a number of a model, as in "G 17" and "RPG-7", from a calibre."""
    if not place or tokens[place - 1].is_number:
        return False
    before = tokens[place - 1]
    if calibre_spelling.sense(before.text) or before.text in _UNITS:
        return False
    is_joined = tokens[place].start - before.end <= len("-") and (
        written[before.end : tokens[place].start] in {"", "-"}
    )
    is_short = len(tokens[place].text) <= _SHORT_WORD
    return is_joined or (is_short and len(before.text) <= _SHORT_WORD)


def _is_fraction(written: str, tokens: Sequence[_Token], place: int) -> bool:
    """Tell a pair such as 24/7, which is a model or a date, from a calibre."""
    for one in (place, place + 1):
        if 0 < one < len(tokens) and len(tokens[one].text) == 1:
            before, after = tokens[one - 1], tokens[one + 1 : one + 2]
            gap = written[before.end : tokens[one].start]
            is_day = before.text.isdigit() and len(before.text) <= _SHORT_WORD
            if gap == "/" and is_day and not (after and after[0].text in _UNITS):
                return tokens[one].text.isdigit()
    return False


def _word_before(
    tokens: Sequence[_Token], mention: _Mention, others: Sequence[_Mention]
) -> _Mention:
    """Read "SPL 38": a word before a bare number may name its cartridge."""
    before = mention.first - 1
    is_taken = bool(others) and others[-1].last >= before
    if not mention.is_bare or before < 0 or is_taken or tokens[before].is_number:
        return mention
    number = " ".join(one.text for one in tokens[mention.first : mention.last + 1])
    found = calibre_forms.read(f"{number} {tokens[before].text}")
    is_known = calibre_spelling.sense(tokens[before].text) not in {"-", ""} or (
        tokens[before].text in calibre_spelling.telling()
    )
    if found is None or not is_known:
        return mention
    return _Mention(before, mention.last, found)


def _without_numbers_of_models(
    mentions: list[_Mention], tokens: Sequence[_Token]
) -> list[_Mention]:
    """Leave out whole numbers where a calibre is written beyond doubt."""
    sure = [one for one in mentions if not _is_whole_number(one, tokens)]
    if not sure:
        return mentions
    return [one for one in mentions if one in sure or _agrees(one, sure)]


def _is_whole_number(mention: _Mention, tokens: Sequence[_Token]) -> bool:
    is_one = mention.first == mention.last
    return is_one and tokens[mention.first].text.isdigit()


def _agrees(mention: _Mention, sure: Sequence[_Mention]) -> bool:
    return any(_merge(mention, other) is not None for other in sure)


def _meant(mentions: Sequence[_Mention]) -> _Mention:
    """Give the calibre that all mentions agree on, or the first in doubt."""
    meant = mentions[0]
    for other in mentions[1:]:
        merged = _merge(meant, other)
        if merged is None:
            note = message("the text names %(calibre)s too", calibre=other.name)
            doubtful = (meant.name, Certainty.DOUBTFUL, "TWO_NAMES", note)
            return _Mention(meant.first, other.last, doubtful)
        meant = merged
    return meant


def _merge(first: _Mention, second: _Mention) -> _Mention | None:
    """Give the mention that says more of one cartridge; None where they differ."""
    if first.name == second.name:
        return second if first.is_bare and not second.is_bare else first
    for one, other in ((first, second), (second, first)):
        if other.is_bare and cartridges.is_of_bore(one.name, other.bore):
            return one
        if (one.name, other.name) in cartridges.also_fired():
            return one
    if cartridges.has_dimensions(first.name, second.name):
        return first
    return None


def _read_converted(
    written: str, tokens: Sequence[_Token], mentions: Sequence[_Mention]
) -> Found | None:
    """Give the present calibre of an arm that was converted, if the text says so."""
    if len(mentions) < 2 or mentions[0].name == mentions[-1].name:
        return None
    first, last = mentions[0], mentions[-1]
    between = tokens[first.last + 1 : last.first]
    signs = {calibre_spelling.sense(token.text) for token in between}
    gap = written[tokens[first.last].end : tokens[last.first].start]
    is_now = ">" in signs or _ARROW.search(gap) or "PARA" in {t.text for t in between}
    every = {calibre_spelling.sense(token.text) for token in tokens}
    if is_now:
        present, former = last, first
    elif "<" in signs:
        present, former = first, last
    elif "~" in every or "<" in every:
        present, former = last, first
    else:
        return None
    note = message("converted; formerly %(calibre)s", calibre=former.name)
    return present.name, Certainty.LIKELY, "CONVERTED", note


def has_words_beside(note: Message) -> bool:
    """Tell whether a reading's note names words that are no part of the calibre."""
    return note.template == _beside(()).template


def _beside(words: Sequence[str]) -> Message:
    return message("“%(words)s” stands beside the calibre", words=" ".join(words))


def _with_rest(
    meant: _Mention, mentions: Sequence[_Mention], tokens: Sequence[_Token]
) -> Found:
    """Say what stands beside the calibre; a telling word leaves a doubt."""
    taken = {place for one in mentions for place in range(one.first, one.last + 1)}
    rest = [token.text for place, token in enumerate(tokens) if place not in taken]
    words = [word for word in rest if _says_something(word)]
    name, certainty, rule, note = meant.found
    if not words:
        is_load = any(calibre_spelling.sense(word) == "+" for word in rest)
        load = message("a load is named beside")
        return name, certainty, rule, note or load if is_load else note
    keys = {calibre_spelling.key(word) for word in words}
    is_bore = name.endswith((" gauge", " bore"))
    is_telling = bool(keys & calibre_spelling.telling()) and not (
        is_bore and keys <= {"MAG", "GA", "AUTO", "WIN"}
    )
    beside = _beside(words)
    if is_telling and meant.is_bare and not is_bore:
        return meant.bore, Certainty.DOUBTFUL, "BORE", beside
    sure = Certainty.DOUBTFUL if is_telling else Certainty.LIKELY
    return name, sure, rule, note or beside


def _says_something(word: str) -> bool:
    if word in _UNITS or calibre_spelling.sense(word) in {"-", "+", "#"}:
        return False
    return any(map(str.isalpha, word)) and len(word) > 1
