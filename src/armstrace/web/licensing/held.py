"""Licences: the list, one and what is done with it; how long decisions took."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import actions, queries
from armstrace.registry import queries as registry
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import LicenceAct, LicenceType, Restriction
from armstrace.vocabulary.paging import PageRequest
from armstrace.web import access, acting, listing
from armstrace.web.licensing import application_forms as forms
from armstrace.web.lists import exports

VERBS: Mapping[str, Promise] = {
    Restriction.SUSPEND: _("Suspend the licence"),
    Restriction.REINSTATE: _("Reinstate the licence"),
    Restriction.REVOKE: _("Revoke the licence"),
    LicenceAct.RENEW: _("Renew the licence"),
    LicenceAct.VARY: _("Change its terms"),
}


DONE: Mapping[str, Promise] = {
    LicenceAct.ISSUE: _("issued"),
    LicenceAct.RENEW: _("renewed"),
    LicenceAct.VARY: _("terms changed"),
    Restriction.SUSPEND: _("suspended"),
    Restriction.REINSTATE: _("reinstated"),
    Restriction.REVOKE: _("revoked"),
}


COLUMNS = exports.columns_of(
    "number activity holder_number stage valid_from valid_until"
)


@access.staff_view
def licence_list(request: access.Request) -> HttpResponseBase:
    table = listing.Table(
        gettext("Licences"),
        gettext("Of every authority; the first to end comes first. Views are logged."),
        {
            gettext("Number"): "number",
            gettext("Activity"): "activity",
            gettext("Holder"): "holder_number",
            gettext("Status"): "stage",
            gettext("Valid from"): "valid_from",
            gettext("Valid until"): "valid_until",
        },
        lambda row: reverse("held-licence", args=[row.licence_id]),
    )
    return listing.show_table(
        request,
        table,
        queries.licence_rows,
        forms.LicenceFilters(request.GET or None),
        file=exports.File("licences", COLUMNS, queries.every_licence),
        nav="none",
        act=(reverse("licences"), gettext("Applications")),
    )


@access.staff_who("ledger.acts")
def licences_written(request: access.Request) -> HttpResponseBase:
    """List what a desk wrote down, for who did not."""
    table = listing.Table(
        gettext("Licences recorded without an application"),
        gettext(
            "Licences that were recorded, or made to allow more, in the last 90 days "
            "without an application. Compare each with its paper."
        ),
        {
            gettext("Number"): "licence.number",
            gettext("Holder"): "licence.holder.number",
            gettext("Now"): lambda row: _allows(
                row.licence.licence_type, row.licence.valid_until
            ),
            gettext("Before"): lambda row: (
                _allows(row.before.licence_type, row.before.valid_until)
                if row.before
                else gettext("not on record")
            ),
            gettext("Reason"): "licence.reason",
            gettext("Recorded"): "licence.known_at",
            gettext("Recorded by"): "recorded_by",
        },
        lambda row: (
            reverse("held-licence", args=[row.licence.pk])
            if request.viewer.may("licence.view")
            else reverse("holder", args=[row.licence.holder_id])
        ),
    )
    return listing.show_table(request, table, queries.licences_written, nav="none")


@access.staff_who("ledger.acts")
def kinds_changed(request: access.Request) -> HttpResponseBase:
    """List the holders whom a desk made another kind of holder, for who did not."""
    table = listing.Table(
        gettext("Holders whose kind changed"),
        gettext(
            "In the last 90 days. The kind decides which licence an act asks for: "
            "compare each with the reason, and with the arms that came since."
        ),
        {
            gettext("Holder"): "record.holder.number",
            gettext("Before"): "before",
            gettext("Now"): lambda row: HolderKind(row.record.kind),
            gettext("Reason"): "record.reason",
            gettext("Recorded"): "record.known_at",
            gettext("Recorded by"): "recorded_by",
        },
        lambda row: reverse("holder", args=[row.record.holder_id]),
    )
    return listing.show_table(request, table, queries.kinds_changed, nav="none")


def _allows(activity: str, until: date | None) -> str:
    """Say what a licence allows, and until when."""
    said = LicenceType(activity) if activity else None
    return f"{listing.say(said)} · {listing.say(until)}"


@access.staff_view
def licence(request: access.Request, licence_id: int) -> HttpResponse:
    viewer = request.viewer
    page = queries.licence_page(licence_id, viewer=viewer, at=request.at)
    held = page.licence
    apply = reverse("licence-apply", args=[held.licence_type.lower()])
    given = {"holder": held.holder.number, "of_licence": held.number}
    acts = [
        (VERBS[each], f"{apply}?{urlencode(given | {'kind': each.value})}")
        for each in page.applications(viewer)
    ] + [
        (VERBS[each], reverse("held-licence-act", args=[licence_id, each.lower()]))
        for each in page.restrictions(viewer)
    ]
    return render(
        request, "licensing/licence.html", {"page": page, "acts": acts, "done": DONE}
    )


@access.staff_who("licence.decide")
def restrict(request: access.Request, licence_id: int, slug: str) -> HttpResponse:
    if (code := slug.upper()) not in list(Restriction):
        raise Http404
    act = Restriction(code)
    page = queries.licence_page(licence_id, **request.asking)
    asked = ("reason",) if act is Restriction.REINSTATE else ("ground", "reason")
    form = forms.ActForm(acting.sent(request)).only(*asked)
    if "ground" in form.fields:
        form.fields["ground"].required = True
        form.fields["ground"].help_text = ""
    address = reverse("held-licence", args=[licence_id])
    return acting.answer(
        request,
        form,
        lambda: actions.restrict_licence(
            number=page.licence.number,
            act=act,
            reason=form.cleaned_data["reason"],
            ground=form.cleaned_data.get("ground"),
            **request.how,
        ),
        done=lambda _made: _said(request, page, act),
        to=address,
        template="licensing/act.html",
        verb=VERBS[act],
        intro=" ".join([gettext("This takes effect at once."), *_arms(request, page)]),
        number=page.licence.number,
    )


def _said(request: access.Request, page: queries.LicencePage, act: Restriction) -> str:
    """Say what was done, and what else its holder still has."""
    told = {"number": page.licence.number}
    if act is Restriction.REINSTATE:
        return gettext("Licence %(number)s is valid again.") % told
    said = (
        gettext("Licence %(number)s is suspended.")
        if act is Restriction.SUSPEND
        else gettext("Licence %(number)s is revoked.")
    )
    others = queries.others_in_force(page.licence.pk, **request.asking)
    left = {"others": len(others)}
    parts = [said % told]
    parts.append(gettext("Other valid licences of the holder: %(others)s.") % left)
    return " ".join([*parts, *_arms(request, page)])


def _arms(request: access.Request, page: queries.LicencePage) -> list[str]:
    """Say how many arms the holder of a licence has, to who sees the register."""
    if not request.viewer.may("registry.view"):
        return []
    where = registry.ArmFilter(holder=page.licence.holder.number)
    arms = registry.arm_rows(where, viewer=request.viewer, page=PageRequest(1, 1))
    said = gettext("Arms on record with the holder: %(arms)s.")
    return [said % {"arms": arms.total}]


@access.staff_view
def timeliness(request: access.Request) -> HttpResponse:
    filters = forms.ApplicationFilters(request.GET or None).only("first", "last")
    where = filters.to_filter()
    rows = queries.timeliness(where.first, where.last, viewer=request.viewer)
    days = {"first": where.first, "last": where.last}
    asked = {name: day.isoformat() for name, day in days.items() if day}
    context = {
        "rows": [(row, urlencode(asked | {"activity": row.activity})) for row in rows],
        "filters": filters,
    }
    return render(request, "licensing/timeliness.html", context)
