"""From canonical fields to what an app's actions take as stated."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.marks import identify, types
from armstrace.analysis.marks.description import Description
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import ARMS
from armstrace.intake import quantities
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, LossKind
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.reading_values import Values, start_of
from armstrace.licensing.inputs import HolderInput
from armstrace.recoveries.fields import FIELDS, MARKS, PLACE, not_kept_of
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.registry.inputs import ArmInput, EventInput, LossInput
from armstrace.risk.inputs import DeclarationInput
from armstrace.vocabulary.arms import ItemKind, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.risk import DeclarationKind
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten, split_list

SAID = Sentences(__package__)
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
    """Read a row as a statement, or give None and what is in its way."""
    if "agency" in texts and not texts["agency"]:
        texts["agency"] = setting.agency
    values = Values(texts, setting.kind, setting.order, setting.at.astimezone().date())
    stated = _STATERS[setting.kind](values, _Place(identity, row))
    if values.troubles:
        return None, values.troubles
    return stated, []


_MARKS = {each.name: each.attribute for each in FIELDS if each.part == MARKS}
_PLACE = {each.name: each.attribute for each in FIELDS if each.part == PLACE}
# Read by themselves: they decide what else the row can tell.
_APART = frozenset(
    {"source_number", "item_kind", "loss_kind", "recovered_on", "recovered_until"}
    | {"known_on"}
)


def _take(stated: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Take some fields out of a row, by their names in that part of the input."""
    return {own: stated.pop(name) for name, own in names.items() if name in stated}


def _description(stated: dict[str, Any]) -> Description:
    return Description(**_take(stated, _MARKS))


def _recovery(values: Values, place: _Place) -> RecoveryInput | LossInput | None:
    loss: LossKind | None = values.give("loss_kind")
    # A loss may stand where the kind of recovery is asked for.
    loss = loss or LossKind.__members__.get(values.texts.get("recovery_kind", ""))
    if loss is not None:
        return _report_loss(values, place, loss)
    stated = values.read(without=_APART)
    description = _description(stated)
    item_kind = _require_one_item(values, description, stated.get("quantity"))
    recovered = values.span("recovered_on", "recovered_until")
    known_at = start_of(values.give("known_on"))
    if values.troubles or recovered is None:
        return None
    if left := _not_kept(values, item_kind):
        stated["notes"] = " ".join(filter(None, (stated.get("notes"), *left)))
    return RecoveryInput(
        number=place.identity,
        recovered_on=recovered.first,
        recovered_until=recovered.until,
        description=description,
        item_kind=item_kind,
        where=PlaceInput(**_take(stated, _PLACE)),
        source_row=place.row,
        known_at=known_at,
        **{"agency": "", **stated},
    )


def _not_kept(values: Values, kind: ItemKind) -> list[str]:
    """Write out the marks for which the record of a part or ammunition has no place.

    A person is none of them: notes are read by everybody who sees the record.
    """
    return [
        f"{str(words_of(each.name)).capitalize()}: {text}."
        for each in not_kept_of(kind)
        if not each.is_personal and (text := values.texts.get(each.name))
    ]


def _item_kind(
    values: Values, description: Description, stated: ItemKind | None = None
) -> ItemKind:
    """Read the kind of item from its marks; another object than one is held."""
    found = types.read_type(description.type).reading
    if found.value == types.NOT_AN_ARM:
        sentence = SAID.say("NO_ITEM", words=shorten(description.type, 40))
        values.troubles.append(Trouble(Reason.NOT_AN_ARM, "arm_type", sentence))
    return identify.identify(description).item_kind if stated is None else stated


