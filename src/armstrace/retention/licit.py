"""Transfers, lots, deactivations, counts and hand-ins: from when they are kept."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery

from armstrace.collection.models import HandIn
from armstrace.deactivations.models import Deactivation, Reactivation, Verification
from armstrace.disposal.models import Lot, LotItem, LotRecord
from armstrace.retention.columns import Kind, Rows, is_held, last_of, latest
from armstrace.stockpiles.models import StockAnswer, StockCount
from armstrace.transfers.models import (
    Authorisation,
    AuthorisationRecord,
    Consignment,
    ConsignmentStep,
)
from armstrace.transfers.stages import HELD
from armstrace.vocabulary.collection import HandInState
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.profiles.provisions import RecordClass
from armstrace.vocabulary.retention import KeptKind
from armstrace.vocabulary.transfers import TransferStage

SETTLED = (HandInState.TAKEN, HandInState.SAME, HandInState.KEPT)


def _authorisations(on: date) -> Rows:
    records = AuthorisationRecord.objects.current().filter(authorisation=OuterRef("pk"))
    valid = Q(valid_until=None) | Q(valid_until__gte=on)
    live = records.filter(Q(stage=TransferStage.OPEN) | valid & Q(stage__in=HELD))
    sent = Consignment.objects.filter(authorisation=OuterRef("pk"))
    moved = last_of(ConsignmentStep, "consignment__authorisation")
    return Authorisation.objects.all().annotate(
        stated_at=latest(last_of(AuthorisationRecord, "authorisation"), moved),
        is_used=Q(Exists(live)) | Q(Exists(sent.exclude(alarm=""))),
        is_held=is_held("G"),
    )


def _consignments(on: date) -> Rows:
    del on
    return Consignment.objects.all().annotate(
        stated_at=latest(last_of(ConsignmentStep, "consignment")),
        is_used=~Q(alarm=""),
        is_held=Q(is_held("J")) | Q(is_held("G", "authorisation_id")),
    )


def _lots(on: date) -> Rows:
    del on
    now = LotRecord.objects.current().filter(lot=OuterRef("pk"))
    ended = Subquery(now.values("destroyed_on")[:1])
    return Lot.objects.all().annotate(
        stated_at=latest(last_of(LotRecord, "lot"), last_of(LotItem, "lot")),
        destroyed_on=ended,
        is_used=Q(destroyed_on=None),
        is_held=is_held("Y"),
    )


def _deactivations(on: date) -> Rows:
    del on
    told = Verification, Reactivation
    decided = Verification.objects.filter(deactivation=OuterRef("pk"))
    return Deactivation.objects.all().annotate(
        stated_at=latest(*(last_of(each, "deactivation") for each in told)),
        is_used=~Q(Exists(decided)),
        is_held=Q(is_held("U")) | Q(is_held("A", "arm_id")),
    )


def _counts(on: date) -> Rows:
    del on
    return StockCount.objects.all().annotate(
        stated_at=latest(last_of(StockAnswer, "count")),
        is_used=Q(settled_at=None),
        is_held=is_held("T"),
    )


def _hand_ins(on: date) -> Rows:
    return HandIn.objects.all().annotate(
        stated_at=F("known_at"),
        is_used=~Q(state__in=SETTLED) | Q(campaign__ends_on__gte=on),
        is_held=Q(is_held("O")) | Q(is_held("R", "recovery_id")),
    )


CROSSED = {RecordClass.AUTHORISATION: "stated_at"}
KINDS: Mapping[KeptKind, Kind] = {
    KeptKind.AUTHORISATION: Kind(
        Authorisation,
        _authorisations,
        CROSSED,
        message(
            "It is open or in force, or something is still due for one of its "
            "consignments."
        ),
    ),
    KeptKind.CONSIGNMENT: Kind(
        Consignment,
        _consignments,
        CROSSED,
        message("Something is still due for it."),
    ),
    KeptKind.LOT: Kind(
        Lot,
        _lots,
        {RecordClass.TRANSFER: "stated_at"},
        message("Its arms are not destroyed yet."),
    ),
    KeptKind.DEACTIVATION: Kind(
        Deactivation,
        _deactivations,
        {RecordClass.DEACTIVATION: "stated_at"},
        message("Nobody has verified it yet."),
    ),
    KeptKind.STOCK_COUNT: Kind(
        StockCount,
        _counts,
        {RecordClass.STOCKPILE: "stated_at"},
        message("Nobody has accounted yet for what was not found."),
    ),
    KeptKind.HAND_IN: Kind(
        HandIn,
        _hand_ins,
        {RecordClass.RECOVERY: "stated_at"},
        message("Its campaign is still running, or the arm is set aside."),
    ),
}
