"""Name and passphrase."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import sign_in_names
from armstrace.accounts.actions import signing
from armstrace.web import fields

LOCKED = _(
    "Too many failed attempts. Wait 15 minutes, or use a passkey or a browser in which "
    "you have signed in before."
)
WRONG_CODE = _("The code is wrong or has already been used; type another.")


class SignInForm(AuthenticationForm):
    """Sign in by name; a lock and a wrong passphrase read differently."""

    error_messages = {
        "invalid_login": _(
            "The name or passphrase is wrong. The passphrase is case-sensitive."
        ),
        "inactive": _("This account is closed; ask an administrator to open it."),
        "ended": _(signing.ONE_TIME_ENDED.template),
        "locked": LOCKED,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
        self.fields["username"].label = _("Name")
        self.fields["password"].label = _("Passphrase")
        self.fields["username"].widget.attrs["dir"] = "auto"

    def clean_username(self) -> str:
        """Write the name as it is stored."""
        return sign_in_names.fold(self.cleaned_data["username"])

    def confirm_login_allowed(self, user: Any) -> None:  # noqa: ANN401 - Django's own
        """Refuse a one-time passphrase that was used, or whose time is over.

        Raises:
            ValidationError: It is, or the account is closed.
        """
        super().confirm_login_allowed(user)
        until = user.one_time_until
        if until is not None and until <= timezone.now():
            raise ValidationError(self.error_messages["ended"], code="ended")

    def get_invalid_login_error(self) -> Any:  # noqa: ANN401 - Django's own
        """Say that the name is locked where it is."""
        error = super().get_invalid_login_error()
        if getattr(self.request, "axes_locked_out", False):
            error.message, error.code = self.error_messages["locked"], "locked"
        return error


class CodeForm(fields.DeskForm):
    """A one-time code or a recovery code."""

    code = fields.line(
        _("Code"),
        40,
        widget=forms.TextInput(
            {
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "dir": "ltr",
            }
        ),
    )


class PassphraseForm(fields.DeskForm):
    """The passphrase now, and the new one twice."""

    current = fields.line(
        _("Current passphrase"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = fields.line(
        _("New passphrase"),
        strip=False,
        help_text=_("12 characters or more; several words are easiest to remember."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = fields.line(
        _("Repeat the new passphrase"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse two different new passphrases, and the same one again."""
        given = super().clean() or {}
        if given.get("new") != given.get("again"):
            self.add_error("again", _("The two new passphrases differ."))
        elif given.get("new") == given.get("current"):
            self.add_error(
                "new", _("Choose a passphrase that differs from the current one.")
            )
        return given
