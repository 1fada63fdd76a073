"""Stores of State arms: what is in them, papers that two sign, lots, counts."""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import PROTECT, F, Q

from armstrace.custody.models import DifferenceAnswer
from armstrace.records.constraints import CURRENT, check, index, unique
from armstrace.records.scope import Scoped, ShownTo, at, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor, Agencies
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.stockpiles import CountKind, LotAct, StockAct

no_such_store = no_such(
    message("There is no store %(name)s here; look at the list of stores.")
)


class Depot(KnownRecord):
    """A store of State arms and ammunition, with its custodian of the moment."""

    agency = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    custodian = models.CharField(max_length=150)

    scope = Scoped("stock.view", at("agency"), missing=no_such_store)

    class Meta:
        constraints = [unique("depot_name", "agency", "name")]

    def __str__(self) -> str:
        return self.name


# Of a paper that is neither signed nor ended.
WAITS = Q(signed_at=None, ended_at=None)


type Own = Callable[[str, Actor], Q]
"""Gives the condition that rows, reached by a path, are a viewer's own."""


def _who_lists_or(own: Own) -> ShownTo:
    """Show rows of stores to who sees their lists, and their own to others."""

    def show(path: str, viewer: Actor, agencies: Agencies) -> Q:
        seen = Q() if agencies.are_all else Q(**{f"{path}depot__agency": agencies.own})
        return seen if viewer.may("stock.list") else seen & own(path, viewer)

    return show


def _own_paper(path: str, viewer: Actor) -> Q:
    return _who_is(path, viewer, "first_by", "second_by")


def _own_count(path: str, viewer: Actor) -> Q:
    """Give what the viewer counted, signed or is asked to sign."""
    own = _who_is(path, viewer, "counted_by", "second_by", "signed_by")
    return own | Q(**{f"{path}signed_at": None, f"{path}second_by": ""})


def _own_lot(path: str, viewer: Actor) -> Q:
    """Give the lots of which the viewer had rounds."""
    mine = LotEntry.objects.filter(_who_is("paper__", viewer, "first_by", "second_by"))
    return Q(**{f"{path}pk__in": mine.values("lot")})


def _who_is(path: str, viewer: Actor, *columns: str) -> Q:
    return reduce(or_, (Q(**{path + each: viewer.name}) for each in columns))


