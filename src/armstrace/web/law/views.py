"""Prove it to a lawyer: what rests on each article, and what a profile leaves out."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles.provisions import Provision, in_force
from armstrace.vocabulary.sources import INSTRUMENTS
from armstrace.web import access, fields
from armstrace.web.law.articles import Resting, resting
from armstrace.web.lists import exports, pagination

STOPS = {
    "definitions": (message("No arm is left out as an antique."), "LC-08"),
    "retentions": (message("Records of that class are never due."), "ER-02"),
    "deadlines": (message("No clock runs for it."), ""),
    "offences": (message("No charge can name it."), "IV-20"),
    "elements": (message("A charge does not ask for it."), "IV-21"),
    "licences": (message("Nobody looks at the licences of both sides."), "HO-02 HO-03"),
    "categories": (message("No arm has a category."), "HO-02 HO-03"),
    "markings": (message("Nobody looks at the marks."), "MK-01 MK-02"),
    "second_persons": (message("One person alone signs it."), ""),
    "techniques": (message("No authority for it can be asked for."), "TE-02"),
    "deactivations": (message("Nothing can be verified as deactivated."), "DA-01"),
    "inoperables": (message("No part of that kind of arm is asked for."), "DA-01"),
    "risk": (message("The shipped number counts."), ""),
    "transfers": (
        message("Nobody looks at the papers of a transfer."),
        "TX-02 TX-03",
    ),
}
"""What stops without a provision of a kind, and the rules that ask for it."""
NAMED_BY = ("term", "record", "code", "offence", "event", "technique", "name")


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What narrows the articles: an instrument, and words that a row has to hold."""

    instrument: str = ""
    text: str = ""


class ArticleFilters(fields.FilterForm[ArticleFilter]):
    """What narrows the articles."""

    q = fields.line(_("Search"), 120, required=False)
    instrument = forms.ChoiceField(
        label=_("Instrument"),
        required=False,
        choices=[("", fields.ANY[1]), *INSTRUMENTS.items()],
    )


@dataclass(frozen=True, slots=True)
class Provided:
    """A provision that some profile has: in force here, or what stops without it."""

    kind: str
    name: str
    source: str
    rule: Provision | None
    stops: Message
    rules: str


@access.staff_view
def law(request: access.Request) -> HttpResponseBase:
    """Show for each article what rests on it; it holds no record of anybody."""
    filters = ArticleFilters(request.GET or None)
    where = filters.to_filter()
    found = [row for row in resting() if _matches(row, where)]
    if exports.is_wanted(request):
        return exports.hand_over(request, "articles", EXPORTED, found)
    return pagination.show(
        request,
        "law/list.html",
        pagination.page_request(request).of(found),
        exports=True,
        filters=filters,
        profile=jurisdiction.profile().name,
        provisions=[
            each
            for each in _provisions(request.today)
            if _holds(where.text, each.kind, each.name, each.source, each.rules)
        ],
    )


def _matches(row: Resting, where: ArticleFilter) -> bool:
    if where.instrument and row.instrument != where.instrument:
        return False
    told = (row.source, row.code, row.said, row.fields, row.rules)
    return _holds(where.text, *told)


def _holds(text: str, *told: str) -> bool:
    said = " ".join(told).casefold()
    return all(word in said for word in text.casefold().split())


def _provisions(on: date) -> list[Provided]:
    """Set the profile in use beside the shipped ones, kind by kind."""
    here = jurisdiction.profile()
    shipped = [profiles.load(name) for name in profiles.profile_names()]
    found = []
    for kind, (stops, rules) in STOPS.items():
        own = {(_name(p), p.source): p for p in in_force(getattr(here, kind), on)}
        others = [p for each in shipped for p in getattr(each, kind)]
        named = {name for name, _source in own}
        keys = dict.fromkeys((_name(p), p.source) for p in others)
        for name, source in own | keys:
            rule = own.get((name, source))
            if rule is not None or name not in named:
                found.append(Provided(kind, name, source, rule, stops, rules))
    return found


def _name(rule: Provision) -> str:
    told = [getattr(rule, each, "") for each in NAMED_BY]
    return " ".join(str(each) for each in told if each)


EXPORTED: exports.Columns = {
    "source": "source",
    "strength": lambda row: row.duty.value if row.duty else "",
    "code": "code",
    "words": "said",
    "fields": "fields",
    "rules": "rules",
    "tests": "tests",
}
