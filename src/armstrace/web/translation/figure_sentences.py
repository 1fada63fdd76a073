"""Sentences of the figures and of their checks, in the reader's language.

Some are kept with a return.
"""

from django.utils.translation import gettext_noop as _

from armstrace.web.translation import sentences

FORMS = (
    # Figures: few arms, a year that is lacking, another reading, no figure.
    _(
        "The figure rests on 1 arm, fewer than %(few)s: read it with its interval, and "
        "do not rank by it."
    ),
    _(
        "The figure rests on %(arms)s arms, fewer than %(few)s: read it with its "
        "interval, and do not rank by it."
    ),
    _("The figure rests on one year alone; %(year)s is lacking. %(sentence)s"),
    _(
        "Counting the 1 arm still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%."
    ),
    _(
        "Counting the %(arms)s arms still with the lawful owner as traced would give "
        "%(above)s of %(below)s, %(value)s %%."
    ),
    _(
        "Of arms %(kind)s only rows that are not uniquely identifiable are filed; that "
        "none of them was traced may rest on rows that are missing."
    ),
    _(
        "For %(year)s, %(filed)s arms %(kind)s are filed; table %(table)s tells of "
        "%(told)s."
    ),
    _("Nothing is filed or recorded for %(year)s."),
    _("No row of a tracing table is filled."),
    _("Rows of %(cells)s give different counts. The table is left out."),
    _("In %(year)s no arm is counted below the line."),
    _("In %(year)s the filed counts contradict each other: %(above)s of %(below)s."),
    _("%(year)s already stands in the window %(window)s, and %(next)s has no figure."),
    # What a method leaves out.
    _("%(kind)s, not seized"),
    _("%(kind)s: a total without any row on tracing"),
    # Counts of the return.
    _("Of %(silent)s of %(arms)s arms nothing is known here."),
    _("%(silent)s records state no quantity and count as one piece each."),
    _("%(silent)s records state no quantity and add nothing."),
    _("%(silent)s records have no case number and count as a case each."),
    _("%(silent)s records state no quantity."),
    # Why a figure is not published.
    _("Fewer than %(few)s arms stand above its line."),
    _("Fewer than %(few)s arms stand below its line."),
    _("The count above its line would give away %(value)s."),
    _("The count below its line would give away %(value)s."),
    _("a count that is withheld"),
    _("The count above its line was withheld in an earlier edition."),
    _("The count below its line was withheld in an earlier edition."),
    # Checks of the return.
    _("%(counted)s cells hold a count and %(blank)s are blank."),
    _("Below zero: %(cells)s."),
    _("%(cell)s is %(value)s; its parts add up to %(sum)s."),
    _("%(cell)s is %(value)s; %(cells)s is blank."),
    _("Cases: %(cases)s; arms: %(arms)s, parts: %(parts)s, rounds: %(rounds)s."),
    _("%(cell)s was %(value)s the year before and is %(now)s."),
    _("%(cell)s was %(value)s and is %(now)s."),
    _("%(cell)s is %(value)s, of %(most)s in %(limit)s."),
    _("%(cell)s is %(value)s and %(other)s is %(now)s."),
    _("Records found: %(number)s."),
    _("None was found."),
    _("Left out, and standing in table X: %(number)s."),
    _("No return of this year was kept before."),
    _("Nothing is on record of the year before."),
    _("No tracing figure changed since the last return."),
    _("It was not looked for."),
    _("The year has ended."),
    _("The year has not ended; what is recovered in the rest of it is missing."),
)
# What became known of a record since a return was kept.
REASONS = (
    _("recorded since"),
    _("corrected: %(reason)s"),
    _("corrected"),
    _("trace begun"),
    _("trace decided: %(kind)s"),
    _("judged against a registered arm"),
    _("event corrected"),
    _("%(kind)s, recorded since"),
    _("%(kind)s, corrected: %(reason)s"),
)


def said(sentence: str) -> str:
    """Give a sentence in the reader's language; as it is where it is not known.

    Args:
        sentence: In English, as a method says it.
    """
    return sentences.said(sentence, FORMS, WITHIN)


def reasons_said(reasons: str) -> str:
    """Give what became known of a record in the reader's language.

    Args:
        reasons: In English, one after the other, as a revision says them.
    """
    each = reasons.split("; ")
    return "; ".join(sentences.said(one, REASONS, WITHIN) for one in each)


WITHIN = dict.fromkeys(
    ("sentence", "kind", "value", "now", "cases", "arms", "parts", "rounds"), said
)