class Paper(NumberedRecord):
    """An issue, a return or a move: one signs it first, the other makes it so.

    Until then who drew it may withdraw it, and the other one may decline it.
    """

    letter = "M"
    depot = models.ForeignKey(Depot, PROTECT, related_name="papers")
    act = models.CharField(max_length=12, choices=StockAct.choices())
    # Keys of arms, and rounds by the key of their lot.
    arms = models.JSONField(default=list)
    rounds = models.JSONField(default=dict)
    # Of a return: how many of the rounds were used up and come back on paper alone.
    used = models.PositiveIntegerField(default=0)
    # Of a move: where the arms go.
    to_store = models.ForeignKey(
        Depot, PROTECT, related_name="papers_to", null=True, blank=True
    )
    first_by = models.CharField(max_length=150)
    second_by = models.CharField(max_length=150)
    due_back_on = models.DateField(null=True, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_reason = models.CharField(max_length=500, blank=True)

    scope = Scoped(
        "stock.view", at("depot__agency"), shown_to=_who_lists_or(_own_paper)
    )

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(f"A{key}" for key in self.arms)

    class Meta:
        constraints = [
            check("paper_two_people", ~Q(first_by=F("second_by"))),
            check("paper_one_end", Q(signed_at=None) | Q(ended_at=None)),
            check(
                "paper_to_store",
                Q(act=StockAct.MOVED, to_store__isnull=False) & ~Q(to_store=F("depot"))
                | ~Q(act=StockAct.MOVED) & Q(to_store=None),
            ),
        ]
        indexes = [index("paper_waits", "second_by", where=Q(signed_at=None))]


class StockedArm(VersionRecord):
    """What was done with an arm in a store; the current one says where it is.

    ``bearer`` is the sign-in name of whom it is issued to, empty in the store.
    """

    arm = models.ForeignKey(Arm, PROTECT, related_name="stocked")
    depot = models.ForeignKey(Depot, PROTECT, related_name="arms")
    act = models.CharField(max_length=12, choices=StockAct.choices())
    place = models.CharField(max_length=200, blank=True)
    bearer = models.CharField(max_length=150, blank=True)
    paper = models.ForeignKey(Paper, PROTECT, null=True, blank=True)
    is_neutralised = models.BooleanField(default=False)
    # Who declared it surplus; empty where nobody has.
    surplus_by = models.CharField(max_length=150, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="depot")

    class Meta:
        constraints = of_versions("stocked_arm", "arm")
        indexes = [
            index("stocked_in_store", "depot", "arm", where=CURRENT),
            # How many are in a store, and with whom, is counted from these alone.
            index(
                "stocked_here",
                "depot",
                where=Q(superseded_at=None, bearer="") & ~Q(act=StockAct.LEFT),
            ),
            index(
                "stocked_out",
                "depot",
                "bearer",
                "arm",
                where=CURRENT & ~Q(bearer="") & ~Q(act=StockAct.LEFT),
            ),
            index("stocked_act", "act", where=CURRENT),
        ]


class Lot(KnownRecord):
    """A lot of ammunition in a store; how much there is follows from its entries."""

    depot = models.ForeignKey(Depot, PROTECT, related_name="lots")
    number = models.CharField(max_length=80)
    maker = models.CharField(max_length=120, blank=True)
    calibre = models.CharField(max_length=80)

    scope = Scoped("stock.view", at("depot__agency"), shown_to=_who_lists_or(_own_lot))

    class Meta:
        constraints = [unique("lot_number", "depot", "maker", "number")]

    def __str__(self) -> str:
        return self.number


class LotEntry(KnownRecord):
    """What came, went, or was said of a lot; ``quantity`` is what that adds."""

    lot = models.ForeignKey(Lot, PROTECT, related_name="entries")
    act = models.CharField(max_length=12, choices=LotAct.choices())
    quantity = models.IntegerField(default=0)
    paper = models.ForeignKey(Paper, PROTECT, null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="lot")

    class Meta:
        indexes = [index("lot_recalled", "lot", where=Q(act=LotAct.RECALLED.value))]


class StockCount(NumberedRecord):
    """A count of a store by two people; it corrects nothing by itself.

    ``seen`` holds each line as it was scanned, with the key of the arm where known.
    """

    letter = "T"
    depot = models.ForeignKey(Depot, PROTECT, related_name="counts")
    kind = models.CharField(max_length=12, choices=CountKind.choices())
    is_blind = models.BooleanField(default=True)
    seen = models.JSONField(default=list)
    counted_by = models.CharField(max_length=150)
    # Who is asked to sign; empty of counts from before that was noted.
    second_by = models.CharField(max_length=150, blank=True)
    is_by_keeper = models.BooleanField()
    next_custodian = models.CharField(max_length=150, blank=True)
    signed_by = models.CharField(max_length=150, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    # When the last arm that was not found had been answered for.
    settled_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped(
        "stock.view", at("depot__agency"), shown_to=_who_lists_or(_own_count)
    )

    class Meta:
        constraints = [
            check("stock_count_two_people", ~Q(counted_by=F("signed_by"))),
            check(
                "stock_count_second",
                Q(second_by="") | Q(signed_by="") | Q(signed_by=F("second_by")),
            ),
        ]
        # What was seen is long, and is not read to find the last or an open count.
        indexes = [
            index("stock_count_last", "depot", "signed_at"),
            index(
                "stock_count_unsettled",
                "depot",
                where=Q(signed_at__isnull=False, settled_at=None),
            ),
            index("stock_count_waits", "second_by", where=Q(signed_at=None)),
        ]


class StockAnswer(DifferenceAnswer):
    """What was said of one difference of a count."""

    count = models.ForeignKey(StockCount, PROTECT, related_name="answers")

    class Meta:
        constraints = [unique("stock_answer_once", "count", "number", "finding")]
