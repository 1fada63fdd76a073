"""Photographs of recovered arms: added, and shown with an entry of who looked."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.evidence import queries as evidence
from armstrace.recoveries import nameless, queries
from armstrace.recoveries.actions import observing
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access
from armstrace.web.recoveries import forms


@access.staff_act_who("evidence.add")
def add(request: access.Request, recovery_id: int) -> HttpResponse:
    """Add a photograph to a recovery."""
    form = forms.PhotographForm(request.POST, request.FILES)
    if not form.is_valid():
        raise InvalidInput(gettext("Choose a picture file, then add it again."))
    item = queries.arm_detail(recovery_id, viewer=request.viewer)
    request.viewer.require("evidence.add", agency=item.record.agency)
    given = form.cleaned_data
    kept = nameless.store_photograph(
        recovery_id=recovery_id,
        content=given["file"].read(),
        name=given["file"].name,
        folder=settings.MEDIA_ROOT,
        **request.how,
    )
    stated = observing.StatedPhotograph(kept, given["caption"], given["taken_on"])
    observing.add_photograph(recovery_id=recovery_id, stated=stated, **request.how)
    messages.success(request, gettext("Photograph added."))
    return redirect("recovery", recovery_id)


@access.staff_view
def show(
    request: access.Request, recovery_id: int, photograph_id: int
) -> HttpResponseBase:
    """Send a photograph without its notes; the ledger keeps who looked."""
    found = queries.photograph_page(recovery_id, photograph_id, viewer=request.viewer)
    opened = evidence.open_file(
        found.file.sha256,
        folder=settings.MEDIA_ROOT,
        of=found.recovery,
        **request.asking,
    )
    return HttpResponse(opened.shown, content_type=opened.media_type)


@access.staff_view
def about(
    request: access.Request, recovery_id: int, photograph_id: int
) -> HttpResponse:
    """Show what is known of a photograph, and why it was withdrawn."""
    photo = queries.photograph_page(recovery_id, photograph_id, viewer=request.viewer)
    record = queries.last_record(recovery_id, viewer=request.viewer)
    may = request.viewer.may_for("evidence.add", record.agency)
    is_nameless = queries.keeps_no_name(recovery_id, viewer=request.viewer)
    context = {"photo": photo, "may_withdraw": may, "is_nameless": is_nameless}
    return render(request, "recoveries/photograph.html", context)
