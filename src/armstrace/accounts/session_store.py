"""Where sessions are kept: by a digest of their key, beside whose they are.

Whoever reads the table opens no session with it, and a person's sessions can be
listed and ended.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.contrib import auth
from django.contrib.sessions.backends import db

BROWSER, BEGAN, USED = "browser", "began", "used"
# Whose passphrase was right: ends with the sessions of the person.
PENDING = "second_step"


class SessionStore(db.SessionStore):
    """Django's sessions in the database, under the digest of the key."""

    @classmethod
    def get_model_class(cls) -> Any:  # noqa: ANN401 - Django's own
        """Give the table; asked for late, since settings are read first."""
        from armstrace.accounts.models import Session  # noqa: PLC0415

        return Session

    def exists(self, session_key: str) -> bool:
        """Tell whether a key is taken."""
        return super().exists(digest_of(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 - Django's own
        """Give the row of a session, with whose it is."""
        row: Any = super().create_model_instance(data)
        row.session_key = digest_of(row.session_key)
        row.user_id = data.get(auth.SESSION_KEY) or data.get(PENDING, {}).get("user")
        row.browser = data.get(BROWSER, "")[:200]
        row.began_at, row.used_at = _time(data.get(BEGAN)), _time(data.get(USED))
        return row

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        key = self.session_key if session_key is None else session_key
        if key is not None:
            super().delete(digest_of(key))

    def _get_session_from_db(self) -> Any:  # noqa: ANN401 - Django's own
        key = digest_of(self.session_key or "")
        rows = self.get_model_class().objects
        found = rows.filter(session_key=key, expire_date__gt=datetime.now(UTC)).first()
        if found is None:
            self._session_key = None
        return found


def digest_of(key: str) -> str:
    """Give what is stored of a session's key; it is random, so no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def _time(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
