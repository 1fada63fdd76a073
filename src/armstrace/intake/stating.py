"""From canonical fields to what an app's actions take as stated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.marks import identify, types
from armstrace.analysis.marks.description import Description
from armstrace.analysis.risk.declarations import Declaration
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import FIELDS, IntakeKind, LossKind, Shape, by_name
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.reading_values import Values
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.risk.inputs import DeclarationInput
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
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)
from armstrace.vocabulary.risk import DeclarationKind

Stated = (
    RecoveryInput | ArmInput | HolderInput | EventInput | LossInput | DeclarationInput
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all rows of a load."""

    kind: IntakeKind
    # Which comes first in ``01/03/2019``.
    order: DateOrder
    # The agency where a row states none.
    agency: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a row comes from: its identity and its number in the file."""

    identity: str
    row: int


def state(
    texts: dict[str, str], identity: str, row: int, setting: Setting
) -> tuple[Stated | None, list[Trouble]]:
    """Read a row's canonical fields as a statement.

    Returns:
        The statement, or None and what is in its way.
    """
    if "agency" in texts and not texts["agency"]:
        texts["agency"] = setting.agency
    values = Values(texts, by_name(setting.kind), setting.order, setting.at.date())
    stated = _STATERS[setting.kind](values, _Place(identity, row))
    if values.troubles:
        return None, values.troubles
    return stated, []


def _description(values: Values) -> Description:
    has = values.fields
    return Description(
        type=values.text("arm_type"),
        make=values.text("make"),
        model=values.text("model"),
        calibre=values.text("calibre"),
        serial=values.text("serial"),
        country=(
            values.text("country_of_manufacture")
            if "country_of_manufacture" in has
            else ""
        ),
        import_mark=values.text("import_mark") if "import_mark" in has else "",
        other=values.text("other_marks") if "other_marks" in has else "",
    )


def _recovery(values: Values, place: _Place) -> RecoveryInput | LossInput | None:
    description = _description(values)
    item_kind = values.code_stated("item_kind", ItemKind)
    if item_kind in {None, ItemKind.ARM}:
        # A column that calls everything an arm says nothing of a knife or a vest.
        item_kind = _item_kind(values, description, item_kind)
    quantity = values.whole("quantity")
    _require_one_arm(values, item_kind, quantity)
    loss = values.code_stated("loss_kind", LossKind) or _loss_of(values)
    if loss is not None:
        return _report_loss(values, place, loss, item_kind)
    recovery_kind = values.code_stated("recovery_kind", RecoveryKind)
    recovered = values.span("recovered_on", "recovered_until")
    known_at = values.moment("known_on")
    where = PlaceInput(
        place=values.text("place"),
        region=values.text("region"),
        country=values.country("country"),
        kind=values.code("place_kind", PlaceKind, PlaceKind.UNKNOWN),
        latitude=values.degrees("latitude", 90),
        longitude=values.degrees("longitude", 180),
    )
    agency = values.text("agency")
    if recovery_kind is None or recovered is None:
        return None
    return RecoveryInput(
        number=place.identity,
        recovery_kind=recovery_kind,
        recovered_on=recovered.first,
        recovered_until=recovered.until,
        agency=agency,
        description=description,
        item_kind=item_kind,
        where=where,
        case_number=values.text("case_number"),
        legal_justification=values.code(
            "legal_justification", LegalJustification, LegalJustification.UNKNOWN
        ),
        criminal_contexts=values.codes("criminal_contexts", CriminalContext),
        offences=values.text("offences"),
        year_of_manufacture=values.year("year_of_manufacture"),
        production_class=values.code_stated("production_class", ProductionClass),
        modification=values.code("modification", Modification, Modification.UNKNOWN),
        taken_from=values.text("taken_from"),
        taken_from_is_holder=values.code("taken_from_is_holder", Known, Known.UNKNOWN),
        ammunition_kind=values.code(
            "ammunition_kind", AmmunitionKind, AmmunitionKind.UNKNOWN
        ),
        quantity=quantity,
        seal_number=values.text("seal_number"),
        custody_number=values.text("custody_number"),
        notes=values.text("notes"),
        source_row=place.row,
        kind_reason=values.text("kind_reason"),
        known_at=known_at,
    )


def _loss_of(values: Values) -> LossKind | None:
    """Give the loss that stands where the kind of recovery is asked for."""
    text = values.texts.get("recovery_kind", "")
    return LossKind(text) if text in LossKind.__members__ else None


def _item_kind(
    values: Values, description: Description, stated: ItemKind | None = None
) -> ItemKind:
    """Read the kind of item from its marks; another object than one is held."""
    found = types.read_type(description.type).reading
    if found.value == types.NOT_AN_ARM:
        sentence = message(
            "“%(words)s” is no arm, no part of one and no ammunition; leave the row "
            "out, or correct the word.",
            words=description.type[:40],
        )
        values.troubles.append(Trouble(Reason.NOT_AN_ARM, "arm_type", sentence))
    return identify.identify(description).item_kind if stated is None else stated


def _require_one_arm(values: Values, item_kind: ItemKind, quantity: int | None) -> None:
    """Hold a row of several arms: a record is of one arm, whose marks are its own."""
    if item_kind is not ItemKind.ARM:
        return
    written = values.texts.get("arm_type", "")
    count = max(quantity or 0, types.count_of(written))
    if count < 2:
        return
    sentence = message(
        "the row is about %(count)s arms; give each arm a row of its own, with its own "
        "serial number and the quantity 1.",
        count=count,
    )
    is_counted = quantity is not None and quantity > 1
    field = "quantity" if is_counted else "arm_type"
    values.troubles.append(Trouble(Reason.SEVERAL_ARMS, field, sentence))


def _report_loss(
    values: Values, place: _Place, loss: LossKind, item_kind: ItemKind
) -> LossInput | None:
    """State a loss from a row of a file of recoveries: nobody holds the item."""
    happened = values.span("recovered_on", "recovered_until", said_of="happened_on")
    known_at = values.moment("known_on")
    if happened is None:
        return None
    return LossInput(
        number=place.identity,
        description=_description(values),
        loss_kind=LifeEventKind(loss.value),
        happened_on=happened.first,
        happened_until=happened.until,
        place=values.text("place")[:120],
        region=values.text("region"),
        reported_to=values.text("agency"),
        case_number=values.text("case_number"),
        notes=_join(values, "kind_reason", "offences", "notes"),
        source_row=place.row,
        known_at=known_at,
        item_kind=_other_than_arm(item_kind),
    )


def _other_than_arm(kind: ItemKind) -> ItemKind | None:
    return None if kind is ItemKind.ARM else kind


def _join(values: Values, *names: str) -> str:
    told = (values.text(name) for name in names)
    return " ".join(filter(None, told))[:4000]


def _arm(values: Values, place: _Place) -> ArmInput | None:
    description = _description(values)
    if not any((description.make, description.model, description.serial)):
        values.troubles.append(
            Trouble(
                Reason.MISSING_FIELD,
                "serial",
                message(
                    "make, model and serial are all empty; enter what is marked on "
                    "the arm."
                ),
            )
        )
        return None
    return ArmInput(
        number=place.identity,
        description=description,
        year_of_manufacture=values.year("year_of_manufacture"),
        import_country=values.country("import_country"),
        import_year=values.year("import_year"),
        holder_number=values.text("holder_number"),
        acquired_on=values.date("acquired_on"),
        notes=values.text("notes"),
        source_row=place.row,
    )


def _holder(values: Values, place: _Place) -> HolderInput | None:
    licence_type = values.code_stated("licence_type", LicenceType)
    return HolderInput(
        number=place.identity,
        name=values.text("name"),
        kind=values.code("kind", HolderKind, HolderKind.PERSON),
        place=values.text("place"),
        region=values.text("region"),
        country=values.country("country"),
        licence_number=values.text("licence_number"),
        licence_type="" if licence_type is None else licence_type.value,
        valid_from=values.date("valid_from"),
        valid_until=values.date("valid_until"),
    )


def _event(values: Values, place: _Place) -> EventInput | None:
    kind = values.code_stated("event", LifeEventKind)
    arm_number = values.text("arm_number")
    if kind is None:
        return None
    return EventInput(
        number=place.identity,
        arm_number=arm_number,
        kind=kind,
        happened_on=values.date("happened_on"),
        holder_from=values.text("holder_from"),
        holder_to=values.text("holder_to"),
        place=values.text("place"),
        region=values.text("region"),
        country=values.country("country"),
        document=values.text("document"),
        notes=values.text("notes"),
        source_row=place.row,
        known_at=values.moment("known_on"),
    )


def _loss(values: Values, place: _Place) -> LossInput | None:
    description = _description(values)
    kind = values.code_stated("loss_kind", LossKind)
    if kind is None:
        return None
    return LossInput(
        number=place.identity,
        description=description,
        loss_kind=LifeEventKind(kind.value),
        arm_number=values.text("arm_number"),
        happened_on=values.date("happened_on"),
        reported_on=values.date("reported_on"),
        place=values.text("place"),
        region=values.text("region"),
        holder_number=values.text("holder_number"),
        notes=values.text("notes"),
        source_row=place.row,
        known_at=values.moment("reported_on"),
        item_kind=_other_than_arm(_item_kind(values, description)),
    )


def _declaration(values: Values, place: _Place) -> DeclarationInput:
    """State goods; a column that a file lacks states nothing, an empty one “none”."""
    stated: dict[str, Any] = {}
    for name, text in values.texts.items():
        if (text or name in _EMPTY_IS_NONE) and name in _DECLARED:
            stated[name] = _DECLARED[name](values, name)
    if "hs_code" in stated:
        digits = "".join(filter(str.isdecimal, stated["hs_code"]))
        # A workbook drops the first zero of a number: 090121 comes as 90121.
        stated["hs_code"] = ("0" * (len(digits) in {5, 7}) + digits) or None
    kind = values.code("kind", DeclarationKind, DeclarationKind.DECLARATION)
    return DeclarationInput(
        Declaration(number=place.identity, kind=kind, **stated), values.text("agency")
    )


def _read_code(values: Values, name: str) -> Code | bool | None:
    """Read a member of the field's vocabulary; a yes or no as a truth."""
    codes = values.fields[name].codes or Known
    found = values.code_stated(name, codes)
    if codes is not Known:
        return found
    return None if found in {None, Known.UNKNOWN} else found is Known.YES


_EMPTY_IS_NONE = frozenset({"licence", "deactivation_certificate"})
_BY_SHAPE: dict[Shape, Callable[[Values, str], Any]] = {
    Shape.TEXT: Values.text,
    Shape.DATE: Values.date,
    Shape.NUMBER: Values.number,
    Shape.COUNTRY: Values.country,
    Shape.COUNTRIES: Values.countries,
    Shape.CODE: _read_code,
}
_DECLARED = {
    field.name: _BY_SHAPE[field.shape]
    for field in FIELDS[IntakeKind.DECLARATIONS]
    if field.name not in {"source_number", "kind", "agency"}
}

_STATERS: dict[IntakeKind, Callable[[Values, _Place], Stated | None]] = {
    IntakeKind.RECOVERIES: _recovery,
    IntakeKind.REGISTRY: _arm,
    IntakeKind.HOLDERS: _holder,
    IntakeKind.EVENTS: _event,
    IntakeKind.LOSSES: _loss,
    IntakeKind.DECLARATIONS: _declaration,
}
