"""Class the wording of offences by a profile's rules; keep it verbatim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles.kind_rules import contains
from armstrace.intake.profiles.schema import OffenceRule, Profile
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.recoveries import CriminalContext, LegalJustification

_folded = lru_cache(maxsize=20_000)(fold)


@dataclass(frozen=True, slots=True)
class Classed:
    """What a wording of offences stands for."""

    # A code of ``LegalJustification``.
    justification: str
    # Codes of ``CriminalContext``, each once.
    contexts: tuple[str, ...]


Classifier = Callable[[str], Classed]


def classify(text: str, rules: tuple[OffenceRule, ...], separator: str) -> Classed:
    """Class the offences of one row.

    Each offence is classed by the first rule whose words it contains whole. The
    justification is that of the earliest rule used that gives one.

    Args:
        rules: In the order in which they are tried.
        separator: What stands between two offences; empty for one a row.

    Returns:
        Codes, ``UNKNOWN`` where no rule fits.
    """
    offences = [part.strip() for part in text.split(separator)] if separator else [text]
    found = [_first(_folded(each), rules) for each in filter(None, offences)]
    used = sorted(filter(None, found), key=lambda each: each[0])
    justifications = [rule.justification for _, rule in used if rule.justification]
    contexts = tuple(dict.fromkeys(c for _, rule in used for c in rule.contexts))
    if len(contexts) > 1:
        contexts = tuple(c for c in contexts if c != CriminalContext.NONE.value)
    return Classed(
        justifications[0] if justifications else LegalJustification.UNKNOWN.value,
        contexts or (CriminalContext.UNKNOWN.value,),
    )


def classifier(profile: Profile) -> Classifier | None:
    """Make a classifier that remembers wordings; None where no rules are."""
    if profile.kind is not IntakeKind.RECOVERIES or not profile.offence_rules:
        return None

    @lru_cache(maxsize=20_000)
    def classify_text(text: str) -> Classed:
        return classify(text, profile.offence_rules, profile.list_separator)

    return classify_text


def classify_into(values: dict[str, str], classed: Classifier) -> None:
    """Fill the justification and contexts that a row does not state itself."""
    if not values.get("offences"):
        return
    found = classed(values["offences"])
    if not values["legal_justification"]:
        values["legal_justification"] = found.justification
    if not values["criminal_contexts"]:
        values["criminal_contexts"] = ";".join(found.contexts)


def flags(values: dict[str, str], profile: Profile) -> Iterator[str]:
    """Give the notes of those flags whose wording stands in the row."""
    for flag in profile.flags:
        text = values.get(flag.field)
        if text and contains(_folded(text), flag.words):
            yield flag.note


def _first(
    folded: str, rules: tuple[OffenceRule, ...]
) -> tuple[int, OffenceRule] | None:
    for position, rule in enumerate(rules):
        if contains(folded, rule.words):
            return position, rule
    return None
