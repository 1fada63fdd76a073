"""Stores and their counts: open, scan, close, explain, hand over as a file."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.custody import queries
from armstrace.custody.actions import counting
from armstrace.custody.counting import Compared, Difference
from armstrace.translation import translate
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.web import access, acting
from armstrace.web.custody import forms
from armstrace.web.lists import exports, pagination

# The finding and the number of each difference, and what was said of it in vain.
type Answers = dict[tuple[str, str], Refused]

MOST_SHOWN = 100
OWN_NUMBERS = re.compile(r"\s*(?:[ERer]\d+(?:\s+|$))+")
EXPORTED: exports.Columns = {
    "list": "finding",
    "number": "number",
    "on_record_at": "where",
    "answer": lambda row: row.answer and row.answer.answer,
    "explanation": lambda row: row.answer and row.answer.explanation,
    "told_by": lambda row: row.answer and row.answer.told_by,
}


class Refused(NamedTuple):
    """An answer as it was typed, and why it was not taken."""

    answer: str
    explanation: str
    why: str


@dataclass(frozen=True, slots=True)
class DifferenceList:
    """One list of a count as its page shows it."""

    finding: CountFinding
    # Each with what was typed of it and not taken, and why.
    rows: list[tuple[Difference, Refused | None]]
    # How many more there are; the export has them all.
    hidden: int


@access.staff_view
def stores(request: access.Request) -> HttpResponse:
    form = forms.StoreForm(acting.sent(request))
    if request.method == "POST":
        request.viewer.require("exhibit.count")
    return acting.answer(
        request,
        form,
        lambda: counting.open_store(name=form.cleaned_data["name"], **request.how),
        done=gettext("Store opened."),
        to=reverse("stores"),
        template="custody/stores.html",
        rows=queries.stores(viewer=request.viewer),
        may_count=request.viewer.may("exhibit.count"),
    )


@access.staff_view
def count_list(request: access.Request) -> HttpResponse:
    own = queries.own_stores(viewer=request.viewer)
    form = forms.CountForm(acting.sent(request))
    form.offer(own)
    if request.method == "POST":
        request.viewer.require("exhibit.count")
    opened = acting.result_of(
        request,
        form,
        lambda: counting.open_count(
            store_id=form.cleaned_data["store"],
            place=form.cleaned_data["place"],
            is_blind=not form.cleaned_data["is_open_list"],
            **request.how,
        ),
    )
    if opened is not None:
        return redirect("count", opened.pk)
    page = queries.count_rows(
        viewer=request.viewer, page=pagination.page_request(request)
    )
    context = {
        "rows": page.rows,
        "paging": pagination.paging(request, page),
        "has_store": bool(own),
        "may_count": request.viewer.may("exhibit.count"),
    }
    return acting.show(request, "custody/counts.html", form, context)


@access.staff_view
def count(request: access.Request, count_id: int) -> HttpResponseBase:
    found = queries.count_page(count_id, viewer=request.viewer)
    if exports.is_wanted(request):
        return export(request, found.count.reference, found.compared, found.differences)
    return _page(request, found, {})


def _page(
    request: access.Request, found: queries.CountPage, refused: Answers
) -> HttpResponse:
    lists = _lists(found, refused)
    context = {
        "page": found,
        "form": forms.ScanForm(),
        "lists": lists,
        "answers": [(each.value, gettext(each.label)) for each in CountAnswer],
        "may_count": request.viewer.may_for("exhibit.count", found.count.store.agency),
    }
    status = 409 if refused else 200
    return render(request, "custody/count.html", context, status=status)


@access.staff_act_who("exhibit.count")
def scan(request: access.Request, count_id: int) -> HttpResponse:
    form = forms.ScanForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Scan or paste at least one number."))
    noted = _split(form.cleaned_data["numbers"])
    unread = counting.add_numbers(count_id=count_id, texts=noted, **request.how)
    said = ngettext("%(n)s number noted.", "%(n)s numbers noted.", len(noted))
    messages.success(request, said % {"n": len(noted)})
    if unread:
        said = gettext("No exhibit here is known by %(numbers)s; check what was typed.")
        messages.warning(request, said % {"numbers": ", ".join(unread[:MOST_SHOWN])})
    return redirect("count", count_id)


@access.staff_act_who("exhibit.count")
def strike(request: access.Request, count_id: int) -> HttpResponse:
    """Strike out numbers that were noted in error."""
    struck = _split(request.POST.get("numbers", ""))
    counting.strike_numbers(count_id=count_id, texts=struck, **request.how)
    said = ngettext(
        "%(n)s number struck out.", "%(n)s numbers struck out.", len(struck)
    )
    messages.success(request, said % {"n": len(struck)})
    return redirect("count", count_id)


def _split(pasted: str) -> list[str]:
    """Part what was pasted; a number may hold blanks, several of ours do not."""
    found = []
    for part in re.split(r"[\r\n\t,;]+", pasted):
        own = OWN_NUMBERS.match(part)
        found += [*(own[0].split() if own else []), part[own.end() if own else 0 :]]
    return [each for each in found if each.strip()]


@access.staff_act
def close(request: access.Request, count_id: int) -> HttpResponse:
    counting.close_count(count_id=count_id, **request.how)
    closed = queries.count_page(count_id, viewer=request.viewer)
    found = len(closed.compared.found) if closed.compared else 0
    said = gettext("Count closed: %(found)s found of %(expected)s expected.")
    messages.success(request, said % {"found": found, "expected": closed.expected})
    return redirect("count", count_id)


@access.staff_act_who("exhibit.count")
def answer(request: access.Request, count_id: int) -> HttpResponse:
    """Explain differences, or report them; what has no explanation stays open.

    What is refused is shown again as it was typed, and the others are taken.
    """
    names = ("number", "finding", "answer", "explanation")
    rows = zip(*map(request.POST.getlist, names), strict=False)
    sent = [dict(zip(names, row, strict=True)) for row in rows if row[-1].strip()]
    if not sent:
        raise InvalidInput(gettext("Choose an answer and write the explanation."))
    refused: Answers = {}
    for one in sent:
        try:
            stated = [_read_answer(forms.DifferenceForm(one))]
            counting.answer_differences(count_id=count_id, stated=stated, **request.how)
        except (InvalidInput, RuleBroken) as error:
            key = one["finding"], one["number"]
            refused[key] = Refused(one["answer"], one["explanation"], translate(error))
            if isinstance(error, RuleBroken):
                access.write_down(request, error)
    if n := len(sent) - len(refused):
        said = ngettext("%(n)s difference answered.", "%(n)s differences answered.", n)
        messages.success(request, said % {"n": n})
    if not refused:
        return redirect("count", count_id)
    found = queries.count_page(count_id, viewer=request.viewer)
    return _page(request, found, refused)


def _read_answer(form: forms.DifferenceForm) -> counting.StatedDifference:
    if not form.is_valid():
        raise InvalidInput(gettext("Choose an answer and write the explanation."))
    return form.build(counting.StatedDifference)


def _lists(found: queries.CountPage, refused: Answers) -> list[DifferenceList]:
    """Give the lists that are not empty, what waits for an answer first."""
    grouped: dict[CountFinding, list[tuple[Difference, Refused | None]]] = {}
    for each in sorted(found.differences, key=lambda one: one.answer is not None):
        typed = refused.get((each.finding.value, each.number))
        grouped.setdefault(each.finding, []).append((each, typed))
    return [
        DifferenceList(finding, rows[:MOST_SHOWN], len(rows[MOST_SHOWN:]))
        for finding, rows in grouped.items()
    ]


def export(
    request: access.Request,
    number: str,
    compared: Compared | None,
    differences: Iterable[Difference],
) -> HttpResponseBase:
    """Hand a count over as a file: what was found, then what differs."""
    if compared is None:
        raise InvalidInput(gettext("A blind count can be exported once it is closed."))
    found = (Difference(CountFinding.FOUND, number) for number in compared.found)
    rows = [*found, *differences]
    return exports.hand_over(request, f"count-{number}", EXPORTED, rows)
