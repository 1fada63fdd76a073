"""From a description to the columns that keep it and its reading."""

from collections.abc import Iterable, Mapping
from typing import Any

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import NOT_OF_MAKER, Identification
from armstrace.analysis.marks.makes import NOT_LISTED
from armstrace.analysis.marks.readings import Reading

# Characters of a serial's search key that are kept, and looked up.
LONGEST_SEARCHED = 120


# Where each mark is kept as it was written.
MARK_COLUMNS = {
    "description.type": "type_as_written",
    "description.make": "make_as_written",
    "description.model": "model_as_written",
    "description.calibre": "calibre_as_written",
    "description.serial": "serial_as_marked",
    "description.country": "country_as_written",
    "description.import_mark": "import_mark_as_written",
    "description.other": "other_marks_as_written",
}
# What interfaces call each mark.
MARK_NAMES = {path: path.removeprefix("description.") for path in MARK_COLUMNS} | {
    "description.type": "arm_type",
    "description.country": "country_of_manufacture",
    "description.other": "other_marks",
}


def bears_make(make: str, readings: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether an arm bears the name of a maker, listed in the table or not."""
    rules = (each["rule"] for each in readings if each["field"] == "make")
    return bool(make) or NOT_LISTED in rules


def mark_columns(description: Description, found: Identification) -> dict[str, Any]:
    """Give the columns of ``DescribedArm``: as written, and as read."""
    # Readings are shortened where they repeat a long text that no vocabulary knows:
    # they are what is searched, and the text itself stands whole beside them.
    return {
        "type_as_written": description.type,
        "make_as_written": description.make,
        "model_as_written": description.model,
        "calibre_as_written": description.calibre,
        "serial_as_marked": description.serial,
        "country_as_written": description.country,
        "import_mark_as_written": description.import_mark,
        "other_marks_as_written": description.other,
        "arm_type": found.arm_type.value,
        "make": found.make[:120],
        "model": found.model[:120],
        "calibre": found.calibre[:80],
        "serial_status": found.serial_status.value,
        "serial_search": found.serial_search[:LONGEST_SEARCHED],
        "country_of_manufacture": _origin(found),
        "import_country": found.import_country,
        "import_year": found.import_year,
        "year_of_manufacture": found.year_of_manufacture,
        "readings": [
            *(_reading(each) for each in found.readings),
            {"field": "vocabularies", "value": found.vocabularies},
        ],
    }


def _origin(found: Identification) -> str:
    """Give the country that the arm is marked with; else that of its maker.

    A mark that was read does not yield to the maker's home: a branch abroad bears
    the maker's name too. A country in which the maker is not known to work is none.
    """
    marked = next(r for r in found.readings if r.field == "country")
    is_taken = marked.value and marked.rule != NOT_OF_MAKER
    return marked.value if is_taken else found.make_country


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "field": reading.field,
        "value": reading.value,
        "certainty": reading.certainty.value,
        "rule": reading.rule,
        "note": reading.note.to_json() if reading.note else "",
    }
