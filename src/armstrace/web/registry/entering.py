"""Register one arm at the desk; arms like it are shown before it is saved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.registry import queries
from armstrace.registry.actions import entering
from armstrace.web import access, acting
from armstrace.web.marks import candidates, readings
from armstrace.web.registry import act_forms

SHOWN = 5
# An arm on record that is less likely than this to be the same is not shown.
WORTH_A_LOOK = 0.01


@access.staff_who("registry.record")
def register(request: access.Request) -> HttpResponse:
    """Put an arm on the register."""
    form = act_forms.RegisterForm(request)
    form.offer_makes(request)
    alike: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        alike = _alike(form.description(), request)
        if not alike["ranking"] or form.cleaned_data["checked"] == form.key:
            recorded = acting.result_of(
                request,
                form,
                lambda: entering.register_arm(
                    entering=form.to_entering(), **request.how
                ),
            )
            if recorded is not None:
                number = f"A{recorded.record_id}"
                done = gettext("The arm is registered as %(number)s.")
                messages.success(request, done % {"number": number})
                return redirect("arm", recorded.record_id)
        acting.refill(form, checked=form.key)
    context = {"is_asked": bool(alike.get("ranking")), **alike}
    return acting.show(request, "registry/register.html", form, context)


@access.staff_who("registry.record")
def similar(request: access.Request) -> HttpResponse:
    """Show, while marks are typed, how they are read and which arms bear the like."""
    names = (*act_forms.MARKS, "other")
    typed = {name: request.GET.get(name, "")[:400] for name in names}
    context = _alike(Description(**typed), request) if any(typed.values()) else {}
    return render(request, "registry/similar.html", context)


def _alike(description: Description, request: access.Request) -> dict[str, object]:
    """Give how marks are read, and the arms on record that may be the same."""
    read = identify.identify(description)
    ranking = queries.candidates_for(read, viewer=request.viewer, top=SHOWN)
    near = [one for one in ranking.candidates if one.probability >= WORTH_A_LOOK]
    found = [int(one.registry_id) for one in near]
    rows = queries.arms_by_id(found, viewer=request.viewer)
    return {
        "remarks": readings.remarks(read),
        "ranking": candidates.shown(ranking, rows) if near else None,
    }
