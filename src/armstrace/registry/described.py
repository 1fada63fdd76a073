"""From a description to the columns that keep it and its reading."""

from typing import Any

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import Identification
from armstrace.analysis.marks.readings import Reading

LONGEST_SEARCHED = 120
"""Characters of a serial's search key that are kept, and looked up."""


def described_columns(
    description: Description, found: Identification
) -> dict[str, Any]:
    """Give the columns of ``DescribedArm``: as written, and as read.

    Args:
        description: The marks, verbatim.
        found: Their reading.
    """
    return {
        "type_as_written": description.type[:120],
        "make_as_written": description.make[:200],
        "model_as_written": description.model[:200],
        "calibre_as_written": description.calibre[:120],
        "serial_as_marked": description.serial[:400],
        "country_as_written": description.country[:120],
        "import_mark_as_written": description.import_mark[:200],
        "other_marks_as_written": description.other[:400],
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

    A mark that was read never yields to what is known of a maker: a licensed copy
    or a branch abroad bears the maker's name too.
    """
    marked = next((r.value for r in found.readings if r.field == "country"), "")
    return marked or found.make_country


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "field": reading.field,
        "value": reading.value,
        "certainty": reading.certainty.value,
        "rule": reading.rule,
        "note": reading.note.stored() if reading.note else "",
    }
