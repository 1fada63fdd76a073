"""Who lost every second factor: one person asks, another one decides."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import actions, queries
from armstrace.translation import translate
from armstrace.vocabulary.errors import NotFound
from armstrace.web import access, acting, fields


class LostForm(fields.ReasonForm):
    """Who lost them, and how it was made sure who asks."""

    fills: ClassVar = ("accounts.User",)
    name = fields.line(
        _("Sign-in name"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = fields.line(
        _("Reason"), help_text=_("What was lost, and how you made sure who is asking.")
    )
    field_order = ("name", "reason")


DECISIONS = {
    "agree": (
        actions.agree_factor_recovery,
        _("The person signs in with the passphrase and sets up new ones."),
    ),
    "refuse": (actions.refuse_factor_recovery, _("Nothing was changed.")),
}


@access.staff_who("factor.recover")
def lost_factors(request: access.Request) -> HttpResponse:
    """List who waits for a second person, and ask for somebody."""
    form = LostForm(acting.sent(request), initial={"name": request.GET.get("name", "")})

    def ask() -> None:
        try:
            actions.ask_factor_recovery(**form.cleaned_data, **request.how)
        except NotFound as error:
            form.add_error("name", translate(error))

    if acting.is_done(request, form, ask) and form.is_valid():
        messages.success(request, gettext("Now another person has to decide."))
        return redirect("lost-factors")
    context = {"rows": queries.factor_recoveries(viewer=request.viewer)}
    return acting.show(request, "administration/lost_factors.html", form, context)


@access.staff_act
def decide(request: access.Request, recovery_id: int, act: str) -> HttpResponse:
    """Agree to what another person asked, or refuse it."""
    if act not in DECISIONS:
        raise NotFound(gettext("There is no such act; open the list again."))
    decided, said = DECISIONS[act]
    decided(recovery_id=recovery_id, **request.how)
    messages.success(request, str(said))
    return redirect("lost-factors")
