"""Name and passphrase."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import sign_in_names


class SignInForm(AuthenticationForm):
    """Sign in by name; a lock and a wrong passphrase read differently."""

    error_messages = {
        "invalid_login": _(
            "The name or passphrase is wrong. The passphrase is case-sensitive."
        ),
        "inactive": _("This account is closed; ask an administrator to open it."),
        "locked": _("Too many failed attempts. This name is locked for 15 minutes."),
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

    def get_invalid_login_error(self) -> Any:  # noqa: ANN401 - Django's own
        """Say that the name is locked where it is."""
        error = super().get_invalid_login_error()
        if getattr(self.request, "axes_locked_out", False):
            error.message, error.code = self.error_messages["locked"], "locked"
        return error
