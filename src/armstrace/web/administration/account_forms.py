"""Forms of people, agencies and tokens."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import actions, queries
from armstrace.accounts.actions import NewAccount
from armstrace.vocabulary.accounts import AgencyKind, TokenScope
from armstrace.vocabulary.actors import Role
from armstrace.web import fields

# The first choice of a list in which nothing is chosen beforehand.
UNCHOSEN = ("", "—")


# The role that no person may have.
NOT_HELD = (Role.SYSTEM,)


def offer_agencies(form: forms.Form, found: list[queries.AgencyRow]) -> None:
    """Let the agency of a form be chosen from those there are."""
    field: Any = form.fields["agency"]
    first = [UNCHOSEN if field.required else fields.ANY]
    field.choices = first + [(one.code, f"{one.code} · {one.name}") for one in found]


class PeopleFilters(fields.FilterForm[queries.AccountFilter]):
    """Part of a name, a role, an agency, open or closed."""

    text = fields.line(_("Name or sign-in name"), required=False)
    role = fields.any_of(Role, _("Role"), but=NOT_HELD)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[fields.ANY, ("open", _("open")), ("closed", _("closed"))],
    )


class InviteForm(fields.DeskForm):
    """Who is to have an account, where and in which role."""

    fills: ClassVar = ("accounts.User",)
    full_name = fields.line(_("Name of the person"))
    name = fields.line(
        _("Sign-in name"),
        help_text=_("2 to 150 letters, digits or . @ - _; no two people share one."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    agency = forms.ChoiceField(label=_("Agency"))
    role = fields.code(Role, _("Role"), but=NOT_HELD, empty="—")

    def to_account(self, password: str, until: Any) -> NewAccount:  # noqa: ANN401 - a datetime
        """Give the account that the form states."""
        return self.build(NewAccount, password=password, one_time_until=until)


class RoleForm(fields.ReasonForm):
    """Another role, and why."""

    role = fields.code(Role, _("Role"), but=NOT_HELD)
    field_order = ("role", "reason")


class MoveForm(fields.ReasonForm):
    """Another agency, and why."""

    agency = forms.ChoiceField(label=_("Agency"))
    field_order = ("agency", "reason")


def _telephone() -> forms.CharField:
    return fields.line(
        _("Telephone"),
        required=False,
        help_text=_("Officers who look up an arm are told to call this number."),
    )


class RenameForm(fields.ReasonForm):
    """Another name or telephone, and why."""

    fills: ClassVar = ("accounts.Agency",)
    name = fields.line(_("Name"))
    telephone = _telephone()
    field_order = ("name", "telephone", "reason")


class AgencyForm(fields.DeskForm):
    """An agency to be added."""

    fills: ClassVar = ("accounts.Agency",)
    code = fields.line(
        _("Code"),
        20,
        help_text=_(
            "2 to 20 capitals, digits and hyphens; records carry it, so it never "
            "changes."
        ),
    )
    name = fields.line(_("Name"))
    kind = fields.code(AgencyKind, _("Kind"))
    telephone = _telephone()


class TokenForm(fields.DeskForm):
    """What a token is for, and how long it holds."""

    fills: ClassVar = ("accounts.ApiToken",)
    label = fields.line(
        _("What it is for"), help_text=_("The program, and who looks after it.")
    )
    days = forms.TypedChoiceField(
        label=_("Ends after"),
        coerce=int,
        choices=[
            (30, _("30 days")),
            (90, _("90 days")),
            (180, _("half a year")),
            (365, _("a year")),
        ],
        initial=90,
    )

    scopes = forms.MultipleChoiceField(
        label=_("What it allows"),
        choices=fields.codes(TokenScope),
        initial=[TokenScope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Never more than the account itself may do."),
    )

    def stated(self, secret: str, at: datetime) -> actions.NewToken:
        """Give what the form states, for a secret made now."""
        given = self.cleaned_data
        scopes = tuple(map(TokenScope, given["scopes"]))
        return actions.NewToken(given["label"], secret, at + self.lasts(), scopes)

    def lasts(self) -> timedelta:
        """Give how long the token holds."""
        return timedelta(days=self.cleaned_data["days"])
