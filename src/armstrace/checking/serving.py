"""Settings that are unsafe for what is being served."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from armstrace.checking.finding import Finding, fine, problem, warning

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "::1", "testserver"})
SHORTEST_KEY = 50


def findings(at: datetime) -> Iterator[Finding]:
    """Look at how the pages are served."""
    del at
    yield _debug()
    yield _mode()
    yield _country()
    yield _hosts()
    yield _transport()
    yield _secret()


def _debug() -> Finding:
    if settings.DEBUG:
        return problem(
            "debug",
            "Debug mode shows code and settings to whoever meets an error.",
            "Unset ARMSTRACE_DEBUG.",
        )
    return fine("debug", "Debug mode is off.")


def _mode() -> Finding:
    if settings.DEMO:
        return warning(
            "demo",
            "This is a demo: its passwords are shown to everybody.",
            "Never load real records into it; use another ARMSTRACE_HOME for those.",
        )
    return fine("demo", "This is not a demo.")


def _country() -> Finding:
    if settings.HOME_COUNTRY:
        return fine("country", f"This State is {settings.HOME_COUNTRY}.")
    return warning(
        "country",
        "No country is set, so no arm is taken as made or imported here.",
        "Set ARMSTRACE_COUNTRY to the two letters of this State.",
    )


def _hosts() -> Finding:
    if "*" not in settings.ALLOWED_HOSTS:
        hosts = ", ".join(settings.ALLOWED_HOSTS) or "none"
        return fine("hosts", f"Requests are answered for {hosts}.")
    sentence = "Requests are answered whatever host they name."
    if settings.DEMO:
        return warning(
            "hosts", sentence, "This is a demo setting; keep it to the demo."
        )
    return problem("hosts", sentence, "Name the hosts in ARMSTRACE_HOSTS.")


def _transport() -> Finding:
    local = set(settings.ALLOWED_HOSTS) <= LOCAL_HOSTS
    if settings.SECURE:
        return fine("https", "Pages travel encrypted.")
    if local:
        return fine("https", "Pages are served on this machine only, over http.")
    sentence = "Pages and passwords travel over the network unencrypted."
    if settings.DEMO:
        return warning(
            "https", sentence, "This is a demo setting; keep it to the demo."
        )
    advice = "Serve behind a proxy with https and set ARMSTRACE_HTTPS=True."
    return problem("https", sentence, advice)


def _secret() -> Finding:
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        advice = f"Give ARMSTRACE_SECRET_KEY at least {SHORTEST_KEY} random characters."
        return problem(
            "secret", "The secret key is short enough to be guessed.", advice
        )
    kept = settings.HOME / "keys" / "secret-key"
    is_kept = kept.exists() and kept.read_text("utf-8") == settings.SECRET_KEY
    place = "in the folder of keys" if is_kept else "in the environment"
    return fine("secret", f"The secret key is kept {place}.")
