"""Refusals in the reader's language.

Named here are those that pages show most; the others are given as they stand.
"""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.translation import translate
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.web.translation import sentences

FORMS = (
    # Who may do what.
    # The register and matching.
    _(
        "No arm has the number %(number)s in this register; load the arm first or "
        "correct the number."
    ),
    _(
        "No holder has the number %(number)s; load the holder first or correct the "
        "number."
    ),
    _("There is no tuning %(tuning)s; the page lists those that there are."),
    # Recoveries.
    _("There is no recovered arm R%(recovery)s here; check the number."),
    _("R%(recovery)s or A%(arm)s is not on record; check both."),
    _("R%(recovery)s or R%(other)s is not on record."),
    _("“Same” and “different” are said with a reason; write what decided it."),
    _("A decision is taken back with a reason; write what changed."),
    _("Nothing is decided here, so nothing can be taken back; reload the page."),
    _("A recovery is not compared with itself; name another one."),
    _("The mark is empty; write what can be seen, ? for what cannot be read."),
    _(
        "Number %(number)s is on record as %(was)s; an item stated as %(kind)s needs "
        "a number of its own."
    ),
    _("Another process goes on with this run; wait until it is done."),
    _(
        "Decided candidates that can be ranked anew: %(have)s; needed: %(needed)s. "
        "Three of four are learned from, the fourth is kept back for the replay."
    ),
    _(
        "Recoveries with a serial: %(have)s; needed: %(needed)s. Three of four are "
        "learned from, the fourth is kept back for the replay."
    ),
    # Traces.
    # Files that are added.
    # Figures, the return and what is published.
    _("No part of the figure is named “%(name)s”; open it from the figure itself."),
    _("A figure cannot be kept as known at a later time; choose a day passed."),
    _("No arm of %(year)s is on record; choose a year with recoveries."),
    _("There is no such edition; choose one from the list."),
    _("Say why the edition is withdrawn; readers are told."),
    _("This edition was withdrawn before; nothing is left to do."),
    _("No statistics of %(year)s are published; choose a year from the list."),
    _("There is no such file; choose one from the page of its year."),
    _("No check of this return found that; open the checks again."),
    _("Say in words what the other reason is."),
    _("A return cannot be kept as known at a later time; choose a day passed."),
    _("Nothing is on record for %(year)s; a return without a record is not submitted."),
    _(
        "The return of %(year)s was submitted with this content on %(day)s and stands "
        "as kept return %(number)s; nothing has changed since."
    ),
    _("Explain %(checks)s before the return is submitted."),
    _("Say why figures are corrected; the file states some that stand."),
    _("The file states %(cells)s; state every cell once."),
    _("Say why %(cell)s is corrected; an earlier figure stands."),
    _("There is no kept return %(number)s; choose one from the list."),
    _("No return of %(year)s has the number %(number)s; choose one from the list."),
    _("No records stand behind “%(cell)s”; open a cell from the return."),
    _("%(release)s has no row of %(country)s; choose a country from its list."),
    _("There is no such release; choose one from the list."),
    _(
        "No row of the file is a row of the questionnaire; choose the long table that "
        "UNODC publishes."
    ),
    _("Line %(lines)s: write a whole number, or why it is blank."),
    _("No cell of the return is named “%(cell)s”; choose it from a table."),
    _("State one thing for %(cell)s: a number, or why it stays blank."),
    _("Name the source of %(cell)s: who counted it, and when."),
    _(
        "A count is a whole number, not below zero and of at most %(digits)s digits; "
        "look at %(cell)s."
    ),
    _("Records fill %(cell)s; correct the records, or explain the difference."),
    _("The file needs the columns %(columns)s; add %(missing)s."),
    # Files that are loaded.
)
WITHIN = dict.fromkeys(("role", "purpose", "was", "kind", "state"), gettext)


def said(error: Exception | str) -> str:
    """Give the sentence of a refusal in the reader's language."""
    words = translate(error) if isinstance(error, ArmstraceError) else str(error)
    if words != str(error):
        return words
    return "\n".join(sentences.said(line, FORMS, WITHIN) for line in words.splitlines())
