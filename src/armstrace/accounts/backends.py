"""Sign in with a code, where the passphrase was right before.

It stands beside Django's own backend, so that wrong codes count against the name as
wrong passphrases do.
"""

from datetime import datetime

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest

from armstrace.accounts import actions, actors
from armstrace.accounts.models import User
from armstrace.vocabulary.errors import InvalidInput

# The backend that every session names, however it was opened.
PASSPHRASE = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"


class CodeBackend(BaseBackend):
    """Accepts a one-time code or a recovery code."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str, code: str, at: datetime
    ) -> User | None:
        """Give the account whose code it is; None for a wrong one."""
        del request
        found = User.objects.select_related("agency").filter(name=username).first()
        if found is None or not found.is_active:
            return None
        try:
            return actions.use_code(code=code, by=actors.actor_for(found), at=at)
        except InvalidInput:
            return None
