"""Read the environment: typed, loud about what it does not understand."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

# A page waits five seconds for a connection; then it says that there is none.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5}


def text(name: str, default: str = "") -> str:
    """Give a setting, read from NAME_FILE where that names a file."""
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        msg = message(
            "%(name)s_FILE names %(path)s, which cannot be read: %(strerror)s.",
            name=name,
            path=path,
            strerror=error.strerror or "",
        )
        raise SourceUnavailable(msg) from error


def boolean(name: str, *, default: bool) -> bool:
    """Give a True/False setting; any other word is an error."""
    value = text(name, str(default))
    if value not in {"True", "False"}:
        msg = message(
            "%(name)s must be True or False, not %(value)s.",
            name=name,
            value=repr(value),
        )
        raise SourceUnavailable(msg)
    return value == "True"


def whole(name: str, default: int) -> int:
    """Give a whole-number setting."""
    value = text(name, str(default))
    if not value.isdecimal():
        msg = message(
            "%(name)s must be a whole number, not %(value)s.",
            name=name,
            value=repr(value),
        )
        raise SourceUnavailable(msg)
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Give a comma-separated setting as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def one_of(name: str, known: Collection[str], default: str) -> str:
    """Give a setting that is one of a few words."""
    value = text(name, default)
    if value not in known:
        msg = message(
            "%(name)s must be one of %(known)s, not %(value)s.",
            name=name,
            known=sorted(known),
            value=repr(value),
        )
        raise SourceUnavailable(msg)
    return value


def home() -> Path:
    """Give the folder of the embedded database, keys and files."""
    named = text("ARMSTRACE_HOME")
    if named:
        return Path(named).expanduser().resolve()
    base = text("XDG_DATA_HOME") or str(Path("~/.local/share").expanduser())
    return Path(base) / "armstrace"


def database(url: str, sqlite_path: Path, *, pooled: bool = True) -> dict[str, Any]:
    """Give Django's settings for a database URL; SQLite where it is empty."""
    if not url:
        return sqlite(sqlite_path)
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        msg = message(
            "DATABASE_URL must begin with postgresql://, not %(scheme)s://.",
            scheme=parts.scheme,
        )
        raise SourceUnavailable(msg)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        # Only statements that ask to be prepared are: those of the search.
        "OPTIONS": {"prepare_threshold": 1_000_000}
        | query
        | ({"pool": POOL} if pooled else {}),
    }


def sqlite(path: Path) -> dict[str, Any]:
    """Give the settings under which SQLite keeps what it acknowledged.

    IMMEDIATE avoids "database is locked" between writers; FULL survives a power
    cut (NORMAL does not).
    """
    # What a planted trigger or view calls is not trusted; what is erased by law is
    # overwritten, so that no free page keeps it.
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536;"
        "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=2147418112;"
    )
    return {
        "ENGINE": "armstrace.project.sqlite",
        "NAME": str(path),
        # What was counted of tables since it was opened, a connection does not see.
        "CONN_MAX_AGE": 3600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas,
        },
    }
