"""Deactivations: the list, one with all that is known of it, its certificate."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from armstrace.deactivations import queries
from armstrace.vocabulary.deactivation import DeactivationState
from armstrace.web import access, listing
from armstrace.web.deactivations import forms
from armstrace.web.drawing import qr
from armstrace.web.lists import exports
from armstrace.web.vetting import shown

EXPORTED: exports.Columns = exports.columns_of(
    "reference arm kind state performed_on performed_by signatory standard "
    "reactivations"
)
ENGLISH = "en"


@access.staff_view
def deactivations(request: access.Request) -> HttpResponseBase:
    table = listing.Table(
        gettext("Deactivations"),
        gettext(
            "Arms that were made inoperable for good, who did it and who verified "
            "it. A deactivated arm stays on the register."
        ),
        {
            gettext("Number"): "reference",
            gettext("Arm"): "arm",
            gettext("Kind"): "kind",
            gettext("Status"): _status,
            gettext("Deactivated on"): "performed_on",
            gettext("Deactivated by"): "performed_by",
            gettext("Signed by"): lambda row: row.signatory or "—",
        },
        lambda row: reverse("deactivation", args=[row.deactivation_id]),
    )
    return listing.show_table(
        request,
        table,
        queries.deactivation_rows,
        forms.DeactivationFilters(request.GET or None),
        file=exports.File("deactivations", EXPORTED, queries.every_deactivation),
        nav="none",
        act=(reverse("deactivation-record"), gettext("Record a deactivation"))
        if request.viewer.may("deactivation.record")
        else None,
    )


@access.staff_view
def deactivation(request: access.Request, deactivation_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.deactivation_page(deactivation_id, viewer=viewer, at=request.at)
    record, is_open = page.record, page.row.state is DeactivationState.WAITING
    may_decide = viewer.may("deactivation.verify") and record.recorded_by != viewer.name
    return shown.show_page(
        request,
        None,
        template="deactivations/page.html",
        heading=page.row.reference,
        page=page,
        status=_status(page.row),
        record=record,
        may_decide=is_open and may_decide,
        may_find=not is_open
        and page.row.state is not DeactivationState.REFUSED
        and viewer.may("deactivation.find"),
        may_open_certificate=viewer.may("certificate.view"),
    )


@access.staff_view
def paper(request: access.Request, deactivation_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.deactivation_page(deactivation_id, viewer=viewer, at=request.at)
    issued = page.certificate
    if issued is None or not issued.code or issued.ended_at is not None:
        raise Http404
    context = {
        "arm": page.arm,
        "record": page.record,
        "signed": page.record.verification,
        "issued": issued,
        "code": qr.draw(issued.code, error="m"),
        "check": request.build_absolute_uri(reverse("public-certificate")),
        "languages": _two_languages(),
        "country": settings.HOME_COUNTRY,
    }
    return render(request, "deactivations/paper.html", context)


def _status(row: queries.DeactivationRow) -> DeactivationState | str:
    return gettext("fires again") if row.reactivations else row.state


def _two_languages() -> tuple[str, str]:
    """Give English and another language: the reader's, else that of the State.

    Source:
        Implementing Regulation (EU) 2015/2403, art. 3, para. 4.
    """
    known = [code for code, _ in settings.LANGUAGES if code != ENGLISH]
    wanted = (translation.get_language(), settings.LANGUAGE_CODE)
    return next((each for each in wanted if each in known), known[0]), ENGLISH
