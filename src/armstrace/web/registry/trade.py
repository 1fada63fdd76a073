"""The trade at its own stock: what it has, what came and went, and notices of it."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.intake import queries as intake
from armstrace.intake.actions import noticing
from armstrace.jobs.running import JobContext
from armstrace.registry.actions import notices as actions
from armstrace.registry.inputs import EventInput
from armstrace.registry.queries import trading
from armstrace.translation import translate
from armstrace.vocabulary.arms import LifeEventKind, NoticeKind
from armstrace.vocabulary.outcomes import Recorded, RowOutcome
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, fields, listing
from armstrace.web.drawing import qr
from armstrace.web.licensing import stock
from armstrace.web.lists import exports

OF_KIND = {
    NoticeKind.SOLD: LifeEventKind.SOLD_TO_HOLDER,
    NoticeKind.ACQUIRED: LifeEventKind.SOLD_TO_DEALER,
    NoticeKind.MADE: LifeEventKind.MANUFACTURED,
    NoticeKind.LOST: LifeEventKind.LOST,
    NoticeKind.STOLEN: LifeEventKind.STOLEN,
}


class NoticeForm(fields.DeskForm):
    """What came to the business or went, when, and who is the other side."""

    fills: ClassVar = ("registry.LifeEvent",)
    named: ClassVar = {"arm": "arm_number"}
    what = fields.code(NoticeKind, _("What happened"), initial=NoticeKind.SOLD)
    arm = fields.mark(
        _("Arm"),
        120,
        help_text=_(
            "Its number in the stock book, or its serial number as marked. The "
            "registry registers a newly made arm first; the notice waits for that."
        ),
    )
    happened_on = fields.day(_("Day"))
    licence = fields.without_optional_mark(
        fields.mark(
            _("Licence of the other side"),
            64,
            required=False,
            help_text=_("Of the buyer, or of the person who sold it to you."),
        )
    )
    place = fields.line(_("Place"), required=False)
    document = fields.line(_("Document"), required=False)
    number = fields.mark(
        _("Your number of the notice"),
        100,
        required=False,
        help_text=_("Leave it empty, and the system assigns one."),
    )
    notes = fields.line(
        _("Notes"),
        500,
        required=False,
        help_text=_("Make, model and calibre of an arm that is not registered yet."),
    )

    # The notice that was shown before it is given.
    checked = forms.CharField(required=False, widget=forms.HiddenInput)

    def to_notice(self) -> EventInput:
        """Give the notice as it is stated."""
        what = NoticeKind(self.cleaned_data["what"])
        side = "holder_from" if what is NoticeKind.ACQUIRED else "holder_to"
        told = {side: self.cleaned_data["licence"]}
        return self.build(
            EventInput,
            number=self.cleaned_data["number"],
            kind=OF_KIND[what],
            **told if OF_KIND[what] in actions.SALES else {},
        )


@access.staff_view
def in_hand(request: access.Request) -> HttpResponseBase:
    """List the arms that the own business has now."""
    business = trading.own_business(viewer=request.viewer)
    return listing.show(
        request,
        "registry/own_stock.html",
        trading.in_stock,
        business=business,
        licences=trading.own_licences(viewer=request.viewer, today=request.today),
        today=request.today,
        may_notify=request.viewer.may(actions.GRANT),
    )


@access.staff_view
def book(request: access.Request) -> HttpResponseBase:
    """Show what came to the own business and went, by day, or hand it over."""
    business = trading.own_business(viewer=request.viewer)
    if business is None:
        return redirect("own-stock")
    return stock.show_book(request, business.holder_id, business.number)


@access.staff_view
def certificates(request: access.Request) -> HttpResponse:
    """List the certificates of the own business, each with its code to print."""
    rows = trading.own_certificates(viewer=request.viewer)
    shown = [(each, qr.draw(each.token, error="m")) for each in rows if each.token]
    return render(request, "registry/own_certificates.html", {"rows": shown})


@access.staff_view
def certificate(request: access.Request, certificate_id: int) -> HttpResponse:
    """Hand out the text of the code of an own certificate."""
    for each in trading.own_certificates(viewer=request.viewer):
        if each.certificate_id == certificate_id and each.token:
            return exports.attach(each.token, f"{each.number}.txt", "text/plain")
    raise Http404


@access.staff_view
def notices(request: access.Request) -> HttpResponseBase:
    """List the notices that the own agency gave, and those that wait."""
    viewer = request.viewer
    sees = viewer.may("intake.view")
    held = intake.held_rows(viewer=viewer, page=PageRequest()) if sees else None
    return listing.show(
        request,
        "registry/own_notices.html",
        trading.notices,
        waiting=held.rows if held else (),
        is_more=held is not None and held.has_next,
    )


@access.staff_who(actions.GRANT)
def notify(request: access.Request) -> HttpResponse:
    """Give notice of one arm that came or went."""
    first = {"arm": request.GET.get("arm", "")}
    form = NoticeForm(acting.sent(request), initial=first)
    context: dict[str, object] = {
        "verb": gettext("Give notice"),
        "back": reverse("own-stock"),
    }
    if form.is_bound and form.is_valid():
        notice = form.to_notice()
        if form.cleaned_data["checked"] != notice.content_key:
            acting.refill(form, checked=notice.content_key)
            told = trading.read_notice(notice, viewer=request.viewer)
            context |= {"notice": notice, "told": told}
            return acting.show(request, "registry/notice.html", form, context)
    recorded = acting.result_of(
        request,
        form,
        lambda: noticing.give_notice(
            notice=form.to_notice(), context=JobContext(), **request.how
        ),
    )
    if recorded is not None:
        is_kept = recorded.fate is RowOutcome.REFUSED
        tell = messages.warning if is_kept else messages.success
        tell(request, _told(recorded))
        return redirect("own-notices" if is_kept else "own-stock")
    return acting.show(request, "registry/notice.html", form, context)


def _told(recorded: Recorded) -> str:
    if recorded.fate is RowOutcome.UNCHANGED:
        return gettext("The register says so already; nothing was changed.")
    if recorded.fate is RowOutcome.REFUSED:
        kept = gettext("The notice is kept and waits for the registry:")
        return f"{kept} {translate(recorded.reason)}"
    return gettext("The notice is recorded.")
