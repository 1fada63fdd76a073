"""Marks: list, enrol, one mark, its region, its class, another scan."""

from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.ballistics import suggestion
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.ballistics import queries
from armstrace.ballistics.actions import enrolling
from armstrace.procedures.actions import following
from armstrace.web import access, acting, listing
from armstrace.web.ballistics import forms, images, presenters, sharing
from armstrace.web.lists import exports

PREFILLED = ("owner", "origin", "calibre")


@access.staff_view
def mark_list(request: access.Request) -> HttpResponseBase:
    """List marks, or hand the list over as a file."""
    return listing.show(
        request,
        "ballistics/list.html",
        queries.mark_rows,
        forms.MarkFilters(request.GET or None),
        file=exports.File("marks", presenters.EXPORTED, queries.every_mark),
        may_enrol=request.viewer.may("ballistics.enrol"),
        here="marks",
    )


@access.staff_who("ballistics.enrol")
def enrol(request: access.Request) -> HttpResponse:
    """Enrol a mark from its scan."""
    first = {name: request.GET.get(name, "") for name in PREFILLED}
    form = forms.EnrolForm(acting.sent(request), request.FILES or None, initial=first)
    made = acting.result_of(
        request,
        form,
        lambda: enrolling.enrol_mark(
            stated=form.to_input(),
            scan=form.to_scan(),
            folder=settings.MEDIA_ROOT,
            **request.how,
        ),
    )
    if made is None:
        return acting.show(request, "ballistics/enrol.html", form)
    if made.recovery_id:
        following.follow_procedure(recoveries=[made.recovery_id], **request.how)
    messages.success(request, gettext("Mark enrolled. Check its region now."))
    return redirect("mark-region", made.pk)


@access.staff_view
def mark(request: access.Request, mark_id: int) -> HttpResponse:
    """Show one mark with its surface under a light that can be moved."""
    return shown_mark(request, mark_id, forms.CompareForm())


def shown_mark(
    request: access.Request,
    mark_id: int,
    compare_form: forms.CompareForm,
    unlink_form: forms.UnlinkForm | None = None,
) -> HttpResponse:
    page = queries.mark_page(mark_id, viewer=request.viewer)
    abroad = queries.sharing_of_mark(mark_id, viewer=request.viewer, on=request.today)
    may_compare = request.viewer.may("ballistics.compare")
    context = {
        "page": page,
        "row": page.row,
        "concluded": presenters.with_meaning(page.conclusions),
        "light": images.light_of(request),
        "frame": presenters.frame_of(page),
        "may_enrol": request.viewer.may("ballistics.enrol"),
        "may_compare": may_compare,
        "may_unlink": request.viewer.may("ballistics.unlink"),
        "sharing": abroad,
        "sharing_form": sharing.SharingForm(told=abroad)
        if request.viewer.may("ballistics.share")
        else None,
        "compare_form": compare_form,
        "form": unlink_form or compare_form,
        "links": presenters.removable(page.links, unlink_form),
        "search_form": forms.SearchForm(None, probe=page.row) if may_compare else None,
        "limits": LIMITS,
    }
    status = 422 if (unlink_form or compare_form).errors else 200
    return render(request, "ballistics/mark.html", context, status=status)


@access.staff_who("ballistics.enrol")
def region(request: access.Request, mark_id: int) -> HttpResponse:
    """Set the region of a mark, by numbers or by hand."""
    page = queries.mark_page(mark_id, viewer=request.viewer)
    opened = queries.open_mark(
        mark_id, folder=settings.MEDIA_ROOT, viewer=request.viewer
    )
    proposed = suggestion.suggest(opened.surface)
    ring = proposed if "suggested" in request.GET else opened.ring
    form = forms.RegionForm(acting.sent(request), initial=presenters.ring_values(ring))
    return acting.answer(
        request,
        form,
        lambda: enrolling.set_region(
            mark_id=mark_id,
            ring=form.ring(),
            reason=form.cleaned_data["reason"],
            folder=settings.MEDIA_ROOT,
            **request.how,
        ),
        done=gettext("Region set."),
        to=reverse("ballistic-mark", args=[mark_id]),
        template="ballistics/region.html",
        page=page,
        row=page.row,
        frame=presenters.frame_of(page),
        ring=presenters.drawn_ring(form),
        proposed=presenters.ring_values(proposed),
        has_pin=proposed.pin_radius_m > 0,
    )


@access.staff_who("ballistics.enrol")
def describe(request: access.Request, mark_id: int) -> HttpResponse:
    """Say anew what a mark tells of the class of arm."""
    row = queries.mark_row(mark_id, viewer=request.viewer)
    first = asdict(row.described)
    form = forms.DescribeForm(acting.sent(request), initial=first)
    return acting.answer(
        request,
        form,
        lambda: enrolling.describe_class(
            mark_id=mark_id,
            stated=form.to_class(),
            reason=form.cleaned_data["reason"],
            **request.how,
        ),
        done=gettext("Class characteristics saved."),
        to=reverse("ballistic-mark", args=[mark_id]),
        template="ballistics/form.html",
        row=row,
        heading=gettext("Class characteristics"),
        verb=gettext("Record class characteristics"),
    )


@access.staff_who("ballistics.enrol")
def rescan(request: access.Request, mark_id: int) -> HttpResponse:
    """Put a new scan in the place of a mark's scan."""
    row = queries.mark_row(mark_id, viewer=request.viewer)
    form = forms.RescanForm(acting.sent(request), request.FILES or None)
    return acting.answer(
        request,
        form,
        lambda: enrolling.replace_scan(
            stated=form.to_input(mark_id), folder=settings.MEDIA_ROOT, **request.how
        ),
        done=gettext("Scan replaced. Check its region now."),
        to=reverse("mark-region", args=[mark_id]),
        template="ballistics/form.html",
        row=row,
        heading=gettext("Another scan"),
        verb=gettext("Replace the scan"),
    )
