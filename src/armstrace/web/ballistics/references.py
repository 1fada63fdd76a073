"""Reference sets: load, see how well they bear their ratios, withdraw."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.analysis.ballistics import reference_files
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.references import ReferenceSet
from armstrace.ballistics import queries
from armstrace.ballistics.actions import references
from armstrace.ballistics.actions.references import StatedSet
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.web import access, fields
from armstrace.web.ballistics import forms, plots


@access.staff_view
def set_list(request: access.Request) -> HttpResponse:
    """List reference sets, and load another."""
    form = forms.ReferenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = references.load_reference_set(
                stated=StatedSet(
                    _table(form.cleaned_data["file"].read()),
                    form.cleaned_data["reason"],
                ),
                **request.how,
            )
        except (InvalidInput, RuleBroken) as error:
            form.add_error(None, translate(error))
        else:
            messages.success(request, gettext("Reference set loaded."))
            return redirect("reference-set", kept.pk)
    context = {
        "rows": queries.reference_rows(viewer=request.viewer),
        "form": form,
        "may_load": request.viewer.may("ballistics.reference"),
        "here": "reference-sets",
    }
    return render(request, "ballistics/reference_sets.html", context)


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
