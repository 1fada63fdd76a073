"""People: find one, invite one, and what is done to an account."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext

from armstrace.accounts import actions, passwords, queries, rules
from armstrace.custody import queries as custody
from armstrace.investigations import queries as investigations
from armstrace.licensing import queries as licensing
from armstrace.tracing import queries as tracing
from armstrace.translation import translate, write_list
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.web import access, acting, fields, listing
from armstrace.web.administration import account_forms
from armstrace.web.templatetags.formatting import thin


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done to an account on its page."""

    key: str
    verb: object
    means: object
    form: type[forms.Form]
    run: Callable[..., object]
    # Said afterwards.
    saved: object


ROLE = Act(
    "role",
    gettext_lazy("Change role"),
    gettext_lazy(
        "The person works in the new role from the next page on; API tokens end."
    ),
    account_forms.RoleForm,
    actions.change_role,
    gettext_lazy("Role changed."),
)
MOVE = Act(
    "move",
    gettext_lazy("Move to another agency"),
    gettext_lazy(
        "The person sees the records of the new agency from the next page on, and no "
        "longer those of the old one; API tokens end."
    ),
    account_forms.MoveForm,
    actions.move_person,
    gettext_lazy("The person acts for the new agency now."),
)
END = Act(
    "end-sessions",
    gettext_lazy("End all sessions"),
    gettext_lazy("Every browser of this person has to sign in again."),
    fields.ReasonForm,
    actions.end_sessions,
    gettext_lazy("Sessions ended."),
)
CLOSE = Act(
    "close",
    gettext_lazy("Close account"),
    gettext_lazy("Sessions and API tokens end at once and for good."),
    fields.ReasonForm,
    actions.disable_user,
    gettext_lazy("Account closed; its sessions and tokens have ended."),
)
OPEN = Act(
    "open",
    gettext_lazy("Open account again"),
    gettext_lazy("The person signs in as before; API tokens stay revoked."),
    fields.ReasonForm,
    actions.enable_user,
    gettext_lazy("Account opened again."),
)
RELEASE = Act(
    "release",
    gettext_lazy("Release the lock"),
    gettext_lazy("First make sure that it was the person who tried."),
    fields.ReasonForm,
    actions.release_lock,
    gettext_lazy("The lock is released; the person can sign in."),
)
RESET = "reset"
ACTS = {act.key: act for act in (ROLE, MOVE, END, CLOSE, OPEN, RELEASE)}


@access.staff_view
def people_list(request: access.Request) -> HttpResponseBase:
    """List who has an account, and whose name is locked."""
    viewer = request.viewer
    filters = account_forms.PeopleFilters(request.GET or None)
    account_forms.offer_agencies(filters, queries.agencies(viewer=viewer))
    return listing.show(
        request,
        "administration/people.html",
        queries.account_page,
        filters,
        locked=queries.names_locked(viewer=viewer, at=request.at),
        may_manage=viewer.may("account.manage"),
    )


@access.staff_who("account.manage")
def invite(request: access.Request) -> HttpResponse:
    """Open an account; its one-time passphrase is shown once, on this page."""
    form = account_forms.InviteForm(acting.sent(request))
    open_ones = [one for one in queries.agencies(viewer=request.viewer) if one.is_open]
    account_forms.offer_agencies(form, open_ones)
    secret = passwords.new_one_time_password()
    until = request.at + rules.ONE_TIME_LASTS
    made = acting.result_of(
        request,
        form,
        lambda: actions.create_user(
            account=form.to_account(secret, until), **request.how
        ),
    )
    if made is not None:
        shown = {"user_id": made.pk, "name": made.name}
        return _show_secret(request, shown, secret, until)
    context = {"agencies": open_ones}
    return acting.show(request, "administration/invite.html", form, context)


@access.staff_view
def person(request: access.Request, user_id: int) -> HttpResponse:
    """Show one account: what it may, where it is signed in, what was done to it."""
    return _shown(request, user_id)


@access.staff_act_who("account.manage")
def do(request: access.Request, user_id: int, act: str) -> HttpResponse:
    """Do something to an account; a refusal is said on its page."""
    card = queries.account_card(user_id, **request.asking)
    if act == RESET:
        return _reset(request, card)
    if act not in ACTS:
        raise NotFound(gettext("There is no such act; open the account again."))
    chosen = ACTS[act]
    form = _offer(chosen.form(request.POST), request.viewer)
    if not form.is_valid():
        return _shown(request, user_id, (act, form), status=422)
    try:
        chosen.run(name=card.row.name, **form.cleaned_data, **request.how)
    except RuleBroken as refusal:
        return _refuse(request, user_id, (act, form), refusal)
    messages.success(request, str(chosen.saved))
    return redirect("person", user_id)


