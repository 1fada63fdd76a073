"""Operations, the authorities they rest on, and what is done under them.

Who is named in an operation reads its rows from its request until no authority that
was granted is left, and not after: the queryset asks the clock, so that no list,
search or number leads round it.
"""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import PROTECT, F, Q
from django.db.models.functions import Now

from armstrace.investigations.models import Case
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownManager,
    KnownQuerySet,
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.techniques.standing import Consent, Run, Standing, Window
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.techniques import DeliveryMode, RunEnd, Technique

type Moment = datetime | Now


no_such_operation = no_such(
    message(
        "There is no operation X%(number)s here, or no authority opens it to you now; "
        "look at the list."
    )
)


def _at(path: str, viewer: Actor, moment: Moment) -> Q:
    """Keep what a viewer may read at a moment."""
    if viewer.may("technique.oversee"):
        return Q()
    asked_of = Authority.objects.filter(authoriser=viewer.name).values("operation")
    granted = Authority.objects.filter(is_granted=True)
    # One that begins later opens it too: its States are asked before it begins.
    lasting = granted.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment), valid_until__gt=moment
    )
    is_open = Q(**{f"{path}pk__in": lasting.values("operation")})
    is_new = ~Q(**{f"{path}pk__in": granted.values("operation")})
    return Q(**{f"{path}pk__in": asked_of}) | (
        _names(path, viewer) & (is_open | is_new)
    )


def _names(path: str, viewer: Actor) -> Q:
    rows = OperationPerson.objects.current().filter(person=viewer.name)
    return Q(**{f"{path}pk__in": rows.values("operation")})


def _shown_to(path: str, viewer: Actor, agencies: Agencies) -> Q:
    del agencies
    return _at(path, viewer, Now())


def told_to(path: str, viewer: Actor, agencies: Agencies) -> Q:
    """Keep what is read after the end too: what was learned holds no secret."""
    path = f"{path}operation__"
    return _shown_to(path, viewer, agencies) | _names(path, viewer)


class OperationManager(KnownManager["Operation"]):
    def open_to(self, viewer: Actor, moment: datetime) -> KnownQuerySet["Operation"]:
        """Keep what a viewer may read at a moment.

        Raises:
            NotPermitted: The viewer may see none at all.
        """
        viewer.require("technique.view")
        return self.get_queryset().filter(_at("", viewer, moment))

    def naming(self, viewer: Actor) -> KnownQuerySet["Operation"]:
        """Keep those in which a viewer is named, for their number and state alone."""
        viewer.require("technique.view")
        return self.get_queryset().filter(_names("", viewer))


class Operation(NumberedRecord):
    """The use of a special technique in a case.

    Its number is drawn, as that of a case is: it tells nobody how many there are.
    """

    letter = "X"
    case = models.ForeignKey(Case, PROTECT, related_name="operations")
    agency = models.CharField(max_length=40)
    technique = models.CharField(max_length=24, choices=Technique.choices())
    mode = models.CharField(max_length=16, choices=DeliveryMode.choices(), blank=True)
    objective = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=150)

    scope = Scoped(
        "technique.view", at("agency"), shown_to=_shown_to, missing=no_such_operation
    )
    objects: ClassVar[OperationManager] = OperationManager()

    class Meta:
        constraints = [
            check("operation_mode", Q(technique="CONTROLLED_DELIVERY") ^ Q(mode=""))
        ]
        indexes = [index("operation_case", "case")]

    def is_led_by(self, viewer: Actor) -> bool:
        """Tell whether somebody is of the agency that asked, or gives authority."""
        return viewer.agency == self.agency or viewer.may("technique.authorise")

    def shows_covers_to(self, viewer: Actor) -> bool:
        """Tell whether covert names are for somebody."""
        rows = OperationPerson.objects.current()
        named = rows.filter(operation=self, person=viewer.name, sees_covers=True)
        return named.exists()

    def live_flag(self, at: datetime) -> Any:  # noqa: ANN401 - of a later module
        """Give the flag for live arms; it ends with the authority, or with a stop."""
        kept = self.live_flags.exclude(ended_at__lte=at)
        last = kept.order_by("known_at", "pk").last()
        if last is None or self.standing.cover_ends(last.known_at) <= at:
            return None
        stops = self.runs.filter(ending=RunEnd.STOPPED, ended_at__lte=at)
        return None if stops.filter(ended_at__gt=last.known_at).exists() else last

    @property
    def standing(self) -> Standing:
        """Give all that decides what is lawful; its rows are read."""
        told = list(self.authorities.all())
        return Standing(
            home=settings.HOME_COUNTRY,
            windows=tuple(one.window for one in told if one.is_granted),
            consents=tuple(
                Consent(one.country, one.known_at, one.until)
                for one in self.consents.all()
                if one.is_given
            ),
            runs=tuple(
                Run(one.known_at, one.ended_at)
                for one in sorted(self.runs.all(), key=lambda one: one.known_at)
            ),
            asked_until=max(
                (one.valid_until for one in told if one.is_granted is None),
                default=None,
            ),
        )


