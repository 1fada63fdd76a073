"""The rows behind a count by class, of a file on its way in or loaded."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from armstrace.intake import queries
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page
from armstrace.vocabulary.recoveries import Population
from armstrace.web import access
from armstrace.web.intake import incoming
from armstrace.web.lists import pagination


@access.staff_who("intake.load")
def of_file(request: access.Request, token: str, code: str) -> HttpResponse:
    """List the rows of a class in a file that is not loaded yet."""
    wanted = _class_named(code)
    sent = incoming.open_incoming(request, token)
    name = request.GET.get("profile", "")
    profile = queries.profile_for(sent, viewer=request.viewer, kind=None, name=name)
    if profile is None:
        msg = message("No profile is known for this file; say how it is read first.")
        raise NotFound(msg)
    page = queries.file_rows_of(
        wanted,
        file=sent,
        profile=profile,
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    up = reverse("intake-file", args=[token], query={"profile": name} if name else None)
    return _show(request, page, {"wanted": wanted, "file_name": sent.name, "up": up})


@access.staff_view
def of_batch(request: access.Request, batch_id: int, code: str) -> HttpResponse:
    """List the rows of a class in a file that was loaded."""
    wanted = _class_named(code)
    record = queries.batch_record(batch_id, viewer=request.viewer)
    page = queries.batch_rows_of(
        wanted,
        batch=record,
        viewer=request.viewer,
        page=pagination.page_request(request),
    )
    up = reverse("batch", args=[batch_id])
    shown = {"wanted": wanted, "file_name": record.file_name, "up": up}
    return _show(request, page, shown)


def _show(
    request: access.Request,
    page: Page[queries.ClassedRow],
    shown: Mapping[str, object],
) -> HttpResponse:
    paging = pagination.paging(request, page)
    context = {"rows": page.rows, "fields": queries.SHOWN, "paging": paging, **shown}
    return render(request, "intake/class_rows.html", context)


def _class_named(code: str) -> Population:
    if code not in Population.__members__:
        raise NotFound(message("There is no such class; choose one from the list."))
    return Population[code]
