"""The canonical fields of each kind of file, and what each may hold."""

from dataclasses import dataclass
from functools import cache

from armstrace.vocabulary.arms import (
    AmmunitionKind,
    HolderKind,
    ItemKind,
    LifeEventKind,
    Modification,
    ProductionClass,
)
from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.licensing import LicenceType
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)
from armstrace.vocabulary.risk import Conduct, Conveyance, DeclarationKind, Payment
from armstrace.vocabulary.texts import LONGEST_NOTES


class IntakeKind(Code):
    """What the rows of a file are."""

    RECOVERIES = "recoveries", "recovered items"
    REGISTRY = "registry", "registered arms"
    HOLDERS = "holders", "holders and licences"
    EVENTS = "events", "events in the lives of arms"
    LOSSES = "losses", "reports of loss and theft"
    DECLARATIONS = "declarations", "declarations of goods"


class LossKind(Code):
    """The two ways in which an arm goes missing."""

    LOST = "LOST", "lost"
    STOLEN = "STOLEN", "stolen"


class Shape(Code):
    """What a field's text is read as."""

    TEXT = "TEXT", "text"
    DATE = "DATE", "a date"
    CODE = "CODE", "a code"
    CODES = "CODES", "codes"
    WHOLE = "WHOLE", "a whole number"
    YEAR = "YEAR", "a year"
    DEGREES = "DEGREES", "degrees"
    COUNTRY = "COUNTRY", "a country"
    COUNTRIES = "COUNTRIES", "countries"
    NUMBER = "NUMBER", "a number"


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field."""

    # Its name, as a column may be headed.
    name: str
    shape: Shape = Shape.TEXT
    # The vocabulary, where the shape is a code.
    codes: type[Code] | None = None
    # Most characters that it holds.
    limit: int = 200
    # Whether a row without it is held.
    is_required: bool = False

    @property
    def vocabulary(self) -> type[Code]:
        """The vocabulary of its codes; yes and no where none is named."""
        return self.codes or Known


def _text(name: str, limit: int) -> Field:
    return Field(name, limit=limit)


def _require(name: str, limit: int) -> Field:
    return Field(name, limit=limit, is_required=True)


def _code(name: str, codes: type[Code]) -> Field:
    return Field(name, Shape.CODE, codes)


def _require_code(name: str, codes: type[Code]) -> Field:
    return Field(name, Shape.CODE, codes, is_required=True)


def _date(name: str) -> Field:
    return Field(name, Shape.DATE)


MARKS = (
    _text("arm_type", 120),
    _text("make", 200),
    _text("model", 200),
    _text("calibre", 120),
    _text("serial", 400),
)

_RECOVERIES = (
    _text("source_number", 120),
    _code("item_kind", ItemKind),
    _require_code("recovery_kind", RecoveryKind),
    _text("kind_reason", 300),
    _code("loss_kind", LossKind),
    Field("recovered_on", Shape.DATE, is_required=True),
    _date("recovered_until"),
    _date("known_on"),
    _text("agency", 40),
    _text("case_number", 120),
    *MARKS,
    _text("country_of_manufacture", 120),
    _text("import_mark", 200),
    _text("other_marks", 400),
    Field("year_of_manufacture", Shape.YEAR),
    _code("production_class", ProductionClass),
    _code("modification", Modification),
    Field("quantity", Shape.WHOLE),
    _code("ammunition_kind", AmmunitionKind),
    _text("place", 200),
    _text("region", 120),
    Field("country", Shape.COUNTRY),
    _code("place_kind", PlaceKind),
    Field("latitude", Shape.DEGREES),
    Field("longitude", Shape.DEGREES),
    _code("legal_justification", LegalJustification),
    Field("criminal_contexts", Shape.CODES, CriminalContext),
    _text("offences", 4000),
    _text("taken_from", 200),
    _code("taken_from_is_holder", Known),
    _text("seal_number", 120),
    _text("custody_number", 120),
    _text("notes", LONGEST_NOTES),
)

_REGISTRY = (
    _text("source_number", 120),
    *MARKS,
    _text("country_of_manufacture", 120),
    Field("import_country", Shape.COUNTRY),
    Field("import_year", Shape.YEAR),
    Field("year_of_manufacture", Shape.YEAR),
    _text("holder_number", 64),
    _date("acquired_on"),
    _text("notes", LONGEST_NOTES),
)

_HOLDERS = (
    _require("holder_number", 64),
    _require("name", 200),
    _code("kind", HolderKind),
    _text("licence_number", 64),
    _code("licence_type", LicenceType),
    _date("valid_from"),
    _date("valid_until"),
    _text("place", 120),
    _text("region", 120),
    Field("country", Shape.COUNTRY),
)

_EVENTS = (
    _text("source_number", 120),
    _require("arm_number", 120),
    _require_code("event", LifeEventKind),
    _date("happened_on"),
    _date("known_on"),
    _text("holder_from", 64),
    _text("holder_to", 64),
    _text("place", 120),
    _text("region", 120),
    Field("country", Shape.COUNTRY),
    _text("document", 200),
    _text("notes", LONGEST_NOTES),
)

_LOSSES = (
    _text("source_number", 120),
    _text("arm_number", 120),
    *MARKS,
    _require_code("loss_kind", LossKind),
    _date("happened_on"),
    _date("reported_on"),
    _text("place", 120),
    _text("region", 120),
    _text("holder_number", 64),
    _text("notes", LONGEST_NOTES),
)

_DECLARATIONS = (
    _require("source_number", 120),
    _code("kind", DeclarationKind),
    _text("agency", 40),
    _date("declared_on"),
    _text("hs_code", 20),
    _text("description", 1000),
    Field("quantity", Shape.NUMBER),
    _text("unit", 20),
    Field("weight_kg", Shape.NUMBER),
    Field("value", Shape.NUMBER),
    _text("currency", 3),
    _text("consignor", 200),
    _text("consignor_address", 300),
    _text("consignee", 200),
    _text("consignee_address", 300),
    _code("consignee_is_person", Known),
    _code("consignee_registered", Known),
    _text("broker", 200),
    Field("origin", Shape.COUNTRY),
    Field("departure", Shape.COUNTRY),
    Field("destination", Shape.COUNTRY),
    Field("route", Shape.COUNTRIES),
    _date("departed_on"),
    _text("licence", 120),
    _date("licence_ends_on"),
    _code("licence_is_valid", Known),
    Field("licence_quantity", Shape.NUMBER),
    _text("licence_consignee", 200),
    Field("licence_destination", Shape.COUNTRY),
    Field("licence_transit", Shape.COUNTRIES),
    _text("licence_broker", 200),
    _date("export_licence_on"),
    _date("import_licence_on"),
    _date("transit_notice_on"),
    _text("end_user_certificate", 120),
    _date("certificate_on"),
    _date("contract_ends_on"),
    _text("deactivation_certificate", 120),
    _code("conveyance", Conveyance),
    _text("conveyance_number", 60),
    _text("phone", 60),
    _text("email", 200),
    _text("account", 120),
    _date("account_opened_on"),
    _code("payment", Payment),
    _code("xray_flag", Known),
    _code("conduct", Conduct),
)

FIELDS: dict[IntakeKind, tuple[Field, ...]] = {
    IntakeKind.RECOVERIES: _RECOVERIES,
    IntakeKind.REGISTRY: _REGISTRY,
    IntakeKind.HOLDERS: _HOLDERS,
    IntakeKind.EVENTS: _EVENTS,
    IntakeKind.LOSSES: _LOSSES,
    IntakeKind.DECLARATIONS: _DECLARATIONS,
}


@cache
def by_name(kind: IntakeKind) -> dict[str, Field]:
    """Give the fields of a kind by their names."""
    return {field.name: field for field in FIELDS[kind]}


def identity_field(kind: IntakeKind) -> str:
    """Name the field that holds the source's own number."""
    return "holder_number" if kind is IntakeKind.HOLDERS else "source_number"
