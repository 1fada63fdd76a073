"""Reference sets: load, see how well they bear their ratios, withdraw."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.ballistics import reference_files
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.references import ReferenceSet
from armstrace.ballistics import queries
from armstrace.ballistics.actions import references
from armstrace.ballistics.actions.references import StatedSet
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.web import access, acting, fields
from armstrace.web.ballistics import forms, plots


@access.staff_view
def set_list(request: access.Request) -> HttpResponse:
    """List reference sets, and load another."""
    form = forms.ReferenceForm(acting.sent(request), request.FILES or None)
    return acting.answer(
        request,
        form,
        lambda: references.load_reference_set(
            stated=StatedSet(
                _table(form.cleaned_data["file"].read()), form.cleaned_data["reason"]
            ),
            **request.how,
        ),
        done=gettext("Reference set loaded."),
        to=lambda kept: reverse("reference-set", args=[kept.pk]),
        template="ballistics/reference_sets.html",
        rows=queries.reference_rows(viewer=request.viewer),
        may_load=request.viewer.may("ballistics.reference"),
        here="reference-sets",
    )


@access.staff_view
def reference_set(request: access.Request, reference_id: int) -> HttpResponse:
    """Show one reference set with its test on sources left out."""
    tested = queries.reference_page(reference_id, viewer=request.viewer)
    context = {
        "row": tested.row,
        "population": tested.reference.population,
        "counts": plots.known_pairs(tested.reference),
        "tippett": plots.tippett(tested),
        "reliability": plots.reliable(tested),
        "may_load": request.viewer.may("ballistics.reference"),
        "limits": LIMITS,
    }
    return render(request, "ballistics/reference_set.html", context)


@access.staff_act
def withdraw(request: access.Request, reference_id: int) -> HttpResponse:
    """Take a reference set out of use."""
    tested = queries.reference_page(reference_id, viewer=request.viewer)
    form = fields.ReasonForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(message("Give the reason for withdrawing the set."))
    references.withdraw_reference_set(
        name=tested.row.name, reason=form.cleaned_data["reason"], **request.how
    )
    messages.success(request, gettext("Reference set withdrawn."))
    return redirect("reference-sets")


def _table(content: bytes) -> ReferenceSet:
    try:
        return reference_files.built(json.loads(content))
    except (KeyError, TypeError, ValueError, RecursionError, AttributeError) as error:
        msg = message(
            "The file is not a reference set: it needs “name”, “population” and "
            "“pairs”, each pair as [source, source, congruent cells, cells]."
        )
        raise InvalidInput(msg) from error
