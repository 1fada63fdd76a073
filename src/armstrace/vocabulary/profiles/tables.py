"""The tables of a profile: which provisions it has, and what is wrong with a row."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from armstrace.vocabulary.arms import (
    HolderKind,
    ItemKind,
    LifeEventKind,
    PartType,
    Passing,
)
from armstrace.vocabulary.builds import Action, Bore, Ignition, Length, Trait
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck
from armstrace.vocabulary.disposal import ConditionKind
from armstrace.vocabulary.licensing import (
    CheckKind,
    Department,
    DocumentKind,
    LicenceType,
)
from armstrace.vocabulary.profiles.deactivating import (
    DeactivationStandard,
    PartsInoperable,
)
from armstrace.vocabulary.profiles.provisions import (
    AdviceAsked,
    Category,
    CountedFrom,
    Deadline,
    Definition,
    DisposalAsked,
    Duty,
    Element,
    LicenceAsked,
    LicenceCheck,
    MarkAsked,
    MarkingAsked,
    Offence,
    RecordClass,
    Retention,
    RiskSetting,
    SecondPerson,
    Strength,
    TechniqueBasis,
    VettingAsked,
)
from armstrace.vocabulary.profiles.transferring import TransferAsked
from armstrace.vocabulary.techniques import Technique
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    PaperKind,
    Particular,
    Regime,
    TransferCheck,
)
from armstrace.vocabulary.vetting import Capacity

TABLES: dict[str, type] = {
    "definition": Definition,
    "retention": Retention,
    "deadline": Deadline,
    "offence": Offence,
    "element": Element,
    "licence": LicenceAsked,
    "check": LicenceCheck,
    "category": Category,
    "advice": AdviceAsked,
    "marking": MarkingAsked,
    "risk": RiskSetting,
    "second_person": SecondPerson,
    "technique": TechniqueBasis,
    "disposal": DisposalAsked,
    "transfer": TransferAsked,
    "vetting": VettingAsked,
    "deactivation": DeactivationStandard,
    "inoperable": PartsInoperable,
}
CODES: dict[str, type[Code]] = {
    "record": RecordClass,
    "counted_from": CountedFrom,
    "duty": Duty,
    "event": LifeEventKind,
    "strength": Strength,
    "apart": Strength,
    "authorised": Strength,
    "kinds": ArmKind,
    "parts": PartType,
    "checks": VerifiedCheck,
    "receivers": HolderKind,
    "givers": HolderKind,
    "makers": HolderKind,
    "manners": Passing,
    "licences": LicenceType,
    "marks": MarkAsked,
    "actions": Action,
    "ignitions": Ignition,
    "bores": Bore,
    "traits": Trait,
    "lengths": Length,
    "technique": Technique,
    "certificates": CertificateKind,
    "capacities": Capacity,
    "asks": CheckKind,
    "activities": LicenceType,
    "holders": HolderKind,
    "documents": DocumentKind,
    "departments": Department,
    "ways": WayOut,
    "conditions": ConditionKind,
    "demands": TransferCheck,
    "directions": Direction,
    "moments": Moment,
    "regimes": Regime,
    "items": ItemKind,
    "particular": Particular,
    "papers": PaperKind,
}
LISTS = frozenset(
    {
        "receivers",
        "givers",
        "makers",
        "manners",
        "licences",
        "marks",
        "activities",
        "holders",
        "documents",
    }
    | {"actions", "ignitions", "bores", "traits", "lengths"}
    | {"departments", "certificates", "capacities", "ways", "conditions"}
    | {"kinds", "parts", "checks"}
    | {"directions", "moments", "regimes", "items", "papers"}
)


def provision_of(kind: type, row: dict[str, Any]) -> Any:  # noqa: ANN401 - one of TABLES
    """Make a provision of a row that has no problem."""
    values = {key: _value(key, value) for key, value in row.items()}
    if kind is Retention:
        values.setdefault("years", None)
    return kind(**values)


def _value(key: str, given: Any) -> Any:  # noqa: ANN401 - what TOML holds
    if key in LISTS:
        return tuple(CODES[key](each) for each in given)
    if isinstance(given, list):
        return tuple(given)
    return CODES[key](given) if key in CODES else given


def problems_of(table: dict[str, Any], name: str) -> Iterator[str]:
    """Say in one sentence each what is wrong with a file."""
    for key in ("code", "name"):
        if not isinstance(table.get(key), str) or not table.get(key):
            yield f"{name}: “{key}” is missing; write it as text."
    for key in table:
        if key not in {"code", "name", *TABLES}:
            yield f"{name}: “{key}” is not part of a profile; remove or correct it."
    for key, kind in TABLES.items():
        for number, row in enumerate(table.get(key, ()), start=1):
            yield from _row_problems(kind, row, f"{name}: {key} {number}")


def _row_problems(kind: type, row: dict[str, Any], where: str) -> Iterator[str]:
    known = {f.name: f for f in fields(kind)}
    yield from (
        f"{where}: “{key}” is not a field; remove or correct it."
        for key in row
        if key not in known
    )
    yield from (
        f"{where}: “{key}” is missing."
        for key, one in known.items()
        if one.default is MISSING and key not in {"years", *row}
    )
    yield from (
        f"{where}: “{value}” is not a {key}; use {', '.join(codes)}."
        for key, codes in CODES.items()
        if key in known and key in row
        for value in (row[key] if key in LISTS else [row[key]])
        if value not in list(codes)
    )
    yield from (
        f"{where}: “{key}” is not a whole number; correct it."
        for key in ("years", "days")
        if key in row and (not isinstance(row[key], int) or row[key] < 0)
    )
    yield from _date_problems(row, where)


def _date_problems(row: dict[str, Any], where: str) -> Iterator[str]:
    begun, ended = row.get("valid_from"), row.get("valid_until")
    for key, value in (("valid_from", begun), ("valid_until", ended)):
        if value is not None and not isinstance(value, date):
            yield f"{where}: “{key}” is not a date; write it as 2024-01-31."
            return
    if begun and ended and ended < begun:
        yield f"{where}: it ends before it begins; correct the dates."
