"""Settings that are unsafe for what is being served."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from armstrace.checking.finding import Finding, found
from armstrace.vocabulary.messages import message

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "testserver"})
SHORTEST_KEY = 50


def findings(_at: datetime) -> Iterator[Finding]:
    """Look at how the pages are served."""
    yield found("debug", "on" if settings.DEBUG else "off")
    yield found("demo", "yes" if settings.DEMO else "no")
    name = settings.HOME_COUNTRY
    yield found("country", "set" if name else "none", country=name)
    yield _hosts()
    yield _transport()
    yield _secret()


def _hosts() -> Finding:
    if "*" not in settings.ALLOWED_HOSTS:
        return found("hosts", "named", hosts=settings.ALLOWED_HOSTS or message("none"))
    return found("hosts", "any_in_demo" if settings.DEMO else "any")


def _transport() -> Finding:
    if settings.SECURE:
        return found("https", "secure")
    if set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS:
        return found("https", "local")
    return found("https", "plain_in_demo" if settings.DEMO else "plain")


def _secret() -> Finding:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        return found("secret", "short", count=SHORTEST_KEY)
    kept = settings.HOME / "keys" / "secret-key"
    is_kept = kept.exists() and kept.read_text("utf-8") == settings.SECRET_KEY
    return found("secret", "in_file" if is_kept else "in_environment")
