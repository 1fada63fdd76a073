"""What a deactivation lacks by the standard of a day: over plain values."""

from datetime import date

from armstrace.deactivations import rules
from armstrace.deactivations.rules import Asked, Facts
from armstrace.licensing.checking import Missing
from armstrace.vocabulary.profiles import Profile, Strength, in_force
from armstrace.vocabulary.rules import Rule


def provision_of(facts: Facts, law: Profile, on: date) -> Asked:
    """Set the facts beside what the law of a day asks.

    Args:
        on: The day of the verification.
    """
    standard = next(iter(in_force(law.deactivations, on)), None)
    code = standard.code if standard else ""
    rows = [
        each
        for each in in_force(law.inoperables, on)
        if code in each.standards and facts.kind in each.kinds
    ]
    named = dict.fromkeys(part for each in rows for part in each.parts)
    return Asked(facts, standard, tuple(named), on)


def missing(facts: Facts, law: Profile, on: date) -> tuple[Missing, ...]:
    """Give what stands in the way of a verification, or of a recognition.

    Source:
        Firearms Protocol, art. 9; Implementing Regulation (EU) 2015/2403, arts. 2 to 5.
    """
    asked = provision_of(facts, law, on)
    found = [rule for rule in rules.table_of(facts) if not rule.holds(asked)]
    if rules.IN_FORCE in found:
        found = [rules.IN_FORCE]  # without a standard nothing else can be asked
    return tuple(_missing(each, asked) for each in found)


def _missing(rule: Rule[Asked], asked: Asked) -> Missing:
    standard, refusal = asked.standard, rule.broken(asked)
    is_of_standard = standard is not None and not asked.facts.country
    return Missing(
        rule.code,
        _strength(rule, asked),
        refusal.message,
        standard.source if standard and is_of_standard else str(rule.source),
        standard.is_verified if standard else True,
    )


def _strength(rule: Rule[Asked], asked: Asked) -> Strength:
    standard = asked.standard
    if standard is not None and rule is rules.APART:
        is_one = rules.signs_own_work(asked.facts)
        return Strength.REFUSES if is_one else standard.apart
    if standard is not None and rule is rules.AUTHORISED:
        return standard.authorised
    if standard is not None and rule is rules.PARTS_MARKED:
        return Strength.REFUSES if standard.mark else Strength.WARNS
    return Strength.REFUSES
