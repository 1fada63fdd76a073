"""Parallel cases, their members, and what was recovered in them."""

from typing import Any

from django.db import models
from django.db.models import PROTECT, Q, QuerySet

from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.investigations import CaseAct, CaseState
from armstrace.vocabulary.messages import message

no_such_case = no_such(message("There is no case C%(number)s here; check the number."))


def _shown_to(path: str, viewer: Actor, agencies: Agencies) -> Q:
    """Keep what the viewer is a member of, and what is not sealed and in reach."""
    own = cases_of(viewer.name)
    unsealed = Q(**{f"{path}is_sealed": False})
    within = Q() if agencies.are_all else at("agency")(path, agencies.own)
    return Q(**{f"{path}pk__in": own}) | (unsealed & within)


def cases_of(person: str) -> QuerySet[Any, Any]:
    """Give the keys of the cases of which a person is a member."""
    return CaseMember.objects.current().filter(person=person).values("case")


class Case(NumberedRecord):
    """A case beside the main one, that asks where the arms came from.

    Its number is drawn from a keyed digest, so that the numbers in a list do not
    tell how many sealed cases stand between them. ``known_at`` is when it was opened.
    What it is called, for, and how it stands repeats the last of its changes.
    """

    letter = "C"
    agency = models.CharField(max_length=40)
    opened_by = models.CharField(max_length=150)
    why = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    aims = models.JSONField(default=list)
    main_case = models.CharField(max_length=120, blank=True)
    lead = models.CharField(max_length=150, blank=True)
    state = models.CharField(max_length=8, choices=CaseState.choices())
    is_sealed = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped("case.view", at("agency"), shown_to=_shown_to, missing=no_such_case)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="case_has_title"),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at=None)
                | Q(state="CLOSED", closed_at__isnull=False),
                name="case_closed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-known_at"], name="case_agency"),
            models.Index(fields=["main_case"], name="case_main_case"),
        ]


class CaseChange(KnownRecord):
    """What was done with a case as a whole, by whom and why.

    ``values`` holds what the act set, as columns of the case or as who and what was
    added or taken out.
    """

    case = models.ForeignKey(Case, PROTECT, related_name="changes")
    act = models.CharField(max_length=16, choices=CaseAct.choices())
    told_by = models.CharField(max_length=150)
    told_agency = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)
    values = models.JSONField(default=dict, blank=True)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)


class CaseMember(VersionRecord):
    """Somebody who works on a case, of whichever agency."""

    case = models.ForeignKey(Case, PROTECT, related_name="members")
    person = models.CharField(max_length=150)
    given_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = of_versions("case_member", "case", "person")
        indexes = [
            models.Index(
                fields=["person", "case"],
                name="case_member_person",
                condition=Q(superseded_at=None),
            )
        ]


class CaseRecovery(VersionRecord):
    """A recovered item that a case is about; one item may be in several cases."""

    case = models.ForeignKey(Case, PROTECT, related_name="items")
    recovery = models.ForeignKey(Recovery, PROTECT, related_name="cases")
    given_by = models.CharField(max_length=150)

    scope = Scoped(through="case", key="case_id", missing=no_such_case)

    class Meta:
        constraints = of_versions("case_recovery", "case", "recovery")