def _require_one_item(
    values: Values, description: Description, quantity: int | None = None
) -> ItemKind:
    """Give the kind of item, and hold a row of several arms, as each has its marks."""
    item_kind: ItemKind | None = None
    if "item_kind" in values.fields:
        item_kind = values.give("item_kind")
    if item_kind in {None, ItemKind.ARM}:
        # A column that calls everything an arm says nothing of a knife or a vest.
        item_kind = _item_kind(values, description, item_kind)
    count = max(quantity or 0, types.count_of(values.texts.get("arm_type", "")))
    if item_kind is ItemKind.ARM and count > 1:
        sentence = SAID.say("SEVERAL_ARMS", count=count)
        is_counted = quantity is not None and quantity > 1
        field = "quantity" if is_counted else "arm_type"
        values.troubles.append(Trouble(Reason.SEVERAL_ARMS, field, sentence))
    # What was sealed or taken into custody by itself is one arm with two numbers.
    is_apart = any(map(values.texts.get, ("seal_number", "custody_number")))
    numbers = [] if is_apart else _several(description.serial)
    if item_kind is ItemKind.ARM and numbers:
        sentence = SAID.say("SEVERAL_SERIALS", numbers=numbers)
        values.troubles.append(Trouble(Reason.SEVERAL_ARMS, "serial", sentence))
    return item_kind


def _several(serial: str) -> list[str]:
    """Give the numbers of several arms: different ones of one shape, side by side."""
    numbers = [] if serial.isalnum() else split_list(serial)
    if len(numbers) < 2 or len(set(numbers)) < len(numbers):
        return []
    shapes = {re.sub(r"[^\W\d_]", "A", re.sub(r"\d", "9", each)) for each in numbers}
    return numbers if len(shapes) == 1 and "9" in shapes.pop() else []


def _require_marks(values: Values, description: Description) -> None:
    """Hold a report of loss that names nothing by which the item is known again."""
    told = description.type, description.make, description.model, description.serial
    if not any(told) and not values.texts.get("arm_number"):
        sentence = SAID.say("NOTHING_KNOWN")
        values.troubles.append(Trouble(Reason.MISSING_FIELD, "serial", sentence))


