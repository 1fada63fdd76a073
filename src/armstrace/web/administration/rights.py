"""Who has which right and why, how this installation is set, and how it does."""

from itertools import groupby

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from armstrace import checking
from armstrace.accounts import policy, queries
from armstrace.checking.finding import OK, PROBLEM
from armstrace.vocabulary.actors import Role
from armstrace.web import access


@access.staff_who("account.view")
def roles(request: access.Request) -> HttpResponse:
    """Show the policy as a table, and how many people each role has."""
    people = [row for row in queries.accounts(viewer=request.viewer) if row.is_active]
    shown = [role for role in Role if role is not Role.SYSTEM]
    grants = [
        {"action": action, "words": words, "scopes": [reached.get(r) for r in shown]}
        for action, words, reached in policy.table()
    ]
    areas = groupby(grants, key=lambda grant: str(grant["action"]).partition(".")[0])
    context = {
        "roles": [
            {
                "role": role,
                "people": sum(row.role == role for row in people),
                "purposes": policy.PURPOSES[role],
                "asks_factor": policy.asks_second_factor(role),
            }
            for role in shown
        ],
        "areas": [(area, list(found)) for area, found in areas],
    }
    return render(request, "administration/roles.html", context)


@access.staff_who("account.view")
def health(request: access.Request) -> HttpResponse:
    """Show what is unsafe or missing and what to do, as `armstrace check` does."""
    found = checking.all_findings(**request.asking)
    context = {
        "open": sorted(
            (each for each in found if each.verdict != OK),
            key=lambda each: each.verdict != PROBLEM,
        ),
        "fine": [each for each in found if each.verdict == OK],
    }
    return render(request, "administration/health.html", context)


@access.staff_who("account.view")
def settings_seen(request: access.Request) -> HttpResponse:
    """Show how this installation is set; no key and no passphrase is among it."""
    context = {"settings": _settings()}
    return render(request, "administration/settings.html", context)


def _settings() -> list[tuple[str, str, object]]:
    """Give settings in words, by which name each is set, and its value."""
    yes, no = gettext("yes"), gettext("no")
    minutes = int(settings.SESSION_IDLE.total_seconds() // 60)
    hours = int(settings.SESSION_LIFE.total_seconds() // 3600)
    wait = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return [
        (gettext("Country"), "ARMSTRACE_COUNTRY", settings.HOME_COUNTRY),
        (gettext("Authority"), "ARMSTRACE_AUTHORITY", settings.AUTHORITY),
        (gettext("Legal profile"), "ARMSTRACE_PROFILE", settings.PROFILE),
        (gettext("Language"), "ARMSTRACE_LANGUAGE", settings.LANGUAGE_CODE),
        (gettext("Time zone"), "ARMSTRACE_TIME_ZONE", settings.TIME_ZONE),
        (gettext("Addresses"), "ARMSTRACE_HOSTS", ", ".join(settings.ALLOWED_HOSTS)),
        (
            gettext("Encrypted connection only"),
            "ARMSTRACE_HTTPS",
            yes if settings.SECURE else no,
        ),
        (
            gettext("Second factors"),
            "ARMSTRACE_SECOND_FACTORS",
            settings.SECOND_FACTORS,
        ),
        (
            gettext("A confirmation of identity lasts, minutes"),
            "ARMSTRACE_PROOF_MINUTES",
            int(settings.PROOF_LASTS.total_seconds() // 60),
        ),
        (gettext("Demo"), "ARMSTRACE_DEMO", yes if settings.DEMO else no),
        (
            gettext("Database"),
            "DATABASE_URL",
            settings.DATABASES["default"]["ENGINE"].rpartition(".")[2],
        ),
        (
            gettext("Largest file, MB"),
            "ARMSTRACE_UPLOAD_LIMIT_MB",
            settings.UPLOAD_LIMIT_BYTES // (1024 * 1024),
        ),
        (gettext("An idle session ends after, minutes"), "", minutes),
        (gettext("Longest session, hours"), "", hours),
        (
            gettext("Failed attempts before a name is locked"),
            "",
            settings.AXES_FAILURE_LIMIT,
        ),
        (gettext("Sign-in lock, minutes"), "", wait),
    ]
