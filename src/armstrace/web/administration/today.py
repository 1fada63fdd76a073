"""What an administrator begins today, and what waits."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace import checking
from armstrace.accounts import queries
from armstrace.checking.finding import OK, PROBLEM
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Act, Task, task

# Locks end, and checks come out otherwise, by the clock.
BY_THE_MINUTE = True


def acts(viewer: Actor) -> list[Act]:
    """Give what an administrator begins."""
    if not viewer.may("account.manage"):
        return []
    begun = [
        (gettext("Invite a person"), "person-invite"),
        (gettext("People"), "people"),
        (gettext("Agencies"), "agencies"),
    ]
    return [Act(words, reverse(name)) for words, name in begun]


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count what the system lacks, and who lost second factors or is locked out."""
    del today
    return [*_of_system(viewer), *_of_factors(viewer), *_of_tokens(viewer)]


def _of_system(viewer: Actor) -> list[Task]:
    if not viewer.may("account.manage"):
        return []
    now = timezone.now()
    told = [each.verdict for each in checking.all_findings(viewer=viewer, at=now)]
    meaning = "overdue" if PROBLEM in told else "waiting"
    locked = queries.names_locked(viewer=viewer, at=now)
    return [
        task(
            (meaning, sum(verdict != OK for verdict in told)),
            gettext("things to see to in this installation"),
            gettext("View"),
            reverse("system-health"),
        ),
        task(
            ("waiting", len(locked)),
            gettext("names locked after failed attempts"),
            gettext("View"),
            reverse("people"),
        ),
    ]


def _of_factors(viewer: Actor) -> list[Task]:
    if not viewer.may("factor.recover"):
        return []
    rows = queries.factor_recoveries(viewer=viewer)
    waiting = sum(viewer.name not in {row.name, row.asked_by} for row in rows)
    said, verb = gettext("lost second factors to decide on"), gettext("Decide")
    address = reverse("lost-factors")
    return [task(("overdue", waiting), said, verb, address)] if waiting else []


def _of_tokens(viewer: Actor) -> list[Task]:
    count = queries.count_new_tokens(viewer=viewer, at=timezone.now())
    said = gettext("new tokens by which a program acts in your name")
    address = reverse("own-account") + "#tokens"
    return [task(("overdue", count), said, gettext("View"), address)] if count else []
