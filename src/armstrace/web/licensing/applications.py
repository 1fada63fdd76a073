"""Applications: the work queue, applying, one of them, each act on it."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.analysis.procedures import working_days
from armstrace.licensing import actions, queries
from armstrace.licensing.inputs import ApplicationInput, Said
from armstrace.licensing.stages import MOVES
from armstrace.registry.queries import trading
from armstrace.translation import translate
from armstrace.vocabulary.licensing import (
    Department,
    LicenceAct,
    LicenceStage,
    LicenceType,
)
from armstrace.vocabulary.messages import Message
from armstrace.web import access, acting, fields, files, listing
from armstrace.web.licensing import application_forms as forms
from armstrace.web.lists import exports
from armstrace.web.marks import readings

EXPORTED: exports.Columns = {
    "number": "reference",
    "applicant": "holder_number",
    **exports.columns_of(
        "activity kind stage turn sent_on due_on days_used days_allowed licence_number"
    ),
}


@access.staff_view
def application_list(request: access.Request) -> HttpResponseBase:
    return listing.show(
        request,
        "licensing/applications.html",
        queries.application_rows,
        forms.ApplicationFilters(request.GET or None),
        file=exports.File("applications", EXPORTED, queries.every_application),
        may_apply=request.viewer.may("licence.apply"),
    )


@access.staff_who("licence.apply")
def kinds(request: access.Request) -> HttpResponse:
    asked = [(each, queries.checks_of(each, **request.asking)) for each in LicenceType]
    told = {"asked": asked, "holder": request.GET.get("holder", "")}
    return render(request, "licensing/kinds.html", told)


@access.staff_who("licence.apply")
def apply(request: access.Request, slug: str) -> HttpResponse:
    """Write an application down; the same form sent twice makes one."""
    activity = acting.code_of(LicenceType, slug)
    names = ("holder", "of_licence", "kind")
    first: dict[str, object] = {n: request.GET[n] for n in names if request.GET.get(n)}
    if number := request.GET.get("of_licence"):
        first |= queries.asked_before(number, **request.asking)
    if request.viewer.may("trade.view"):
        own = trading.own_business(viewer=request.viewer)
        first |= {"holder": own.number} if own else {}
    form = forms.ActForm(acting.sent(request), initial=first).only(*forms.APPLICATION)
    checks = queries.checks_of(activity, **request.asking)
    form.expect(checks)
    words = {"activity": translate(Message(activity.label))}
    return acting.answer(
        request,
        form,
        lambda: actions.draft_application(
            given=form.build(ApplicationInput, activity=activity),
            key=form.cleaned_data["key"],
            **request.how,
        ),
        done=gettext("Saved. Attach the documents, then send the application."),
        to=lambda made: reverse("application", args=[made.pk]),
        template="licensing/act.html",
        verb=gettext("Save"),
        heading=gettext("Apply for a licence: %(activity)s") % words,
        checks=checks,
        back=reverse("licence-kinds"),
    )


@access.staff_view
def application(request: access.Request, application_id: int) -> HttpResponse:
    page = queries.application_page(application_id, **request.asking)
    viewer = request.viewer
    may = page.acts(viewer)
    context = {
        "page": page,
        "vetting": queries.vetting_that_counts(page.record, **request.asking),
        "acts": [
            (act.lower(), each.verb)
            for act, each in sorted(forms.PAGES.items(), key=_comes_later(page))
            if act in may
        ],
        "changes": _changes(page),
        "may_change": LicenceAct.CHANGE in may,
        "holidays": _holidays(page, request.today),
        "may_enter_refusal": page.row.stage is LicenceStage.REFUSED
        and viewer.may("refusal.record"),
    }
    return render(request, "licensing/application.html", context)


def _changes(
    page: queries.ApplicationPage,
) -> dict[int, tuple[readings.Change, ...]]:
    """Say what each act changed; nothing is told an applicant of what is proposed."""
    found = readings.changes_of(page.history, (*forms.ASKED, *forms.TERMS[2:]))
    shown = {LicenceAct.CHANGE} if not page.is_inside else {*LicenceAct}
    return {each.pk: found[each.pk] for each in page.history if each.act in shown}


def _holidays(page: queries.ApplicationPage, today: date) -> list[date]:
    """Give the public holidays that the clock passes over, the day due among them."""
    if page.row.sent_on is None:
        return []
    until = page.record.decided_on or page.row.due_on or today
    country = settings.HOME_COUNTRY
    return working_days.holidays_between(page.row.sent_on, until, country)


def _comes_later(page: queries.ApplicationPage) -> Callable[[Any], bool]:
    """Put another proposal behind the decision on the one that was made."""
    is_proposed = page.record.is_granted is not None
    return lambda each: is_proposed and each[0] is LicenceAct.PROPOSE


@access.staff_who("licence.apply")
def change(request: access.Request, application_id: int) -> HttpResponse:
    page = queries.application_page(application_id, **request.asking)
    if closed := _lead_back(request, page, LicenceAct.CHANGE):
        return closed
    first = {name: getattr(page.record, name) for name in forms.ASKED}
    first |= {"seen": page.record.pk}
    asked = ("seen", *forms.ASKED)
    form = forms.ActForm(acting.sent(request), initial=first).only(*asked)
    checks = queries.checks_of(page.row.activity, **request.asking)
    form.expect(checks)
    same: Any = {"holder": page.row.holder_number, "activity": page.row.activity}
    address = reverse("application", args=[application_id])
    return acting.answer(
        request,
        form,
        lambda: actions.change_application(
            application_id=application_id,
            given=form.build(ApplicationInput, **same),
            seen=form.cleaned_data["seen"],
            **request.how,
        ),
        to=address,
        template="licensing/act.html",
        heading=gettext("Change what is applied for"),
        verb=gettext("Save"),
        number=page.row.reference,
        checks=checks,
    )


@access.staff_view
def act(request: access.Request, application_id: int, slug: str) -> HttpResponse:
    """Do one act on an application; what is refused keeps what was typed."""
    asked = acting.of_address(forms.PAGES, kind := acting.code_of(LicenceAct, slug))
    request.viewer.require(MOVES[kind].grant)
    page = queries.application_page(application_id, **request.asking)
    if closed := _lead_back(request, page, kind):
        return closed
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ActForm(*sent, initial=_first(page, request.today))
    form.only(*asked.asks)
    for name, offered in _offers(page).items():
        fields.offer(form, name, offered)

    def do() -> object:
        how: Any = {"application_id": application_id, **request.how}
        if kind is not LicenceAct.ATTACH:
            return actions.act_on_application(act=kind, said=form.build(Said), **how)
        document = form.cleaned_data["document"]
        attach = partial(actions.attach_document, kind=document, **how)
        return files.hand_in(form, lambda file: attach(file=file))

    address = reverse("application", args=[application_id])
    return acting.answer(
        request,
        form,
        do,
        to=address,
        done=partial(_done, kind, page),
        template="licensing/act.html",
        verb=asked.verb,
        intro=format_lazy("{} {}", asked.intro, _on_refusal(page, kind)),
        number=page.row.reference,
        missing=page.missing if kind in CHECKED else (),
        ahead=page.ahead if kind in CHECKED else (),
        accepted={code for code, _ in page.record.missing}
        if kind is LicenceAct.ISSUE
        else (),
    )


def _on_refusal(page: queries.ApplicationPage, act: LicenceAct) -> str:
    """Say who sees a refusal, and who may appeal, where it is decided."""
    if act not in {LicenceAct.DECIDE, LicenceAct.REFUSE}:
        return ""
    said = gettext(
        "In this State a refusal is shown until %(day)s to whoever decides on a later "
        "application of this person; other States see it once it is entered in the "
        "register of refusals."
    )
    if page.refusal_until is None:
        said = gettext(
            "No rule of the profile sets an end, so anyone who decides on a later "
            "application by this person will see the refusal."
        )
    shown = said % {"day": listing.say(page.refusal_until)}
    return f"{shown} {translate(page.appeal.words)}"


def _done(act: LicenceAct, page: queries.ApplicationPage, made: Any) -> str:  # noqa: ANN401 - what the act made
    """Say what was done, and what comes next."""
    if act not in DONE:
        return gettext("Saved.")
    told = {
        "number": page.row.reference,
        "licence": made.licence_number,
        "day": listing.say(made.due_on),
    }
    said = str(DONE[act]) % told
    if act is LicenceAct.REFUSE:
        said += " " + translate(page.appeal.words)
    if act is LicenceAct.SEND and made.due_on:
        said += " " + gettext("The decision is due on %(day)s.") % told
    return said


DONE: Mapping[LicenceAct, Promise] = {
    LicenceAct.SEND: _("Application %(number)s is sent."),
    LicenceAct.ISSUE: _(
        "Licence %(licence)s is issued. Its certificate is issued from the page of the "
        "licence."
    ),
    LicenceAct.REFUSE: _(
        "Application %(number)s is refused. If the applicant appeals, record it here."
    ),
    LicenceAct.UPHOLD: _("The refusal of %(number)s is upheld."),
    LicenceAct.OVERTURN: _(
        "The refusal of %(number)s is overturned; it is decided again by somebody else."
    ),
}
"""What is said of an act that changes where the applicant is."""

CHECKED = (
    LicenceAct.ATTACH,
    LicenceAct.SEND,
    LicenceAct.ACCEPT,
    LicenceAct.PROPOSE,
    LicenceAct.DECIDE,
    LicenceAct.ISSUE,
)
"""Acts before which the page says what is missing."""


@access.staff_view
def document(
    request: access.Request, application_id: int, document_id: int
) -> HttpResponseBase:
    opened = queries.open_document(
        application_id, document_id, folder=settings.MEDIA_ROOT, **request.asking
    )
    name = f"Q{application_id}-{document_id}"
    return exports.attach(opened.content, name, opened.media_type)


@access.staff_view
def otherwise(request: access.Request) -> HttpResponse:
    found = queries.otherwise_decided(**request.asking)
    return render(request, "licensing/changed.html", {"rows": list(found)})


def _lead_back(
    request: access.Request, page: queries.ApplicationPage, act: LicenceAct
) -> HttpResponse | None:
    """Lead back from the form of an act that cannot be done now, and say why."""
    request.viewer.require(MOVES[act].grant, agency=page.row.agency)
    if request.method == "POST":
        return None  # the act says it, and what was typed stays
    for refusal in page.refusals(act, request.viewer):
        messages.error(request, translate(refusal))
        return redirect("application", page.row.application_id)
    return None


def _first(page: queries.ApplicationPage, today: date) -> dict[str, object]:
    terms = {name: getattr(page.record, name) for name in forms.TERMS}
    terms["valid_from"] = today
    said = "no" if page.record.is_granted is False else "yes"
    return terms | {"seen": page.record.pk, "is_granted": said}


def _offers(page: queries.ApplicationPage) -> dict[str, list[tuple[Any, Any]]]:
    asked = [(one.question.pk, one.question.words) for one in page.stops if one.is_open]
    heard = map(Department, dict.fromkeys(each.department for each in page.advice))
    return {"question": [*asked], "department": [*fields.codes(heard)]}