class AuthorityManager(KnownManager["Authority"]):
    def waiting(self, at: datetime) -> KnownQuerySet["Authority"]:
        """Keep the requests that can still be granted."""
        return self.get_queryset().filter(is_granted=None, valid_until__gt=at)


class Authority(KnownRecord):
    """An authority that was asked for, and what was decided; each is for a window.

    A request that nobody decided on before its window ended has lapsed; the next one
    takes its place.
    """

    operation = models.ForeignKey(Operation, PROTECT, related_name="authorities")
    basis = models.CharField(max_length=40)
    basis_source = models.CharField(max_length=200)
    authoriser = models.CharField(max_length=150)
    states = models.JSONField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    zone = models.CharField(max_length=60)
    reason = models.CharField(max_length=500)
    asked_by = models.CharField(max_length=150)
    is_granted = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.CharField(max_length=500, blank=True)
    order_number = models.CharField(max_length=120, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=150, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped(through="operation", missing=no_such_operation)
    objects: ClassVar[AuthorityManager] = AuthorityManager()

    class Meta:
        constraints = [
            check("authority_window", Q(valid_until__gt=F("valid_from"))),
            check("authority_two_people", ~Q(authoriser=F("asked_by"))),
            check(
                "authority_of_the_asked",
                Q(decided_by="") | Q(decided_by=F("authoriser")),
            ),
            check(
                "authority_decided_whole",
                Q(is_granted=None, decided_at=None, decided_by="")
                | (
                    Q(is_granted__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by="")
                ),
            ),
            check(
                "authority_withdrawn_was_given",
                Q(withdrawn_at=None) | Q(is_granted=True),
            ),
            unique(
                "one_open_authority",
                "operation",
                where=Q(is_granted=None, lapsed_at=None),
            ),
        ]
        indexes = [index("authority_authoriser", "authoriser")]

    @property
    def window(self) -> Window:
        """Give from when until when it holds, and where; never before it was given."""
        begins = max(filter(None, (self.valid_from, self.decided_at)))
        ends = min(filter(None, (self.valid_until, self.withdrawn_at)))
        return Window(begins, ends, frozenset(self.states))


class OperationPerson(VersionRecord):
    """Somebody who is named in an operation."""

    operation = models.ForeignKey(Operation, PROTECT, related_name="people")
    person = models.CharField(max_length=150)
    sees_covers = models.BooleanField(default=False)
    given_by = models.CharField(max_length=150)

    scope = Scoped(through="operation", missing=no_such_operation)

    class Meta:
        constraints = of_versions("operation_person", "operation", "person")
        indexes = [index("operation_person", "person", "operation", where=CURRENT)]


def in_force(case_id: int, at: datetime) -> list[str]:
    """Give the operations of a case whose authority is in force, by number."""
    rows = (
        Operation.objects.get_queryset()
        .filter(case_id=case_id)
        .order_by("known_at", "pk")
    )
    told = rows.prefetch_related("authorities", "consents", "runs")
    return [one.reference for one in told if one.standing.states_asked(at)]
