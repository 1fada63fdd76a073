"""Consignments: the list, one that leaves, its page, each step of its way."""

import re
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.investigations.actions import opening
from armstrace.transfers import actions, queries
from armstrace.transfers.inputs import ConsignmentInput, ItemInput, StepInput
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.web import access, acting, fields, listing
from armstrace.web.lists import exports
from armstrace.web.transfers import forms

ARM = re.compile(r"[Aa]([1-9][0-9]{0,17})")
EXPORTED: exports.Columns = {"consignment": "reference"} | exports.columns_of(
    "authorisation_id direction waybill import_country recipient sent departed_on "
    "step alarm due_on"
)


@access.staff_view
def consignment_list(request: access.Request) -> HttpResponseBase:
    return listing.show(
        request,
        "transfers/consignments.html",
        queries.consignment_rows,
        forms.ConsignmentFilters(request.GET or None),
        file=exports.File("consignments", EXPORTED, queries.every_consignment),
    )


@access.staff_who("transfer.move")
def send(request: access.Request, authorisation_id: int) -> HttpResponse:
    page = queries.authorisation_page(authorisation_id, **request.asking)
    if request.method != "POST":
        page.require_more()
    left = queries.left_of(authorisation_id, viewer=request.viewer)
    form = forms.ConsignmentForm(
        acting.sent(request), initial={"departed_on": request.today}
    )
    for one in page.goods:
        said = f"{one.description or one.category} ({left[one.line]})"
        form.put(
            f"quantity_{one.line}",
            django_forms.IntegerField(
                label=_("Quantity: %(goods)s") % {"goods": said},
                min_value=0,
                required=False,
            ),
        )
        form.put(
            f"marks_{one.line}",
            fields.lines(
                _("Serial numbers or arms: %(goods)s") % {"goods": said},
                most=None,
                required=False,
                help_text=_("One per line; A12 is an arm on the register."),
            ),
        )
    form.order_fields([name for name in form.fields if name != "reason"])
    address = reverse("authorisation", args=[authorisation_id])
    return acting.answer(
        request,
        form,
        lambda: actions.send_consignment(
            authorisation_id=authorisation_id,
            given=form.build(
                ConsignmentInput,
                items=tuple(
                    item
                    for one in page.goods
                    for item in _items(one.line, form.cleaned_data)
                ),
            ),
            key=form.cleaned_data["key"],
            **request.how,
        ),
        to=lambda made: reverse("consignment", args=[made.pk]),
        template="transfers/act.html",
        verb=gettext("Record a departure"),
        number=page.row.reference,
        missing=page.missing,
        back=address,
    )


def _items(line: int, told: dict[str, Any]) -> list[ItemInput]:
    """Read what leaves of a line: named ones each, the others as a number."""
    marks = [each.strip() for each in told[f"marks_{line}"].splitlines()]
    named = [_item(line, each) for each in marks if each]
    many = told[f"quantity_{line}"]
    rest = 0 if many is None else many - len(named)
    if rest < 0:
        said = message("More marks are written than the quantity; correct one of them.")
        raise InvalidInput(said, field=f"quantity_{line}")
    return [*named, ItemInput(line, rest)] if rest > 0 else named


def _item(line: int, mark: str) -> ItemInput:
    found = ARM.fullmatch(mark)
    if found:
        return ItemInput(line, arm_id=int(found[1]))
    return ItemInput(line, serial=mark)


@access.staff_view
def consignment(request: access.Request, consignment_id: int) -> HttpResponse:
    page = queries.consignment_page(consignment_id, **request.asking)
    is_lead = page.row.is_lead and request.viewer.may("case.open")
    context = {"page": page, "is_lead": is_lead}
    return render(request, "transfers/consignment.html", context)


@access.staff_view
def step(request: access.Request, consignment_id: int) -> HttpResponse:
    first = {"happened_on": request.today, "kind": request.GET.get("kind", "")}
    form = forms.StepForm(acting.sent(request), initial=first)
    return _act(
        request,
        consignment_id,
        form,
        lambda how: actions.record_step(given=form.build(StepInput), **how),
        gettext("Record what happened"),
    )


@access.staff_view
def take_back(request: access.Request, consignment_id: int) -> HttpResponse:
    form = fields.ReasonForm(acting.sent(request))
    return _act(
        request,
        consignment_id,
        form,
        lambda how: actions.take_back_step(reason=form.cleaned_data["reason"], **how),
        gettext("Take back the last step"),
    )


def _act(
    request: access.Request,
    consignment_id: int,
    form: fields.DeskForm,
    act: Callable[[dict[str, Any]], object],
    verb: str,
) -> HttpResponse:
    request.viewer.require("transfer.move")
    page = queries.consignment_page(consignment_id, **request.asking)
    fields.offer(form, "kind", fields.codes(page.follows))
    address = reverse("consignment", args=[consignment_id])
    return acting.answer(
        request,
        form,
        lambda: act({"consignment_id": consignment_id, **request.how}),
        to=address,
        template="transfers/act.html",
        verb=verb,
        number=page.row.reference,
    )


@access.staff_act
def open_case(request: access.Request, consignment_id: int) -> HttpResponse:
    made = opening.open_case_of_diversion(consignment_id=consignment_id, **request.how)
    return redirect("case", made.pk)
