"""Tuning of matching: how well it states, what is proposed, what is in use."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.analysis.matching.entries import FEWEST_PAIRS
from armstrace.analysis.matching.tuning import FEWEST_REPLAYED
from armstrace.recoveries import queries
from armstrace.recoveries.actions import tunings
from armstrace.registry.actions import tuning
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.matching import TuningKind
from armstrace.web import access
from armstrace.web.matching import forms

PROPOSE = {
    TuningKind.CALIBRATION: tunings.propose_calibration,
    TuningKind.RATES: tunings.propose_rates,
    TuningKind.SERIALS: tunings.propose_serials,
}


@access.staff_view
def page(request: access.Request) -> HttpResponse:
    """Show how well probabilities were stated, and what may be changed."""
    return _shown(request)


def _shown(request: access.Request, refusal: RuleBroken | None = None) -> HttpResponse:
    """Show the page; where something was refused, with the sentence on it."""
    found = queries.matching_tunings(viewer=request.viewer)
    context = {
        "refusal": refusal and translate(refusal),
        "rule": refusal and refusal.rule,
        "needed": {
            "decided": tunings.FEWEST_DECIDED,
            "read": tunings.FEWEST_READINGS,
            "pairs": FEWEST_PAIRS,
        },
        "fewest_replayed": FEWEST_REPLAYED,
        "monitor": queries.monitor(viewer=request.viewer),
        "tunings": found,
        "in_use": [one for one in found if one.is_in_use],
        "may_tune": request.viewer.may("matching.tune"),
        "may_deploy": request.viewer.may("matching.deploy"),
    }
    if refusal is None:
        return render(request, "matching/tuning.html", context)
    access.write_down(request, refusal)
    return render(request, "matching/tuning.html", context, status=409)


@access.staff_act_who("matching.tune")
def propose(request: access.Request) -> HttpResponse:
    """Make a proposal; it changes nothing."""
    try:
        made = PROPOSE[_kind(request)](**request.how)
    except RuleBroken as refusal:
        return _shown(request, refusal)
    words = gettext("Proposal saved with its replay.")
    if made.known_at != request.at:
        words = gettext("Nothing has changed since tuning %(number)s: it is the same.")
    messages.success(request, words % {"number": made.pk})
    return redirect("matching-tuning")


@access.staff_act
def use(request: access.Request, tuning_id: int) -> HttpResponse:
    """Put a proposal into use."""
    try:
        tuning.use_tuning(
            tuning_id=tuning_id, reason=request.POST.get("reason", ""), **request.how
        )
    except RuleBroken as refusal:
        return _shown(request, refusal)
    messages.success(request, gettext("Matching uses it from now on."))
    return redirect("matching-tuning")


@access.staff_act_who("matching.deploy")
def take_back(request: access.Request) -> HttpResponse:
    """Go back to what is shipped."""
    tuning.take_tuning_back(
        kind=_kind(request), reason=request.POST.get("reason", ""), **request.how
    )
    messages.success(request, gettext("Matching no longer uses it."))
    return redirect("matching-tuning")


def _kind(request: access.Request) -> TuningKind:
    form = forms.TuningForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(gettext("Choose what is to be tuned."))
    kind: TuningKind = form.cleaned_data["kind"]
    return kind
