"""Second factors: whether they are asked for, and where passkeys can work."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from armstrace.accounts import passkeys, policy, queries
from armstrace.accounts.actors import system_actor
from armstrace.checking import serving
from armstrace.checking.finding import Finding, fine, problem, warning

NAMED = 5
ADVICE = (
    "Give the server one name, serve it over https, and set ARMSTRACE_HOSTS and "
    "ARMSTRACE_HTTPS=True; until then people use one-time codes."
)


def findings(at: datetime) -> Iterator[Finding]:
    """Look at the settings and the addresses."""
    del at
    yield _roles_asked()
    yield _addresses()


def people(at: datetime) -> Iterator[Finding]:
    """Look at who has not set up what the role needs."""
    del at
    if settings.SECOND_FACTORS == policy.OFFERED:
        return
    lacking = queries.names_without_factors(viewer=system_actor())
    if not lacking:
        sentence = "Everybody whose role needs a second factor has set it up."
        yield fine("second factors", sentence)
        return
    named = ", ".join(lacking[:NAMED]) + (" …" if len(lacking) > NAMED else "")
    yield warning(
        "second factors",
        f"{len(lacking)} people have not set up the second factor that their role "
        f"needs: {named}.",
        "Until they do, their passphrase alone can set one up; ask them to sign in.",
    )


def _roles_asked() -> Finding:
    if settings.SECOND_FACTORS != policy.OFFERED:
        return fine("sign-in", "Roles that decide or see names need a second factor.")
    sentence = "A stolen passphrase opens an account: second factors are only offered."
    if settings.DEMO:
        return warning("sign-in", sentence, "This is a demo setting; keep it there.")
    return warning("sign-in", sentence, "Set ARMSTRACE_SECOND_FACTORS=required.")


def _addresses() -> Finding:
    hosts = [host.lstrip(".") for host in settings.ALLOWED_HOSTS]
    named = [host for host in hosts if host not in serving.LOCAL_HOSTS]
    if not named:
        sentence = "Passkeys work at http://localhost, and not at http://127.0.0.1."
        return fine("passkeys", sentence)
    is_secure = settings.SECURE
    carry = [host for host in named if passkeys.carries(host, is_secure=is_secure)]
    if len(carry) > 1:
        sentence = f"A passkey made at one of {', '.join(carry)} works at no other."
        advice = "Let people use one of them, and lead the others there."
        return warning("passkeys", sentence, advice)
    if carry:
        return fine("passkeys", f"Passkeys work at https://{carry[0]}.")
    sentence = (
        f"Browsers allow no passkeys at a number: {', '.join(named)}."
        if is_secure
        else "Browsers allow no passkeys over plain http, but at localhost."
    )
    if settings.SECOND_FACTORS == policy.PASSKEYS:
        return problem("passkeys", sentence, ADVICE)
    return warning("passkeys", sentence, ADVICE)
