"""What else to know of a figure, beside its numbers."""

from fractions import Fraction

from armstrace.analysis.statistics import wilson
from armstrace.analysis.statistics.ratios import YearRatio
from armstrace.vocabulary.messages import NOTHING, Message, counted, message

FEW_ARMS = 30


def few_arms(denominator: int) -> Message:
    """Warn of a figure that rests on few arms; nothing where it does not."""
    if denominator >= FEW_ARMS:
        return NOTHING
    return counted(
        "The figure rests on %(n)s arm, fewer than %(few)s: read it with its "
        "interval, and do not rank by it.",
        "The figure rests on %(n)s arms, fewer than %(few)s: read it with its "
        "interval, and do not rank by it.",
        n=denominator,
        few=FEW_ARMS,
    )


def lacking(*years: YearRatio) -> tuple[Message, ...]:
    """Name the years that have no figure, and why."""
    return tuple(
        message(
            "The figure rests on one year alone; %(year)s is lacking. %(sentence)s",
            year=ratio.year,
            sentence=ratio.reason,
        )
        for ratio in years
        if not ratio.is_computable
    )


def other_reading(held: int, above: int, below: int) -> Message:
    """Say what counting the arms still lawfully held as traced would give."""
    value = wilson.percent(Fraction(above, below))
    return counted(
        "Counting the %(n)s arm still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%.",
        "Counting the %(n)s arms still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%.",
        n=held,
        above=above,
        below=below,
        value=value,
    )
