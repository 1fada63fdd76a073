"""Take the content of records away and leave their tombstones.

Rows stay with their numbers, days and codes, so that what refers to them still
stands and the ledger has a state to compare. Every free text of every version is
emptied, one that is added to a table later too, and the key of a statement says that
it was erased: a source that states it again is passed over (``records.statements``).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Greatest, Right

from armstrace.audit import ledger
from armstrace.audit.models import Justification
from armstrace.certificates.models import SIGNATURE_LENGTH, Certificate
from armstrace.collection.models import HandIn
from armstrace.custody.models import CustodyEvent
from armstrace.deactivations import models as deactivations
from armstrace.disposal import models as disposal
from armstrace.intake.models import HeldRow
from armstrace.licensing.models import (
    Advice,
    ApplicationRecord,
    HolderRecord,
    Licence,
    LicenceTerms,
    Question,
)
from armstrace.records.lookups import among
from armstrace.records.statements import ERASED, ERASED_WORDS
from armstrace.records.versions import StatementRecord, VersionRecord
from armstrace.recoveries import models as recoveries
from armstrace.registry import keystore
from armstrace.registry import models as registry
from armstrace.stockpiles.models import StockAnswer, StockCount
from armstrace.transfers import models as transfers
from armstrace.vetting import models as vetting
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.retention import KeptKind

STAYS = frozenset({"source", "source_number", "number", "agency", "corrected_by"})
"""Texts that tell which record it is, and whose word."""
PERSONS = {
    **dict.fromkeys(("taken_from", "notes", "offences_as_written"), ""),
    "taken_from_is_holder": Known.UNKNOWN,
}
ROW: dict[str, Any] = {"cells": [], "values": {}}
HANDLED = ("place", "condition", "received_from", "document", "needed_by")
PERFORMED = ("performed_by", "performer", "licence", "notes")
VERIFIED = ("verified_by", "signatory", "title", "reason")
APPLIED: Mapping[str, Any] = {
    **dict.fromkeys(("purpose", "storage", "conditions"), ""),
    "born_on": None,
    "missing": [],
}
VETTED: Mapping[str, Any] = {"name": "", "born_on": None}
NEAR = dict.fromkeys(("subject_name", "listed_name", "why"), "")
# The signature tells whoever still shows the certificate from a forger; it names none.
CERTIFIED = {"name": "", "ended_reason": "", "token": Right("token", SIGNATURE_LENGTH)}
type Owned = Callable[[Sequence[int]], Q]


def _by_number(path: str, letter: str) -> Owned:
    """Give the rows that name the records by their numbers, such as H12."""
    return lambda keys: among(path, [f"{letter}{key}" for key in keys])


def _of_licences(path: str) -> Owned:
    """Give the rows that name the licences of holders by their numbers."""

    def own(keys: Sequence[int]) -> Q:
        held = Licence.objects.current().filter(among("holder_id", keys))
        return Q(**{f"{path}__in": held.values("number")})

    return own


def _of_kind(kind: CertificateKind, own: Owned) -> Owned:
    return lambda keys: Q(kind=kind) & own(keys)


type Emptied = tuple[type[models.Model], str | Owned, Mapping[str, Any] | None]
EMPTIED: Mapping[KeptKind, tuple[Emptied, ...]] = {
    KeptKind.HOLDER: (
        (HolderRecord, "holder", None),
        (ApplicationRecord, "application__holder", APPLIED),
        (Question, "application__holder", {"words": "", "answer": ""}),
        (Advice, "application__holder", {"words": "", "reference": ""}),
        (LicenceTerms, _of_licences("number"), {"conditions": ""}),
        (registry.BusinessEnd, "holder", {}),
        (
            Certificate,
            _of_kind(CertificateKind.LICENCE, _of_licences("subject")),
            CERTIFIED,
        ),
        (vetting.VettingRequest, _by_number("subject", "H"), VETTED),
        (vetting.Answer, _by_number("request__subject", "H"), {}),
        (vetting.Hit, _by_number("subject", "H"), NEAR),
    ),
    KeptKind.ARM: (
        (registry.ArmRecord, "arm", None),
        (registry.LifeEvent, "arm", None),
        (registry.LossReport, "arm", None),
        (registry.Mark, "arm", None),
        (registry.Part, "arm", None),
    ),
    KeptKind.PERSON: ((recoveries.RecoveryRecord, "recovery", PERSONS),),
    KeptKind.RECOVERY: (
        (recoveries.RecoveryRecord, "recovery", None),
        (recoveries.AmmunitionRecord, "recovery", None),
        (recoveries.PartRecord, "recovery", None),
        (recoveries.ObservedMark, "recovery", None),
        (CustodyEvent, "exhibit__recovery", dict.fromkeys(HANDLED, "")),
    ),
    KeptKind.HELD_ROW: ((HeldRow, "pk", ROW),),
    KeptKind.CONSULTATION: (),
    KeptKind.AUTHORISATION: (
        (transfers.AuthorisationRecord, "authorisation", None),
        (transfers.GoodsLine, "authorisation", None),
        (transfers.Paper, "authorisation", None),
    ),
    KeptKind.CONSIGNMENT: (
        (transfers.Consignment, "pk", {"waybill": ""}),
        (transfers.ConsignedItem, "consignment", None),
        (transfers.ConsignmentStep, "consignment", None),
    ),
    KeptKind.LOT: (
        (disposal.LotRecord, "lot", None),
        # Two of a lot are not called the same.
        (disposal.LotWitness, "lot", {"name": Cast("pk", CharField()), "body": ""}),
        (
            Certificate,
            _of_kind(CertificateKind.DESTRUCTION, _by_number("subject", "Y")),
            CERTIFIED,
        ),
    ),
    KeptKind.DEACTIVATION: (
        (deactivations.Deactivation, "pk", dict.fromkeys(PERFORMED, "")),
        (deactivations.Verification, "deactivation", dict.fromkeys(VERIFIED, "")),
        (deactivations.Reactivation, "deactivation", {"said": ""}),
        (
            Certificate,
            _of_kind(CertificateKind.DEACTIVATION, _by_number("subject", "U")),
            CERTIFIED,
        ),
    ),
    KeptKind.STOCK_COUNT: (
        (StockCount, "pk", {"seen": []}),
        (StockAnswer, "count", {"explanation": ""}),
    ),
    KeptKind.HAND_IN: (
        (HandIn, "pk", dict.fromkeys(("observer", "settled_reason"), "")),
    ),
}
"""Tables, which of their rows are the record's, and what is emptied; None for all."""


