"""Compare two names as written, and say why they are near or not.

A score is a reason to look: it never says that two records are of one person, and a
low one never says that they are not.

    score = agreement of the words that meet, weighted by how rare they are
            x a factor for each word that is missing or contradicts
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from armstrace.analysis.names import alignment, explaining, reading, words
from armstrace.analysis.names.alignment import Alignment, Meeting
from armstrace.analysis.names.reading import Kind, Name, Word
from armstrace.vocabulary.messages import Message, join


@dataclass(frozen=True, slots=True)
class Score:
    """How near two names are."""

    # 0 to 1; 1 only where they are identical but for case, space and punctuation.
    score: float
    # Sentences: which words met and how, what is missing, what contradicts.
    explanation: tuple[Message, ...]

    @property
    def is_near(self) -> bool:
        """Whether the pair is worth a look: the score reaches the cut in use."""
        return self.score >= words.cut()

    @property
    def sentence(self) -> Message:
        """The explanation in one text."""
        return join(self.explanation)


def compare(schema: str, one: str, other: str) -> Score:
    """Compare two names as written.

    Args:
        schema: Of what they are names: ``Person``, ``Company``, ``Organization``,
            ``Vessel``, ``Address``; anything else is compared as an organisation.
        one: A name in any script.
        other: Another; the order of the two changes no score.

    Returns:
        A score that explains itself. It must not be used to decide alone.

    Source:
        Own method, judged on the labelled pairs of nomenklatura; see
        docs/explanation/names.md.
    """
    is_person = schema.upper() in reading.PERSONS
    first = reading.tokens(one, is_person=is_person)
    second = reading.tokens(other, is_person=is_person)
    return compare_read(
        reading.read(schema, one, alignment.join(first, second)),
        reading.read(schema, other, alignment.join(second, first)),
    )


def compare_read(left: Name, right: Name) -> Score:
    """Compare two names that were read."""
    if not left.words or not right.words:
        return Score(0.0, (explaining.EMPTY,))
    if left.folded == right.folded:
        return Score(1.0, (explaining.IDENTICAL,))
    left, right = sorted((left, right), key=lambda name: name.folded)
    aligned = alignment.align(left.words, right.words)
    said = list(explaining.explain(aligned))
    score = _quality(aligned, is_person=left.is_person)
    for factor, why in _factors(left, right, aligned):
        score *= factor
        said += [why] if why else []
    highest = words.settings()["factor"]["below_identical"]
    return Score(round(min(score, highest), 4), tuple(said))


def _quality(aligned: Alignment, *, is_person: bool) -> float:
    """Give what is left after what met, what is missing and what contradicts."""
    total = sum(pair.weight for pair in aligned.met)
    if not total:
        return 0.0
    rates = words.settings()["person" if is_person else "organisation"]
    score = sum(p.weight * p.agreement.value for p in aligned.met) / total
    for word in aligned.missing:
        score *= _missing(word, rates)
    for pair in aligned.against:
        score *= _against(pair, rates)
    return score


def _missing(word: Word, rates: dict[str, float]) -> float:
    if word.kind is Kind.NUMBER:
        return float(words.settings()["factor"]["number_missing"])
    return 1 - rates["missing"] * word.weight


def _against(pair: Meeting, rates: dict[str, float]) -> float:
    if pair.one.kind is Kind.NUMBER:
        return float(words.settings()["factor"]["number_other"])
    heavier = max(pair.one.weight, pair.other.weight, rates["least"])
    return 1 - rates["contradicting"] * heavier


def _factors(
    left: Name, right: Name, aligned: Alignment
) -> Iterator[tuple[float, Message | None]]:
    """Give what changes the score as a whole, each with its sentence."""
    factor: dict[str, Any] = words.settings()["factor"]
    whole = [pair for pair in aligned.met if not _is_little(pair)]
    if not whole:
        yield factor["only_initials"], explaining.LITTLE
    elif len(whole) == 1 and left.is_person and _is_longer(left, right):
        yield factor["single"], explaining.SINGLE
    if _is_reordered(whole):
        named = not left.is_person or left.has_comma or right.has_comma
        yield 1.0 if named else factor["order"], explaining.ORDER
    if left.form != right.form:
        yield _form(left, right, factor), explaining.say_forms(left, right)


def _is_little(pair: Meeting) -> bool:
    little = (Kind.INITIAL, Kind.LITTLE)
    return pair.one.kind in little or pair.other.kind in little


def _is_longer(left: Name, right: Name) -> bool:
    """Tell whether one of two persons is named by more words than the other."""
    sizes = [
        sum(word.kind is not Kind.LITTLE for word in name.words)
        for name in (left, right)
    ]
    return sizes[0] != sizes[1]


def _is_reordered(met: list[Meeting]) -> bool:
    places = [pair.places[1] for pair in sorted(met, key=lambda p: p.places)]
    return places != sorted(places)


def _form(left: Name, right: Name, factor: dict[str, float]) -> float:
    if left.form is None or right.form is None:
        return factor["form_missing"]
    kins = {left.form.kin, right.form.kin}
    if len(kins) == 1 or "any" in kins:
        return factor["form_kindred"]
    return factor["form_other"]