def _reset(request: access.Request, card: queries.AccountCard) -> HttpResponse:
    form = fields.ReasonForm(request.POST)
    if not form.is_valid():
        return _shown(request, card.row.id, (RESET, form), status=422)
    secret = passwords.new_one_time_password()
    try:
        actions.reset_password(
            name=card.row.name,
            secret=secret,
            reason=form.cleaned_data["reason"],
            **request.how,
        )
    except RuleBroken as refusal:
        return _refuse(request, card.row.id, (RESET, form), refusal)
    until = request.at + rules.ONE_TIME_LASTS
    shown = {"user_id": card.row.id, "name": card.row.name}
    return _show_secret(request, shown, secret, until)


def _show_secret(
    request: access.Request, whose: dict[str, object], secret: str, until: object
) -> HttpResponse:
    context = {"secret": secret, "until": until, **whose}
    return render(request, "administration/secret.html", context)


def _refuse(
    request: access.Request,
    user_id: int,
    sent: tuple[str, forms.Form],
    refusal: RuleBroken,
) -> HttpResponse:
    access.write_down(request, refusal)
    sent[1].add_error(None, translate(refusal))
    return _shown(request, user_id, sent, status=409)


def _shown(
    request: access.Request,
    user_id: int,
    sent: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    card = queries.account_card(user_id, **request.asking)
    is_own = card.row.name == request.viewer.name
    may_manage = request.viewer.may("account.manage")
    context = {
        "card": card,
        "at": request.at,
        "is_own": is_own,
        "acts": _acts(request, card, sent) if not is_own else (),
        "sent": sent and sent[1],
        "may_manage": may_manage,
        "assigned": _describe_open_work(card.row.name, request.viewer)
        if may_manage
        else "",
        "token_form": account_forms.TokenForm(),
        "may_issue": request.viewer.may("token.issue") and card.row.is_active,
    }
    return render(request, "administration/person.html", context, status=status)


def _offer(form: forms.Form, viewer: Actor) -> forms.Form:
    """Let the agency be chosen where a form asks for one."""
    if "agency" in form.fields:
        open_ones = [one for one in queries.agencies(viewer=viewer) if one.is_open]
        account_forms.offer_agencies(form, open_ones)
    return form


def _describe_open_work(name: str, viewer: Actor) -> str:
    """Say what a person still has to do, and who hands it on; empty for nothing."""
    waiting = tracing.waiting_with(name, viewer=viewer)
    cases, tasks = investigations.open_work_of(name, viewer=viewer)
    drafts = licensing.waiting_with(name, viewer=viewer)
    exhibits = custody.held_by(name, viewer=viewer)
    counts = (
        (waiting, ngettext("%(n)s recovery", "%(n)s recoveries", waiting)),
        (cases, ngettext("%(n)s case to lead", "%(n)s cases to lead", cases)),
        (tasks, ngettext("%(n)s task in a case", "%(n)s tasks in cases", tasks)),
        (drafts, ngettext("%(n)s application", "%(n)s applications", drafts)),
        (exhibits, ngettext("%(n)s exhibit", "%(n)s exhibits", exhibits)),
    )
    work = write_list(said % {"n": thin(count)} for count, said in counts if count)
    said = gettext(
        "Still with this person: %(work)s. A supervisor reassigns recoveries under "
        "Workload, cases and tasks are handed on in the case, an application that is "
        "not decided is sent or withdrawn, and an exhibit is offered to a custodian."
    )
    return said % {"work": work} if work else ""


def _acts(
    request: access.Request,
    card: queries.AccountCard,
    sent: tuple[str, forms.Form] | None,
) -> list[dict[str, object]]:
    if not request.viewer.may("account.manage"):
        return []
    offered: list[tuple[str, object, object, type[forms.Form]]]
    offered = [(OPEN.key, OPEN.verb, OPEN.means, OPEN.form)]
    if card.row.is_active:
        reset = (
            RESET,
            gettext("Reset passphrase"),
            gettext(
                "Sessions end, API tokens are revoked, and the person signs in once "
                "with a passphrase that you hand over."
            ),
            fields.ReasonForm,
        )
        those = [ROLE, MOVE, *([END] if card.sessions else []), CLOSE]
        offered = [(act.key, act.verb, act.means, act.form) for act in those]
        offered.insert(1, reset)
    if card.locked_until:
        offered.insert(0, (RELEASE.key, RELEASE.verb, RELEASE.means, RELEASE.form))
    return [
        {
            "key": key,
            "verb": verb,
            "means": means,
            "is_sent": bool(sent and sent[0] == key),
            "form": sent[1]
            if sent and sent[0] == key
            else _offer(
                form(auto_id=f"{key}-%s", initial={"role": card.row.role}),
                request.viewer,
            ),
        }
        for key, verb, means, form in offered
    ]
