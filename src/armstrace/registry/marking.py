"""Whether an arm bears the marks that the law asks for, as the profile says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from armstrace.records import jurisdiction
from armstrace.registry import rules
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.profiles import MarkAsked

READ = frozenset({SerialStatus.COMPLETE.value, SerialStatus.RESTORED.value})
COLUMNS = {
    MarkAsked.MAKE: "make",
    MarkAsked.MODEL: "model",
    MarkAsked.CALIBRE: "calibre",
    MarkAsked.COUNTRY: "country_as_written",
    MarkAsked.YEAR: "year_of_manufacture",
    MarkAsked.IMPORT_COUNTRY: "import_country",
    MarkAsked.IMPORT_YEAR: "import_year",
}
"""Where each mark is read from; the country is asked for on the arm itself."""


def require_marks(
    record: Mapping[str, Any], event: LifeEventKind, *, on: date, reason: str
) -> None:
    """Refuse an arm without the marks that the law of the day asks for.

    Args:
        record: Columns of an arm's record, as they were read.
        event: What happens to the arm.
        reason: Why it is registered nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``MK-01``, the law lets no such arm pass; ``MK-02``, it asks for
            a reason and there is none.
    """
    for law in jurisdiction.profile().markings_asked(event, on):
        lacks = tuple(each for each in law.marks if not _bears(record, each))
        told = rules.Marking(lacks, law.strength, reason)
        rules.MARKED.require(told)
        rules.MARKED_OR_REASONED.require(told)


def _bears(record: Mapping[str, Any], asked: MarkAsked) -> bool:
    if asked is MarkAsked.SERIAL:
        return record["serial_status"] in READ
    return bool(record[COLUMNS[asked]])
