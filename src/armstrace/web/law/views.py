"""Prove it to a lawyer: what rests on each article, and what a profile leaves out."""

from dataclasses import dataclass
from dataclasses import fields as fields_of
from datetime import date

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.records import jurisdiction
from armstrace.translation import translate
from armstrace.vocabulary import profiles
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_rows
from armstrace.vocabulary.profiles.provisions import Provision, in_force
from armstrace.vocabulary.sources import INSTRUMENTS
from armstrace.web import access, fields
from armstrace.web.law.articles import Resting, resting
from armstrace.web.lists import exports, pagination

ROWS = {row["called"]: row for row in read_rows(__package__, "provisions.tsv")}
"""What each kind is, what stops without it, and the rules that ask for it."""
KINDS = [each.name for each in fields_of(profiles.Profile)][2:]
"""What a profile holds, after its code and its name."""
NAMED_BY = ("term", "record", "offence", "code", "event", "technique", "name")
TOLD_BY = ("licences", "capacities", "departments", "ways", "certificates")
"""What tells provisions apart that have no name."""


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

    kind: Message
    # Its codes, as a profile writes them, and what they say.
    name: str
    words: str
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
    page = pagination.page_request(request).of(found)
    return pagination.show(
        request,
        "law/list.html",
        page,
        exports=True,
        filters=filters,
        profile=jurisdiction.profile().name,
        provisions=[
            each
            for each in (_provisions(request.today) if page.number == 1 else ())
            if _holds(where.text, each.name, each.words, each.source, each.rules)
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
    for kind in KINDS:
        own = {(_name(p), p.source): p for p in in_force(getattr(here, kind), on)}
        others = {(_name(p), p.source): p for s in shipped for p in getattr(s, kind)}
        named = {name for name, _source in own}
        for (name, source), rule in (others | own).items():
            now = own.get((name, source))
            if now is None and name in named:
                continue
            what, without = ROWS[kind]["words"], ROWS[f"no {kind}"]
            without = ROWS.get(f"no {kind} {name}", without)
            found.append(
                Provided(
                    Message(what),
                    name,
                    _words(rule) or gettext(what),
                    _source(source),
                    now,
                    Message(without["words"]),
                    without["rules"],
                )
            )
    return found


def _name(rule: Provision) -> str:
    """Name a provision by its codes, as a profile writes them."""
    told = [getattr(rule, each, "") for each in NAMED_BY]
    told = told if any(told) else [_codes_of(rule)]
    return " ".join(str(each) for each in told if each)


def _words(rule: Provision) -> str:
    """Say what a provision is about: its own words, or those of its codes."""
    if own := getattr(rule, "words", ""):
        return translate(own)
    told = [getattr(rule, each, "") for each in NAMED_BY]
    coded = [gettext(each.label) for each in told if isinstance(each, Code)]
    return ", ".join(coded) or _codes_of(rule)


SETTING = "A setting of this State"
FOLLOWS = {
    (", after ", ""): _("A setting of this State, after %(source)s"),
    ("; States consider it (", ")"): _(
        "A setting of this State; States consider it (%(source)s)"
    ),
    ("", ""): _("A setting of this State"),
}
"""What a profile writes around the instrument that a setting follows."""


def _source(written: str) -> str:
    """Say in the reader's language what is a setting; instruments keep their name."""
    is_setting, after = written.startswith(SETTING), written.removeprefix(SETTING)
    for (begin, end), words in FOLLOWS.items() if is_setting else ():
        if after.startswith(begin) and after.endswith(end):
            return words % {"source": after.removeprefix(begin).removesuffix(end)}
    return written


def _codes_of(rule: Provision) -> str:
    codes = (code for each in TOLD_BY for code in getattr(rule, each, ()))
    return ", ".join(gettext(code.label) for code in codes)


EXPORTED: exports.Columns = {
    "source": "source",
    "strength": lambda row: translate(row.binding),
    "code": "code",
    "words": "said",
    "fields": "fields",
    "rules": "rules",
    "tests": "tests",
}
