"""Code lists: every code that the product stores, with its words and its source."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.translation import translate
from armstrace.vocabulary.code_lists import Listed, codes_listed
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.web import access, fields, listing
from armstrace.web.lists import exports


@dataclass(frozen=True, slots=True)
class CodeFilter:
    """What narrows the codes: a list, and words that a row has to hold."""

    name: str = ""
    text: str = ""


class CodeFilters(fields.FilterForm[CodeFilter]):
    """What narrows the codes."""

    q = fields.line(_("Search"), 120, required=False)
    name = forms.ChoiceField(
        label=_("List"),
        required=False,
        choices=lambda: fields.same_words(
            dict.fromkeys(each.name for each in codes_listed())
        ),
    )


@access.staff_view
def code_lists(request: access.Request) -> HttpResponseBase:
    """Show the codes of every list; it holds no record of anybody."""
    table = listing.Table(
        gettext("Code lists"),
        gettext(
            "What can be chosen in forms, files and the API, with the code that is "
            "stored. The lists come with the product and are not changed here."
        ),
        {
            gettext("List"): "name",
            gettext("Asked as"): "asked_as",
            gettext("Code"): "code.value",
            gettext("Words"): "code",
            gettext("Source"): lambda row: row.source or "—",
        },
    )
    filters = CodeFilters(request.GET or None)
    file = exports.File("code-lists", EXPORTED, _found)
    return listing.show_table(request, table, _rows, filters, file=file, nav="none")


def _rows(where: CodeFilter, *, page: PageRequest) -> Page[Listed]:
    return page.of(_found(where))


def _found(where: CodeFilter) -> list[Listed]:
    asked = where.text.casefold().split()
    return [
        each
        for each in codes_listed()
        if where.name in {"", each.name}
        and all(word in _said(each).casefold() for word in asked)
    ]


def _said(each: Listed) -> str:
    words = translate(each.asked_as), gettext(each.code.label)
    return " ".join((each.name, each.code.value, *words, each.source))


EXPORTED: exports.Columns = {
    "list": "name",
    "asked_as": lambda row: translate(row.asked_as),
    "code": "code.value",
    "words": lambda row: gettext(row.code.label),
    "source": "source",
}
