"""Operations: lists, one of them, each act on it, covert names."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters

from armstrace.investigations import queries as investigations
from armstrace.techniques import queries, rules
from armstrace.techniques.actions import authorising, covering
from armstrace.techniques.inputs import AuthorityInput, OperationInput
from armstrace.web import access, acting, country_words, fields
from armstrace.web.lists import pagination
from armstrace.web.techniques import acts, forms


@access.staff_view
def operation_list(request: access.Request) -> HttpResponse:
    """List the operations that the viewer has to do with."""
    return _list(request, None)


@access.staff_view
def of_case(request: access.Request, case_id: int) -> HttpResponse:
    """List the operations of a case."""
    investigations.case_page(case_id, viewer=request.viewer)
    return _list(request, case_id)


def _list(request: access.Request, case_id: int | None) -> HttpResponse:
    page = queries.operation_rows(
        case_id=case_id,
        **request.asking,
        page=pagination.page_request(request),
    )
    told = (
        []
        if case_id is None
        else queries.lessons(case_id=case_id, viewer=request.viewer)
    )
    return pagination.show(
        request,
        "techniques/list.html",
        page,
        case_id=case_id,
        case_number=f"C{case_id}",
        lessons=told,
        may_ask=case_id is not None and request.viewer.may(acts.ASK),
    )


@access.staff_who(acts.ASK)
def ask(request: access.Request, case_id: int) -> HttpResponse:
    """Ask that a technique may be used in a case."""
    viewer = request.viewer
    investigations.case_page(case_id, viewer=viewer)
    form = forms.ActForm(acting.sent(request)).only(*forms.OBJECTIVE, *forms.AUTHORITY)
    _offer(form, request)
    return acting.answer(
        request,
        form,
        lambda: authorising.ask_operation(
            case_id=case_id,
            given=form.build(OperationInput),
            authority=form.build(AuthorityInput),
            **request.how,
        ),
        done=gettext("The request waits for its decision."),
        to=lambda asked: reverse("operation", args=[asked.pk]),
        template="techniques/act.html",
        verb=gettext("Ask for the authority"),
        back=reverse("case-techniques", args=[case_id]),
    )


@access.staff_view
def operation(request: access.Request, operation_id: int) -> HttpResponse:
    """Show one operation, as far as an authority opens it now."""
    page = queries.operation_page(operation_id, **request.asking)
    context = {"page": page, "acts": list(acts.open_on(page, request.viewer))}
    return render(request, "techniques/page.html", context)


@sensitive_post_parameters("name")
@access.staff_view
def act(request: access.Request, operation_id: int, slug: str) -> HttpResponse:
    """Do one act on an operation; what is refused keeps what was typed."""
    asked = acting.of_address(acts.PAGES, slug)
    viewer = request.viewer
    if not any(map(viewer.may, asked.grants)):
        viewer.require(asked.grants[0])
    form = forms.ActForm(acting.sent(request)).only(*asked.asks)
    page = None
    if not asked.after_end:
        page = queries.operation_page(operation_id, viewer=viewer, at=request.at)
        if asked.is_led and not page.operation.is_led_by(viewer):
            said = page.operation.reference, page.operation.asked_by, False
            raise rules.LED.broken(said)
        _offer_people(form, page, slug, request)
    elif "basis" in asked.asks:
        _offer(form, request)
    elif "number" in asked.asks:
        _offer_legs(form, operation_id, request)
        _mark_needed(form, slug)

    address = reverse("techniques")
    if not asked.after_end or queries.is_open(
        operation_id, viewer=viewer, at=request.at
    ):
        address = reverse("operation", args=[operation_id])
    return acting.answer(
        request,
        form,
        lambda: asked.do(form, {"operation_id": operation_id, **request.how}),
        to=address,
        template="techniques/act.html",
        verb=asked.verb,
        intro=asked.says(page) if asked.says and page else asked.intro,
        number=f"X{operation_id}",
    )


@access.staff_who(acts.WORK)
def covers(request: access.Request, operation_id: int) -> HttpResponse:
    """Show covert names to who is named for them; asked again who it is, and why."""
    page = queries.operation_page(operation_id, **request.asking)
    form = fields.ReasonForm(acting.sent(request))
    shown = acting.result_of(
        request,
        form,
        lambda: covering.show_covers(
            operation_id=operation_id, reason=form.cleaned_data["reason"], **request.how
        ),
    )
    context = {"page": page, "covers": shown}
    return acting.show(request, "techniques/covers.html", form, context)


def _offer(form: forms.ActForm, request: access.Request) -> None:
    viewer = request.viewer
    form.offer_bases(queries.bases(None, viewer=viewer, at=request.at))
    fields.offer(form, "authoriser", queries.authorisers(viewer=viewer).items())


def _offer_people(
    form: forms.ActForm, page: queries.OperationPage, slug: str, request: access.Request
) -> None:
    if "person" in form.fields:
        named = [(one.person, one.person) for one in page.people]
        others = fields.people(queries.workers(viewer=request.viewer))
        fields.offer(form, "person", named if slug == "remove" else others)
    _offer_states(form, page)
    own = request.viewer.name
    nobody = [("", gettext("a service without an account here"))]
    signers = queries.signers(page.operation.pk, **request.asking)
    others = [one for one in fields.people(signers) if one[0] != own]
    fields.offer(form, "receiver", [*nobody, *others])
    _mark_needed(form, slug)


def _offer_legs(
    form: forms.ActForm, operation_id: int, request: access.Request
) -> None:
    mine = queries.hand_overs_to_sign([operation_id], **request.asking)
    legs = [(one.number, f"{one.number} · {one.received_by}") for one in mine]
    fields.offer(form, "number", legs)


def _offer_states(form: forms.ActForm, page: queries.OperationPage) -> None:
    """Give the States of the operation: no other has a say in it."""
    asked = {code for one in page.authorities for code in one.states}
    others = sorted(asked - {settings.HOME_COUNTRY})
    named = [
        (code, country_words.country(code)) for code in (settings.HOME_COUNTRY, *others)
    ]
    fields.offer(form, "country", named[1:])
    for name in ("from_state", "to_state"):
        fields.offer(form, name, named)


def _mark_needed(form: forms.ActForm, slug: str) -> None:
    """Say when a field that may be left empty is needed."""
    needed = {
        "acknowledge": ("reference", gettext("Needed where you do not sign yourself.")),
        "consent": ("ends", gettext("Needed where the State consents.")),
    }
    for name, when in (needed[slug],) if slug in needed else ():
        fields.one_of_two(form.fields[name]).required = False
        form.fields[name].help_text = when
