"""Identify an arm from its marks as they were written.

Source:
    ITI, paras. 7-10 and 17; MOSAIC 05.31: type, make, model, calibre, serial
    number, country of manufacture or of most recent import.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from armstrace.analysis.marks import (
    calibres,
    crossing,
    import_marks,
    makes,
    manufacture_marks,
    models,
    places,
    proof_marks,
    readings,
    serial_years,
    serials,
    spelling,
    tables,
    types,
)
from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty, MarkKind, SerialStatus
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


@dataclass(frozen=True, slots=True)
class Identification:
    """An item as read from its marks; what is not known is empty."""

    arm_type: ArmType
    # Arm, part or ammunition.
    item_kind: ItemKind
    # Canonical make.
    make: str
    # ISO 3166-1 alpha-2 of the maker, not of the importer.
    make_country: str
    model: str
    # Canonical calibre.
    calibre: str
    # How the serial number stands on the arm.
    serial_status: SerialStatus
    # Search key of the serial number.
    serial_search: str
    # Year that the number tells, by a known rule.
    year_of_manufacture: int | None
    # ISO 3166-1 alpha-2 of the State of the import mark.
    import_country: str
    import_year: int | None
    # Search key of the number that the import mark carries.
    import_number: str
    # How it was made, where the words say so.
    production_class: ProductionClass
    # What the person at the desk should know, in sentences.
    notes: tuple[Message, ...]
    # Every field as written beside its reading.
    readings: tuple[readings.Reading, ...]
    # Which rule read each field that is stated, and how sure that is.
    rules: str
    vocabularies: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """Everything but the serial number, which few items share."""

    type: types.TypeReading
    make: makes.MakeReading
    model: readings.Reading
    calibre: readings.Reading
    imported: import_marks.ImportReading
    production_class: ProductionClass
    not_serials: frozenset[str]
    notes: tuple[Message, ...]
    readings: tuple[readings.Reading, ...]
    rules: str


def identify(description: Description) -> Identification:
    """Identify an item from its marks as written.

    Returns:
        Canonical values, the serial's status and key, and every reading beside
        its text. Unknown stays unknown: an empty value, with a note where the
        writer said so.
    """
    marks = _marks(_texts(description))
    serial = serials.read_serial(description.serial, marks.make.name)
    if serial.search in marks.not_serials:
        serial = _not_a_serial(serial)
    note = serial.reading.note
    year = _year(serial, marks)
    return Identification(
        marks.type.arm_type,
        marks.type.item_kind,
        marks.make.name,
        marks.make.country,
        marks.model.value,
        marks.calibre.value,
        serial.status,
        serial.search,
        int(year.value) if year else None,
        marks.imported.country,
        marks.imported.year,
        serials.search_key(marks.imported.serial),
        marks.production_class,
        (*marks.notes, _of_field("serial", note)) if note else marks.notes,
        (
            *marks.readings,
            *((year,) if year else ()),
            *_other_numbers(serial),
            serial.reading,
        ),
        marks.rules + "serial " + serial.reading.rule + " " + serial.reading.certainty,
        tables.version(),
    )


def unread(serial: str) -> Message:
    """Say that a serial number was read in part; nothing of one that is whole.

    Args:
        serial: Search key, ``?`` and ``*`` where nothing was read.
    """
    if not {"?", "*"} & set(serial):
        return NOTHING
    return SAID.say("READ_IN_PART", serial=serial)


def _other_numbers(serial: serials.SerialReading) -> Iterator[readings.Reading]:
    """Give the further numbers in the serial field, each with its place."""
    for one in serial.others:
        text, rule = serial.reading.as_written, f"OTHER_{one.kind.value}"
        yield readings.Reading(
            OTHER_NUMBER, text, one.code, Certainty.LIKELY, rule, one.place
        )


def _year(serial: serials.SerialReading, marks: _Marks) -> readings.Reading | None:
    """Give the reading of the year, with the source of its rule."""
    text = serial.reading.as_written
    found = serial_years.year_and_rule(
        serial.search, marks.make.name, marks.type.arm_type, marks.calibre.value
    )
    year = found[0] if found else serial.year
    if year is None:
        return None
    rule, source = ("SERIAL_RULE", found[1].source) if found else (_STRING, "")
    return readings.Reading(
        "year", text, str(year), Certainty.LIKELY, rule, Message(source)
    )


_STRING = "MANUFACTURE_STRING"
# The field of the reading of a further number in the serial field.
OTHER_NUMBER = "other_number"


def _texts(description: Description) -> tuple[str, ...]:
    return (
        description.type,
        description.make,
        description.model,
        description.calibre,
        description.country,
        description.import_mark,
        description.other,
    )


@tables.remember_results(65536)
def _marks(texts: tuple[str, ...]) -> _Marks:
    kind_text, make_text, model_text, calibre_text, country, import_mark, other = texts
    kind = types.read_type(kind_text)
    make = makes.imply_maker(model_text, makes.read_make(make_text))
    model = models.read_model(model_text, make.name, kind.arm_type)
    if not model_text.strip() and make.reading.rule == "WITHIN":
        model = _model_with_make(make_text, make.name, kind.arm_type) or model
    calibre = calibres.read_calibre(calibre_text, kind.arm_type)
    model, calibre = crossing.cross(model, calibre, make.name, kind.arm_type)
    kind = types.by_bore(kind, calibre.value)
    imported = import_marks.read_import_mark(import_mark)
    origin = _of_maker(make, places.read_country(country))
    proof = _other_mark(other)
    every = (kind.reading, make.reading, model, calibre, origin, imported.reading)
    read = (*every, proof) if other else every
    notes = [_of_field(one.field, one.note) for one in read if one.note]
    notes += _contradictions(make, origin)
    return _Marks(
        kind,
        make,
        model,
        calibre,
        imported,
        _production(kind, make),
        _not_serials(model_text, make_text, calibre_text),
        tuple(notes),
        read,
        "".join(
            f"{one.field} {one.rule} {one.certainty.value}; "
            for one in read
            if one.rule != "EMPTY"
        ),
    )


def _model_with_make(text: str, make: str, kind: ArmType) -> readings.Reading | None:
    """Read the model where one field holds maker and model, as "CZ 75" does."""
    read = models.read_model(text, make, kind)
    is_listed = read.certainty is Certainty.CERTAIN
    if not read.value or not (is_listed or any(map(str.isdigit, read.value))):
        return None
    note = message("read in the field of the make")
    return replace(read, certainty=Certainty.LIKELY, rule="WITH_MAKE", note=note)


def _other_mark(text: str) -> readings.Reading:
    """Read a manufacturer's mark into its parts, any other as a proof mark."""
    mark = manufacture_marks.read_manufacture_mark(text)
    if mark is None:
        return proof_marks.read_proof_mark(text)
    return readings.Reading(
        "other", text, mark.country, Certainty.LIKELY, _STRING, mark.in_words()
    )


