"""Exhibits, what was done with them, stores and their counts."""

from dataclasses import fields
from typing import Any

from django.db import models
from django.db.models import PROTECT, Exists, F, OuterRef, Q

from armstrace.custody.standing import Standing
from armstrace.evidence.models import StoredFile
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    ends_after_known,
    one_current,
)
from armstrace.recoveries.models import Recovery
from armstrace.vocabulary.custody import (
    CountAnswer,
    CountFinding,
    CustodyAct,
    Errand,
    SealState,
    WayOut,
    WayOutState,
)
from armstrace.vocabulary.messages import message

no_such_exhibit = no_such(
    message("There is no exhibit E%(number)s here; check the number.")
)
no_such_count = no_such(
    message("There is no count N%(number)s here; check the number.")
)


def concerns_now(agency: str) -> Q:
    """Keep the events after which an agency holds an exhibit, or is offered it."""
    return Q(holder_agency=agency) | Q(offered_to=agency)


def _concerns(path: str, agency: str) -> Q:
    """Keep what an agency keeps, holds, or is offered."""
    now = CustodyEvent.objects.current().filter(
        concerns_now(agency), exhibit=OuterRef(f"{path}pk")
    )
    return Q(**{f"{path}agency": agency}) | Q(Exists(now))


class Store(KnownRecord):
    """A place under one lock where an agency keeps exhibits."""

    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=120)

    scope = Scoped("exhibit.view", at("agency"))

    class Meta:
        constraints = [unique("store_name", "agency", "name")]

    def __str__(self) -> str:
        return self.name


class Exhibit(NumberedRecord):
    """A recovered item in custody; what is known of it stands in its events."""

    letter = "E"
    recovery = models.OneToOneField(Recovery, PROTECT, related_name="exhibit")
    agency = models.CharField(max_length=40)

    scope = Scoped("exhibit.view", _concerns, missing=no_such_exhibit)

    class Meta:
        indexes = [index("exhibit_agency", "agency")]


class CustodyEvent(VersionRecord):
    """What was done with an exhibit, and where it stands since.

    The event that nothing has superseded is the standing: one an exhibit, so that
    it has one holder at any moment. Names are of people in office.
    """

    exhibit = models.ForeignKey(Exhibit, PROTECT, related_name="events")
    act = models.CharField(max_length=12, choices=CustodyAct.choices())
    told_by = models.CharField(max_length=150)
    told_agency = models.CharField(max_length=40)
    witness = models.CharField(max_length=150, blank=True)
    seal_before = models.CharField(max_length=120, blank=True)
    photograph = models.ForeignKey(
        StoredFile, PROTECT, null=True, blank=True, related_name="+"
    )

    holder = models.CharField(max_length=150)
    holder_agency = models.CharField(max_length=40, blank=True)
    office = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=120, blank=True)
    store = models.ForeignKey(
        Store, PROTECT, null=True, blank=True, related_name="events"
    )
    place = models.CharField(max_length=200, blank=True)
    seal_number = models.CharField(max_length=120, blank=True)
    seal_state = models.CharField(
        max_length=12, choices=SealState.choices(), default=SealState.NONE
    )
    condition = models.CharField(max_length=500, blank=True)
    received_from = models.CharField(max_length=200, blank=True)
    offered_by = models.CharField(max_length=150, blank=True)
    offered_to = models.CharField(max_length=40, blank=True)
    errand = models.CharField(max_length=12, choices=Errand.choices(), blank=True)
    due_back_on = models.DateField(null=True, blank=True)
    needed_by = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True, blank=True)
    way_out = models.CharField(max_length=12, choices=WayOut.choices(), blank=True)
    way_out_state = models.CharField(
        max_length=12, choices=WayOutState.choices(), blank=True
    )
    mark = models.CharField(max_length=120, blank=True)
    proposed_by = models.CharField(max_length=150, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)

    scope = Scoped(through="exhibit", key="exhibit_id", missing=no_such_exhibit)

    class Meta:
        constraints = [
            one_current("custody_one_holder", "exhibit"),
            ends_after_known("custody_times"),
            check("custody_held", ~Q(holder="")),
            check(
                "custody_two_persons",
                Q(approved_by="") | ~Q(approved_by=F("proposed_by")),
            ),
            check(
                "custody_approved_by",
                # Not as a list: PostgreSQL writes one otherwise after a restore.
                ~(Q(way_out_state="APPROVED") | Q(way_out_state="CARRIED_OUT"))
                | ~Q(approved_by=""),
            ),
            check("custody_offered_by", Q(offered_to="") | ~Q(offered_by="")),
        ]
        indexes = [
            index("custody_event_store", "store", "exhibit", where=CURRENT),
            index("custody_event_held", "holder_agency", "exhibit", where=CURRENT),
            index(
                "custody_event_offered", "offered_to", where=CURRENT & ~Q(offered_to="")
            ),
            # What waits of exhibits: each count of Today has an index of its own.
            index(
                "custody_event_unplaced",
                "holder_agency",
                "exhibit",
                where=Q(superseded_at=None, store=None, offered_to=""),
            ),
            index(
                "custody_event_due_back",
                "due_back_on",
                where=Q(superseded_at=None, due_back_on__isnull=False),
            ),
            index(
                "custody_event_broken",
                "exhibit",
                where=Q(superseded_at=None, seal_state=SealState.BROKEN.value),
            ),
            index("custody_event_way_out", "way_out_state", "exhibit", where=CURRENT),
            # An exhibit is found by the seals that it bore before, too.
            index("custody_event_seal", "seal_number"),
        ]

    @property
    def standing(self) -> Standing:
        """Give where the exhibit stands after this event."""
        kept: dict[str, Any] = {
            each.name: getattr(self, each.name)
            for each in fields(Standing)
            if each.name != "home"
        }
        return Standing(home=self.exhibit.agency, **kept)


class Count(NumberedRecord):
    """One counting of a store, from its opening to its close."""

    letter = "N"
    store = models.ForeignKey(Store, PROTECT, related_name="counts")
    place = models.CharField(max_length=200, blank=True)
    is_blind = models.BooleanField(default=True)
    opened_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=150, blank=True)

    scope = Scoped("exhibit.view", at("store__agency"), missing=no_such_count)

    class Meta:
        constraints = [
            unique("one_open_count", "store", "place", where=Q(closed_at=None))
        ]


class CountedNumber(KnownRecord):
    """A number that was scanned or typed while a store was counted."""

    count = models.ForeignKey(Count, PROTECT, related_name="numbers")
    as_scanned = models.CharField(max_length=120)
    exhibit = models.ForeignKey(
        Exhibit, PROTECT, null=True, blank=True, related_name="+"
    )
    counted_by = models.CharField(max_length=150)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=150, blank=True)

    scope = Scoped(through="count")

    def __str__(self) -> str:
        return self.as_scanned


class DifferenceAnswer(KnownRecord):
    """What a person says of one difference that a count found."""

    number = models.CharField(max_length=120)
    finding = models.CharField(max_length=12, choices=CountFinding.choices())
    answer = models.CharField(max_length=12, choices=CountAnswer.choices())
    explanation = models.CharField(max_length=500)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="count")

    class Meta:
        abstract = True


class CountDifference(DifferenceAnswer):
    """What a person says of one difference that a count of exhibits found."""

    count = models.ForeignKey(Count, PROTECT, related_name="answers")

    class Meta:
        constraints = [unique("count_difference_once", "count", "number", "finding")]
