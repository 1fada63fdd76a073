"""Campaigns: the list, one of them, its desk, the receipt, the public counts."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from armstrace.collection import actions, queries
from armstrace.collection.inputs import CampaignInput, HandInInput
from armstrace.translation import write_list
from armstrace.vocabulary.collection import HELD, HandInState
from armstrace.web import access, acting, fields, listing
from armstrace.web.collection import forms
from armstrace.web.drawing import qr
from armstrace.web.lists import exports, pagination

WITHHELD = "…"
PUBLIC: exports.Columns = {
    "place": "place",
    "arm_type": lambda cell: cell.arm_type or "TOTAL",
    "count": lambda cell: WITHHELD if cell.count is None else cell.count,
}


@access.staff_view
def campaign_list(request: access.Request) -> HttpResponseBase:
    may_open = request.viewer.may("collection.open")
    template = "collection/list.html"
    return listing.show(request, template, queries.campaign_rows, may_open=may_open)


@access.staff_who("collection.open")
def open_campaign(request: access.Request) -> HttpResponse:
    form = forms.CampaignForm(acting.sent(request))
    return acting.answer(
        request,
        form,
        lambda: actions.open_campaign(given=form.build(CampaignInput), **request.how),
        done=gettext("The campaign is open."),
        to=lambda made: reverse("campaign", args=[made.pk]),
        template="collection/act.html",
        verb=gettext("Open a campaign"),
        back=reverse("campaigns"),
    )


@access.staff_view
def campaign(request: access.Request, campaign_id: int) -> HttpResponseBase:
    viewer = request.viewer
    found = queries.campaign(campaign_id, viewer=viewer)
    counts = queries.public_counts(campaign_id, viewer=viewer)
    if exports.is_wanted(request):
        return exports.hand_over(request, "collection", PUBLIC, counts)
    page = queries.hand_in_rows(
        campaign_id, viewer=viewer, page=pagination.page_request(request)
    )
    runs = found.begins_on <= request.today <= found.ends_on
    return pagination.show(
        request,
        "collection/campaign.html",
        page,
        campaign=found,
        rates=queries.rates(campaign_id, viewer=viewer),
        counts=counts,
        exports=True,
        editions=queries.editions(campaign_id, viewer=viewer),
        may_publish=found.ends_on < request.today
        and viewer.may_for("collection.open", found.agency),
        may_take=runs and viewer.may_for("collection.take", found.agency),
    )


@require_POST
@access.staff_view
def publish(request: access.Request, campaign_id: int) -> HttpResponse:
    actions.publish_counts(campaign_id=campaign_id, **request.how)
    messages.success(request, gettext("The counts are published."))
    return redirect("campaign", campaign_id)


@access.staff_who("collection.open")
def correct_counts(request: access.Request, campaign_id: int) -> HttpResponse:
    form = fields.ReasonForm(acting.sent(request))
    address = reverse("campaign", args=[campaign_id])
    return acting.answer(
        request,
        form,
        lambda: actions.correct_counts(
            campaign_id=campaign_id, **form.cleaned_data, **request.how
        ),
        done=gettext("The counts are published."),
        to=address,
        template="collection/act.html",
        verb=gettext("Publish corrected counts"),
        intro=gettext("The earlier counts stay to be read beside them."),
    )


@sensitive_post_parameters()
@access.staff_who("collection.take")
def take_in(request: access.Request, campaign_id: int) -> HttpResponse:
    viewer = request.viewer
    found = queries.campaign(campaign_id, viewer=viewer)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.HandInForm(*sent, initial={"place": request.GET.get("place", "")})
    form.ask(found.place_list, is_anonymous=found.is_anonymous)
    return acting.answer(
        request,
        form,
        lambda: actions.take_in(
            campaign_id=campaign_id,
            given=form.build(HandInInput),
            picture=form.cleaned_data["photograph"].read(),
            folder=settings.MEDIA_ROOT,
            **request.how,
        ),
        done=gettext("Taken in."),
        to=lambda made: reverse("hand-in", args=[made.pk]),
        template="collection/act.html",
        verb=gettext("Take in"),
        intro=gettext(
            "No name is asked for: write no name and no telephone number in any field."
        )
        if found.is_anonymous
        else "",
        back=reverse("campaign", args=[campaign_id]),
    )


@access.staff_view
def receipt(request: access.Request, hand_in_id: int) -> HttpResponse:
    page = queries.hand_in_page(hand_in_id, viewer=request.viewer)
    found = page.hand_in
    context = {
        "page": page,
        "hand_in": found,
        "code": qr.draw(found.reference),
        "check": request.build_absolute_uri(reverse("public-receipt")),
        "is_settled": found.state not in HELD,
        "is_taken": found.state == HandInState.TAKEN,
        "may_take": request.viewer.may_for("collection.take", found.campaign.agency),
        "may_settle": found.state in HELD
        and request.viewer.may_for("collection.open", found.campaign.agency),
    }
    return render(request, "collection/receipt.html", context)


@access.staff_view
def settle(request: access.Request, hand_in_id: int) -> HttpResponse:
    page = queries.hand_in_page(hand_in_id, viewer=request.viewer)
    form = forms.SettleForm(acting.sent(request))
    address = reverse("hand-in", args=[hand_in_id])
    return acting.answer(
        request,
        form,
        lambda: actions.settle_held(
            hand_in_id=hand_in_id, **form.cleaned_data, **request.how
        ),
        done=gettext("Recorded."),
        to=address,
        template="collection/act.html",
        verb=gettext("Settle what is held"),
        intro=_why_held(page),
    )


def _why_held(page: queries.HandInPage) -> str:
    """Say why an arm handed in is held, and where that is decided."""
    told = []
    if page.others:
        alike = gettext("Bears the same make and number, or is on the same photograph")
        told.append(
            alike + gettext(": ") + write_list([each.reference for each in page.others])
        )
    if page.may_be_missing:
        told.append(
            gettext("The register may have it as lost or stolen: see recovery %s.")
            % page.hand_in.recovery.reference
        )
    return " ".join(told)
