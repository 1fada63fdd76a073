"""Sentences of traces and chains, in the reader's language."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from armstrace.vocabulary.arms import LifeEventKind
from armstrace.web.translation import sentences

FORMS = (
    # Whom to ask first.
    _("No record, import mark, maker or proof mark names a State to ask."),
    _("One record of the own register matches the marks (probability %(chance)s)."),
    _("The arm was reported lost or stolen here, so its diversion is on record."),
    _("The arm bears a mark of the own State's stock, army or police."),
    _("The arm bears the own State's import mark."),
    _("The most recent import mark of %(year)s names %(country)s."),
    _("The most recent import mark names %(country)s."),
    _("The arm was made here (%(basis)s)."),
    _("The arm was made in %(country)s (%(basis)s)."),
    _("Only proof, acceptance or arsenal marks point abroad: %(countries)s."),
    _("At the same time worth asking: %(countries)s."),
    # Gaps in the records.
    _("No date stands beside: %(kinds)s."),
    _("No record says who made the arm or imported it before it was %(kind)s."),
    _("The arm was %(kind)s although it was %(ended)s."),
    _("%(giver)s gave the arm, but the register shows %(holder)s as its holder."),
    _("Abroad in %(country)s; no record says how it came back."),
    _("No record says how the arm came here from %(country)s."),
    _("The arm was %(ended)s, yet it was recovered afterwards."),
    _("The arm was exported; no record here says how it came back."),
    _("No record says how the arm left its holder before it was recovered."),
    _("No record says how the arm left %(holder)s before it was recovered."),
    # Points of diversion.
    _("Earlier in the chain someone gave the arm who did not hold it on record."),
    _("The arm was %(kind)s on %(day)s, yet it was recovered."),
    _("The arm was %(kind)s, yet it was recovered."),
    _("The arm was exported to %(country)s on %(day)s; ask there what became of it."),
    _("The arm was exported to %(country)s; ask there what became of it."),
    _("The arm was exported abroad on %(day)s; ask there what became of it."),
    _("The arm was exported abroad; ask there what became of it."),
    _("The arm was recovered before and never lawfully released."),
    _("The arm was recovered %(days)s days after its holder bought it."),
    _("The arm was %(kind)s on %(day)s."),
    _("The arm was %(kind)s."),
    _("The report came only after the recovery."),
    _("A report of loss or theft can also cover a sale."),
    _("The same holder bought %(number)s more within ninety days."),
    _("The holder is still on record and reported neither loss nor theft."),
    _("The holder's licence ended on %(day)s and the arm was not handed in."),
    _("The holder's licence ended and the arm was not handed in."),
    _("The holder died on %(day)s and no heir took the arm over on record."),
    _("The holder died and no heir took the arm over on record."),
    _("The arm never left the stock of a %(trader)s on record."),
    _("The arm is still on record in State stock."),
    _("Last lawful holder on record: %(holder)s on %(day)s."),
    _("Last lawful holder on record: %(holder)s."),
)
WRITTEN = _("Opened by the domestic trace.")
TRADER = _("trader")
AFTER_ONE = re.compile(r"(?<=\.) (?=[A-Z])")


def said(sentence: str) -> str:
    """Give a sentence of a trace or chain in the reader's language."""
    return sentences.said(sentence, FORMS, WITHIN)


def all_said(text: str) -> str:
    """Give sentences that stand one after the other in the reader's language."""
    return " ".join(said(each) for each in AFTER_ONE.split(text))


def _kinds(words: str) -> str:
    return sentences.labels_said(words, [kind.label for kind in LifeEventKind])


WITHIN = {
    **dict.fromkeys(("kind", "ended", "basis", "trader"), gettext),
    "kinds": _kinds,
}
