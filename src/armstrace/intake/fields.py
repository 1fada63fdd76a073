"""The canonical fields of each kind of file, and what each may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from armstrace.recoveries import fields as recoveries
from armstrace.recoveries.fields import RecoveryField
from armstrace.vocabulary.arms import (
    AmmunitionKind,
    HolderKind,
    ItemKind,
    LifeEventKind,
)
from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.licensing import LicenceType
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.risk import Conduct, Conveyance, DeclarationKind, Payment

LONGEST_TEXT = 200


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
    # Most characters that it holds, where its own declaration does not say it.
    most: int = LONGEST_TEXT
    # Whether a row without it is held.
    is_required: bool = False
    # Whether it tells who a person is.
    is_personal: bool = False
    # Its declaration, of a field of a recovery.
    of: RecoveryField | None = None

    @property
    def limit(self) -> int:
        """Most characters that it holds."""
        return (self.of and self.of.longest) or self.most

    @property
    def vocabulary(self) -> type[Code]:
        """The vocabulary of its codes; yes and no where none is named."""
        return self.codes or Known


_CODES: dict[str, type[Code]] = {
    each.__name__: each
    for each in (
        AmmunitionKind,
        Conduct,
        Conveyance,
        DeclarationKind,
        HolderKind,
        ItemKind,
        Known,
        LicenceType,
        LifeEventKind,
        LossKind,
        Payment,
        RecoveryKind,
    )
}


def _read(name: str, told: str) -> Field:
    kind, *more = told.split()
    codes = _CODES.get(kind)
    shape = Shape.CODE if codes else Shape[kind.upper()]
    limit = next((int(word) for word in more if word.isdecimal()), LONGEST_TEXT)
    return Field(
        name,
        Shape.CODES if "several" in more else shape,
        codes,
        most=limit,
        is_required="required" in more,
        is_personal="personal" in more,
    )


def field_of(each: RecoveryField) -> Field:
    """Give a field of a recovery as its own declaration has it."""
    shape = Shape.TEXT
    if each.codes:
        shape = Shape.CODES if each.is_several else Shape.CODE
    elif each.hint is not str:
        shape = Shape.DATE
    return Field(each.name, shape, each.codes, is_personal=each.is_personal, of=each)


def _fields_of(kind: IntakeKind, told: Mapping[str, str]) -> tuple[Field, ...]:
    """Give the fields of a kind; those of a recovery that need no word are added."""
    named = {name: _read(name, each) for name, each in told.items()}
    if kind is IntakeKind.RECOVERIES:
        own = named.keys() - recoveries.BY_NAME.keys()
        first = {name: field for name, field in named.items() if name in own}
        named = first | {e.name: field_of(e) for e in recoveries.FIELDS} | named
    return tuple(named.values())


FIELDS: dict[IntakeKind, tuple[Field, ...]] = {
    IntakeKind(kind): _fields_of(IntakeKind(kind), told)
    for kind, told in read_table(__package__, "fields.toml").items()
}


@cache
def by_name(kind: IntakeKind) -> dict[str, Field]:
    """Give the fields of a kind by their names."""
    return {field.name: field for field in FIELDS[kind]}


def has_notes(kind: IntakeKind) -> bool:
    """Tell whether text that stands for no field of a kind can be kept in notes."""
    return "notes" in by_name(kind)


# What tells one row from another, and so is never stated for all of them at once.
IN_NO_TWO_ROWS = frozenset({"holder_number", "arm_number"})


def identity_field(kind: IntakeKind) -> str:
    """Name the field that holds the source's own number."""
    return "holder_number" if kind is IntakeKind.HOLDERS else "source_number"