def erase(kind: KeptKind, keys: Sequence[int], entry: ledger.Entry) -> None:
    """Empty the records of some keys in every version, and state what is left.

    Args:
        entry: The act in the ledger, whose transaction is open.
    """
    _forget(kind, keys, entry)
    for model, path, values in EMPTIED[kind]:
        own = among(path, keys) if isinstance(path, str) else path(keys)
        rows = model._default_manager.filter(own)  # noqa: SLF001 -- documented API
        found = list(rows.values_list("pk", flat=True))
        if found:
            told = dict(_empty_values(model) if values is None else values)
            rows.update(**told | _tombstone(model))
            entry.about_keys(model, found)


def _empty_values(model: type[models.Model]) -> dict[str, Any]:
    """Give every column that holds words, marks or a spot, with nothing in it."""
    told: dict[str, Any] = {}
    for field in model._meta.concrete_fields:  # noqa: SLF001 -- documented API
        if isinstance(field, models.CharField | models.TextField):
            if not field.choices and field.name not in STAYS:
                told[field.name] = ""
        elif isinstance(field, models.JSONField):
            told[field.name] = []
        elif isinstance(field, models.FloatField):
            told[field.name] = None
    return told


def _tombstone(model: type[models.Model]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if issubclass(model, VersionRecord):
        told["reason"] = ERASED_WORDS.template
    if issubclass(model, StatementRecord):
        told |= {"content_key": ERASED, "stated_key": ""}
    return told


def _forget(kind: KeptKind, keys: Sequence[int], entry: ledger.Entry) -> None:
    """Take away what was derived from the content, and end what was found by it."""
    if kind is KeptKind.ARM:
        rows = registry.ArmRecord.objects.filter(among("arm_id", keys))
        keystore.forget(rows.values(*keystore.KEYED))
    elif kind is KeptKind.RECOVERY:
        gone = recoveries.RecoveryKey.objects.filter(among("recovery_id", keys))
        gone.delete()
    elif kind is KeptKind.HOLDER:
        near = vetting.Hit.objects.current().filter(_by_number("subject", "H")(keys))
        near.update(superseded_at=Greatest("known_at", Value(entry.at)))
    elif kind is KeptKind.CONSULTATION:
        Justification.objects.filter(among("pk", keys)).delete()
