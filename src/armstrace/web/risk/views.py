"""The list of the day, declarations with outcomes, and what indicators are worth."""

import secrets
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.risk import queries
from armstrace.risk.actions import examining
from armstrace.risk.queries import DeclarationPage
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.risk import Find
from armstrace.web import access, acting, listing
from armstrace.web.risk import forms, presenters

SEEDS = 2**31
YEARS_COMPARED = 5
ITEMS = {
    Find.ARMS: ItemKind.ARM,
    Find.PARTS: ItemKind.PART,
    Find.AMMUNITION: ItemKind.AMMUNITION,
}
"""What a recovery of each find is of."""


@access.staff_view
def examinations(request: access.Request) -> HttpResponse:
    """Show what the shift examines; draw the list of today."""
    viewer = request.viewer
    form = forms.DrawForm(acting.sent(request))
    if request.method == "POST":
        viewer.require("declaration.examine")
    return acting.answer(
        request,
        form,
        lambda: examining.draw_list(
            day=request.today,
            capacity=form.cleaned_data["capacity"],
            seed=secrets.randbelow(SEEDS),
            **request.how,
        ),
        done=gettext("The list is drawn."),
        to=reverse("examinations"),
        template="risk/examinations.html",
        shift=queries.shift(viewer=viewer),
        may_draw=viewer.may("declaration.examine"),
        may_compare=viewer.may("risk.compare"),
        may_load=viewer.may("intake.load"),
    )


@access.staff_view
def declarations(request: access.Request) -> HttpResponseBase:
    """List declarations."""
    filters = forms.DeclarationFilters(request.GET or None)
    template = "risk/declarations.html"
    return listing.show(request, template, queries.declaration_rows, filters)


@access.staff_view
def declaration(request: access.Request, declaration_id: int) -> HttpResponse:
    """Show one declaration with its reasons, and take what was found."""
    viewer = request.viewer
    page = queries.declaration_page(declaration_id, viewer=viewer)
    form = forms.OutcomeForm(acting.sent(request), initial=_initial(request, page))
    if page.outcome is None:
        del form.fields["reason"]
    if request.method == "POST":
        viewer.require("declaration.examine", agency=page.declaration.agency)

    return acting.answer(
        request,
        form,
        lambda: examining.record_examination(
            declaration_id=declaration_id,
            stated=form.to_input(),
            reason=form.cleaned_data.get("reason", ""),
            **request.how,
        ),
        done=gettext("The outcome is recorded."),
        to=lambda said: (
            reverse("examinations")
            if page.row.lane and not Find(said.find).is_arms
            else reverse("declaration", args=[declaration_id])
        ),
        template="risk/declaration.html",
        page=page,
        facts=presenters.facts(page.goods),
        may_examine=viewer.may_for("declaration.examine", page.declaration.agency),
        record_address=_record_address(page),
    )


def _initial(request: access.Request, page: DeclarationPage) -> dict[str, object]:
    now = page.outcome
    if now is None:
        return {"examined_on": timezone.localdate(request.at)}
    recovery = f"R{now.recovery_id}" if now.recovery_id else ""
    return {
        "examined_on": now.examined_on,
        "find": now.find,
        "notes": now.notes,
        "recovery": recovery,
    }


def _record_address(page: DeclarationPage) -> str:
    """Give the form of a recovery, filled in with what is known here."""
    if not page.row.is_arms or page.outcome is None or page.outcome.recovery_id:
        return ""
    said = gettext("Found in declaration %(number)s (%(reference)s): %(goods)s") % {
        "number": page.row.number,
        "reference": page.row.reference,
        "goods": page.goods.description or "",
    }
    given = {
        "item_kind": ITEMS[Find(page.row.find)].value,
        "notes": said[:400],
        "declaration": page.row.reference,
    }
    return reverse("recovery-record") + "?" + urlencode(given)


@access.staff_view
def indicators(request: access.Request) -> HttpResponse:
    """Show every indicator: what it asks for, its source, its settings, its hits."""
    context = {
        "rows": queries.indicator_rows(viewer=request.viewer, today=request.today),
        "year": request.today.year,
    }
    return render(request, "risk/indicators.html", context)


@access.staff_view
def backtest(request: access.Request) -> HttpResponse:
    """Show what the scores were worth, in all and by year."""
    found = queries.back_test(viewer=request.viewer)
    context = {
        "whole": found.whole,
        "bars": presenters.bars(found.whole),
        "judged": presenters.hits(found.whole),
        "by_year": found.by_year,
        "late": found.late,
        "width": presenters.WIDTH,
    }
    return render(request, "risk/backtest.html", context)


@access.staff_view
def arms_with_signs(request: access.Request) -> HttpResponseBase:
    """List recovered arms that show signs, with the sentence of each."""
    return listing.show(request, "risk/traced.html", queries.sign_rows)


@access.staff_view
def dealers(request: access.Request) -> HttpResponse:
    """Hold traced arms of dealers against what their sales let expect."""
    until = request.today
    since = until - timedelta(days=365 * YEARS_COMPARED)
    found = queries.dealers(viewer=request.viewer, since=since, until=until)
    context = {"found": found, "since": since, "until": until}
    return render(request, "risk/dealers.html", context)