def _report_loss(values: Values, place: _Place, loss: LossKind) -> LossInput | None:
    """State a loss from a row of a file of recoveries: nobody holds the item."""
    description = Description(
        **{own: values.text(name) for name, own in _MARKS.items()}
    )
    item_kind = _require_one_item(values, description, values.give("quantity"))
    _require_marks(values, description)
    happened = values.span("recovered_on", "recovered_until", said_of="happened_on")
    known_at = start_of(values.give("known_on"))
    if happened is None:
        return None
    return LossInput(
        number=place.identity,
        description=description,
        loss_kind=LifeEventKind(loss.value),
        happened_on=happened.first,
        happened_until=happened.until,
        place=values.text("place"),
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
    return " ".join(filter(None, told))


def _arm(values: Values, place: _Place) -> ArmInput | None:
    stated = values.read(without=("source_number",))
    description = _description(stated)
    _require_one_item(values, description)
    if any((description.make, description.model, description.serial)):
        return ArmInput(place.identity, description, source_row=place.row, **stated)
    sentence = SAID.say("NOTHING_MARKED")
    values.troubles.append(Trouble(Reason.MISSING_FIELD, "serial", sentence))
    return None


def _holder(values: Values, place: _Place) -> HolderInput | None:
    stated = values.read(without=("holder_number",))
    if values.troubles:
        return None
    return HolderInput(place.identity, **stated)


def _event(values: Values, place: _Place) -> EventInput | None:
    stated = values.read(without=("source_number", "known_on"))
    known_at = start_of(values.give("known_on"))
    if values.troubles:
        return None
    kind = stated.pop("event")
    return EventInput(
        number=place.identity,
        kind=kind,
        known_at=known_at,
        source_row=place.row,
        **stated,
    )


def _loss(values: Values, place: _Place) -> LossInput | None:
    stated = values.read(without=("source_number",))
    description = _description(stated)
    item_kind = _require_one_item(values, description)
    _require_marks(values, description)
    if values.troubles:
        return None
    return LossInput(
        number=place.identity,
        description=description,
        loss_kind=LifeEventKind(stated.pop("loss_kind").value),
        source_row=place.row,
        known_at=start_of(stated.get("reported_on")),
        item_kind=_other_than_arm(item_kind),
        **stated,
    )


def _declaration(values: Values, place: _Place) -> DeclarationInput:
    """State goods; a column that a file lacks states nothing, an empty one “none”."""
    stated: dict[str, Any] = {
        name: _as_truth(value)
        for name, value in values.read(without=("source_number", "agency")).items()
    }
    _require_a_country(values)
    stated |= {name: "" for name in _EMPTY_IS_NONE if values.texts.get(name) == ""}
    money = stated.get("currency") or values.texts.get("value", "")
    if not money[-1:].isdecimal() or not money[0].isdecimal():  # hardly any row
        stated["currency"] = quantities.currency_of(money) or stated.get("currency")
        _require_a_currency(values, stated["currency"])
    if "hs_code" in stated:
        stated["hs_code"] = _code_of_goods(stated["hs_code"])
        _require_a_code_of_goods(values, stated["hs_code"])
    stated = {"kind": DeclarationKind.DECLARATION, **stated}
    return DeclarationInput(
        Declaration(number=place.identity, **stated), values.text("agency")
    )


def _code_of_goods(text: str) -> str | None:
    """Give the digits of a code; of several in one cell, that of arms or the first."""
    digits = text if text.isdecimal() else "".join(filter(str.isdecimal, text))
    if len(digits) >= 2 * _SUBHEADING_DIGITS:
        parts = ("".join(filter(str.isdecimal, part)) for part in _SEVERAL.split(text))
        codes = [part for part in parts if len(part) >= _SUBHEADING_DIGITS]
        first = next(iter(codes), digits)
        return next((each for each in codes if each.startswith(ARMS)), first)
    # A workbook drops the first zero of a number: 090121 comes as 90121.
    return ("0" * (len(digits) in {5, 7, 9}) + digits) or None


def _require_a_code_of_goods(values: Values, digits: str | None) -> None:
    text = values.texts["hs_code"]
    if not digits and not quantities.is_unstated(text):
        sentence = SAID.say("NO_HS_CODE", text=shorten(text, 40))
        values.troubles.append(Trouble(Reason.UNKNOWN_CODE, "hs_code", sentence))


def _require_a_currency(values: Values, money: str | None) -> None:
    """Hold three letters that are no currency; a sign or a word stays as written."""
    if money and _LETTERS.fullmatch(money) and not quantities.is_currency(money):
        sentence = SAID.say("NO_CURRENCY", text=money)
        values.troubles.append(Trouble(Reason.UNKNOWN_CODE, "currency", sentence))


def _as_truth(value: object) -> object:
    """Give yes or no as a truth, and what is not known as nothing."""
    if not isinstance(value, Known):
        return value
    return None if value is Known.UNKNOWN else value is Known.YES


def _require_a_country(values: Values) -> None:
    asked = [values.texts[name] for name in _COUNTRIES if name in values.texts]
    if asked and not any(asked):
        sentence = SAID.say("NO_PLACES")
        values.troubles.append(Trouble(Reason.MISSING_FIELD, "origin", sentence))


_LETTERS = re.compile("[A-Z]{3}")
_SEVERAL = re.compile(r"[,;|&/]")
_SUBHEADING_DIGITS = 6
_COUNTRIES = ("origin", "departure", "destination")
_EMPTY_IS_NONE = ("licence", "deactivation_certificate")

_STATERS: dict[IntakeKind, Callable[[Values, _Place], Stated | None]] = {
    IntakeKind.RECOVERIES: _recovery,
    IntakeKind.REGISTRY: _arm,
    IntakeKind.HOLDERS: _holder,
    IntakeKind.EVENTS: _event,
    IntakeKind.LOSSES: _loss,
    IntakeKind.DECLARATIONS: _declaration,
}