# Rule of a country that stands in the field but is none in which the maker works.
NOT_OF_MAKER = "NOT_OF_MAKER"
_SURE = frozenset({Certainty.CERTAIN, Certainty.LIKELY})


def _of_maker(make: makes.MakeReading, origin: readings.Reading) -> readings.Reading:
    """Doubt a country in which the maker that was read is not known to work."""
    listed = makes.make_named(make.name)
    if (
        listed is None
        or make.role not in makes.MAKES_ARMS
        or make.reading.certainty not in _SURE
        or not listed.countries
        or origin.value in {"", *listed.countries}
    ):
        return origin
    note = SAID.say("MADE_ELSEWHERE", make=make.name, written=origin.value)
    return replace(origin, certainty=Certainty.DOUBTFUL, rule=NOT_OF_MAKER, note=note)


def _contradictions(make: makes.MakeReading, origin: readings.Reading) -> list[Message]:
    notes = []
    is_brand = make.role is makes.MakeRole.BRAND
    if is_brand and make.country and origin.value not in {"", make.country}:
        notes.append(
            SAID.say(
                "MAKE_OF_OTHER_COUNTRY",
                make=make.name,
                country=make.country,
                written=origin.value,
            )
        )
    if make.role in {makes.MakeRole.IMPORTER, makes.MakeRole.RETAILER}:
        notes.append(SAID.say("NO_MAKER", make=make.name, role=make.role))
    return notes


def _of_field(field: str, note: Message) -> Message:
    return message("%(field)s: %(note)s", field=field, note=note)


def _production(kind: types.TypeReading, make: makes.MakeReading) -> ProductionClass:
    """Take a named maker of arms as industrial, unless the words say otherwise."""
    if kind.production_class is not ProductionClass.UNKNOWN:
        return kind.production_class
    sure = make.reading.certainty in _SURE
    if kind.item_kind is ItemKind.ARM and sure and make.role in makes.MAKES_ARMS:
        return ProductionClass.INDUSTRIAL
    return ProductionClass.UNKNOWN


def _not_serials(*texts: str) -> frozenset[str]:
    """Collect the keys of other marks that are miscopied into the serial field."""
    keys = {serials.search_key(text) for text in texts}
    keys |= {spelling.squash(text.removesuffix(".0")) for text in texts}
    return frozenset(key for key in keys if len(key) > 1)


def _not_a_serial(serial: serials.SerialReading) -> serials.SerialReading:
    note = message("repeats the make, the model or the calibre; not a serial number")
    text = serial.reading.as_written
    reading = readings.unread("serial", text, "NOT_A_SERIAL", note)
    return serials.SerialReading(
        SerialStatus.UNKNOWN, "", "", MarkKind.MODEL, None, reading
    )
