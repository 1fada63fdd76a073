"""Registered arms, and the officer's quick look-up."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.custody import queries as custody
from armstrace.registry import queries
from armstrace.web import access, fields, listing, record_numbers
from armstrace.web.lists import exports, pagination
from armstrace.web.marks import candidates, readings
from armstrace.web.provenance import holders as naming
from armstrace.web.registry import acts, answer_words, answers, arms, forms

# Weighed for the answer, and shown.
WEIGHED, SHOWN = 25, 5


@access.staff_view
def arm_list(request: access.Request) -> HttpResponseBase:
    """List registered arms, or hand the list over as a file."""
    filters = forms.ArmFilters(request.GET or None)
    if not request.viewer.may("holder.view"):
        del filters.fields["is_stopped"]
    fields.suggest(filters, "make", queries.makes(viewer=request.viewer))
    order = _order(filters.to_filter())
    return listing.show(
        request,
        "registry/list.html",
        queries.arm_rows,
        filters,
        file=exports.File("registry", arms.EXPORTED, queries.every_arm),
        heads=pagination.sorting(request, order, ("number",)),
        may_register=request.viewer.may("registry.record"),
        may_see_holders=request.viewer.may("holder.view"),
    )


@access.staff_view
def losses(request: access.Request) -> HttpResponseBase:
    """List the reports of loss and theft, those of ammunition and parts too."""
    filters = forms.LossFilters(request.GET or None)
    return listing.show(request, "registry/losses.html", queries.loss_rows, filters)


@access.staff_who("ledger.acts")
def passings_with_reason(request: access.Request) -> HttpResponseBase:
    """List what passed with a reason, for who did not record it."""
    table = listing.Table(
        gettext("Passed on with a reason"),
        gettext(
            "Arms that passed on or were registered in the last 90 days although "
            "something was missing that the law asks for, or on a day before a "
            "licence ended. Look at each reason."
        ),
        {
            gettext("Arm"): "event.arm.reference",
            gettext("Day"): "event.happened_on",
            gettext("From"): lambda row: _side(row.event.holder_from),
            gettext("To"): lambda row: _side(row.event.holder_to),
            gettext("Reason"): lambda row: row.event.notes or "—",
            gettext("Recorded"): "event.known_at",
            gettext("Recorded by"): "recorded_by",
        },
        lambda row: reverse("arm", args=[row.event.arm_id]),
    )
    return listing.show_table(request, table, queries.passings_with_reason, nav="none")


def _side(holder: Any) -> str:  # noqa: ANN401 - a holder, or None
    """Give the number of who gave or got an arm; an import has no giver."""
    return holder.number if holder else "—"


def _order(where: queries.ArmFilter) -> str:
    return "number" if where.lowest_first else "-number"


@access.staff_view
def arm(request: access.Request, arm_id: int) -> HttpResponseBase:
    """Show one arm: its card, marks, parts, life and chain."""
    joined = queries.arms_joined_with([arm_id], viewer=request.viewer)
    if arm_id in joined:
        return redirect("arm", joined[arm_id])
    context = arms.page(arm_id, **request.asking)
    return _arm_page(request, context)


@access.staff_view
def holders(request: access.Request, arm_id: int) -> HttpResponse:
    """Show one arm with the persons who held it named; the ledger keeps who."""
    if request.method != "POST":
        return redirect("arm", arm_id)
    asking = naming.read_asking(request.POST, request.at)
    context = arms.page(arm_id, **request.asking, asking=asking)
    return _arm_page(request, context)


def _arm_page(request: access.Request, context: dict[str, object]) -> HttpResponse:
    found = cast("queries.ArmPage", context["arm"])
    return render(request, "registry/arm.html", context | acts.shown(found, request))


@access.staff_who("registry.view")
def look_up(request: access.Request) -> HttpResponse:
    """Say whether marks are of a missing arm, and rank the arms that may bear them."""
    typed = request.GET.get("q", "")
    offered = record_numbers.find_record(typed, viewer=request.viewer)
    if offered and _is_meant(request, typed):
        return redirect(offered.address)
    on_paper = (
        record_numbers.find_on_paper(typed, viewer=request.viewer)
        if _is_alone(request)
        else []
    )
    if len(on_paper) == 1 and on_paper[0].is_meant and _is_meant(request, typed):
        return redirect(on_paper[0].address)
    form = forms.LookUp(request.GET or None)
    description = form.description(viewer=request.viewer)
    shown: dict[str, object] = {"form": form, "looked_up": typed}
    shown |= {"offered": offered, "on_paper": on_paper}
    if description is not None:
        read = identify.identify(description)
        shown["borne"] = borne = queries.borne(
            description.serial, viewer=request.viewer
        )
        shown["remarks"] = readings.remarks(read)
        ranking = queries.candidates_for(read, viewer=request.viewer, top=WEIGHED)
        found = [int(one.registry_id) for one in ranking.candidates]
        found += [one.arm_id for one in borne]
        rows = queries.arms_by_id(found, viewer=request.viewer)
        shown["read_as"] = readings.read_as(description)
        shown["unused"] = form.unused
        shown["record_address"] = _recording(description)
        said = answers.answer(read, ranking, rows, viewer=request.viewer, borne=borne)
        is_paper = (on_paper or offered) and said == answer_words.not_on_record()
        shown["answer"] = answer_words.on_paper() if is_paper else said
        few = replace(ranking, candidates=ranking.candidates[:SHOWN])
        shown["ranking"] = candidates.shown(few, rows)
    if access.wants_part(request):
        return render(request, "registry/look_up_found.html", shown)
    if typed and request.viewer.may("exhibit.view"):
        shown["exhibits"] = custody.exhibits_numbered(typed, viewer=request.viewer)
    fields.suggest(form, "make", queries.makes(viewer=request.viewer))
    return render(request, "registry/look_up.html", shown)


def _recording(marks: Description) -> str:
    """Give the address at which an arm with these marks is recorded."""
    given = {
        "serial": marks.serial,
        "make": marks.make,
        "model": marks.model,
        "calibre": marks.calibre,
        "arm_type": marks.type,
    }
    typed = urlencode({name: text for name, text in given.items() if text})
    return f"{reverse('recovery-record')}?{typed}"


def _is_meant(request: access.Request, typed: str) -> bool:
    """Tell whether a record's number stands alone in the box of the page's head."""
    return _is_alone(request) and not queries.is_serial(typed, viewer=request.viewer)


def _is_alone(request: access.Request) -> bool:
    return set(request.GET) == {"q"} and not access.wants_part(request)
