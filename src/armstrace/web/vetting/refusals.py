"""The register of refusals: the list, its exchange, one refusal, entering one."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.licensing import queries as licensing
from armstrace.vetting.actions import refusals as acts
from armstrace.vetting.queries import refusals as queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import LicenceStage
from armstrace.vocabulary.vetting import Duration, RefusalKind
from armstrace.web import access, acting, listing, record_numbers
from armstrace.web.lists import exports
from armstrace.web.vetting import forms, shown

if TYPE_CHECKING:
    from armstrace.vetting.models import RefusalRecord

TOLD = (
    "name", "born_on", "birth_place", "birth_country", "nationality",
    "identity_number", "decided_on", "national_reference", "authority", "contact",
    "duration", "ends_on", "kind", "revoked_on",
)  # fmt: skip
EXCHANGED: exports.Columns = {
    "id": lambda row: row.refusal.reference,
    **dict(zip(TOLD, TOLD, strict=True)),
}
"""What leaves for other States, by the heads of its columns; no ground among it.

Source: Delegated Regulation (EU) 2021/1423, arts. 3, 4(2).
"""


@access.staff_view
def refusals(request: access.Request) -> HttpResponseBase:
    table = listing.Table(
        gettext("Refusals"),
        gettext(
            "Refusals that States tell each other, without their grounds. The "
            "files hold what is visible today, whatever the filter."
        ),
        {
            gettext("Number"): "refusal.reference",
            gettext("Name"): "name",
            gettext("Decided on"): "decided_on",
            gettext("How long it holds"): lambda row: Duration(row.duration),
            gettext("Visible until"): "visible_until",
            gettext("Review by"): lambda row: row.review_by or "—",
        },
        lambda row: reverse("refusal", args=[row.refusal_id]),
    )
    return listing.show_table(
        request,
        table,
        queries.refusal_rows,
        forms.RefusalFilters(request.GET or None),
        file=exports.File("refusals", EXCHANGED, _visible),
        act=(reverse("refusal-enter"), gettext("Enter a refusal"))
        if request.viewer.may("refusal.record")
        else None,
    )


def _visible(
    where: queries.RefusalFilter, *, viewer: Actor, today: date
) -> "list[RefusalRecord]":
    del where  # the exchange is whole, however the list is narrowed
    return queries.visible_refusals(viewer=viewer, today=today)


@access.staff_who("refusal.record")
def enter(request: access.Request) -> HttpResponse:
    form = forms.RefusalForm(acting.sent(request), initial=_as_refusal(request))
    del form.fields["reason"], form.fields["seen"]
    return acting.answer(
        request,
        form,
        lambda: acts.record_refusal(stated=form.to_input(), **request.how),
        done=gettext("The refusal is entered."),
        to=lambda made: reverse("refusal", args=[made.pk]),
        template="vetting/page.html",
        heading=gettext("Enter a refusal"),
        verb=gettext("Enter the refusal"),
    )


def _as_refusal(request: access.Request) -> dict[str, object]:
    """Give what an application that was refused says already; nothing for others."""
    key = record_numbers.key_of(request.GET.get("application", ""))
    if key is None:
        return {}
    page = licensing.application_page(key, **request.asking)
    if page.row.stage is not LicenceStage.REFUSED:
        return {}
    office = (settings.AUTHORITY or page.row.agency, settings.AUTHORITY_CONTACT)
    return {
        "name": page.applicant,
        "born_on": page.record.born_on,
        "decided_on": page.record.decided_on,
        "national_reference": page.row.reference,
        "authority": ", ".join(filter(None, office)),
        "kind": RefusalKind.ON_REQUEST,
    }


@access.staff_view
def refusal(request: access.Request, refusal_id: int) -> HttpResponse:
    states = queries.refusal_page(refusal_id, viewer=request.viewer)
    now = states[0]
    first = {name: getattr(now, name, None) for name in forms.RefusalForm.base_fields}
    first |= {"reason": "", "seen": now.pk}
    form = forms.RefusalForm(acting.sent(request), initial=first)
    if request.method == "POST":
        request.viewer.require("refusal.record")
    return acting.answer(
        request,
        form,
        lambda: acts.correct_refusal(
            refusal_id=refusal_id,
            stated=form.to_input(),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            **request.how,
        ),
        done=gettext("The refusal is updated."),
        to=reverse("refusal", args=[refusal_id]),
        template="vetting/page.html",
        heading=f"{now.refusal.reference} · {now.name}",
        form_heading=gettext("Update"),
        verb=gettext("Update the refusal"),
        back=reverse("vettings"),
        facts=[
            (gettext("Visible until"), listing.say(now.visible_until)),
            (gettext("Review by"), listing.say(now.review_by or "—")),
        ],
        is_read_only=not request.viewer.may("refusal.record"),
        states=shown.states(states, lambda one: Duration(one.duration), "told_by"),
    )
