"""How a mark as written was understood, and how sure that is."""

from dataclasses import dataclass

from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import NOTHING, Message


@dataclass(frozen=True, slots=True)
class Reading:
    """One mark as written beside its reading.

    Args:
        field: The field of the description, such as ``make``.
        as_written: The text exactly as it came.
        value: The canonical value; empty where nothing is known.
        certainty: How sure the reading is.
        rule: Code of the reading rule, such as ``ALIAS`` or ``FUZZY``.
        note: What the person at the desk should know; often empty.
    """

    field: str
    as_written: str
    value: str
    certainty: Certainty
    rule: str
    note: Message = NOTHING


def unread(field: str, as_written: str, rule: str, note: Message = NOTHING) -> Reading:
    """Give the reading of a field that holds no value; the rule says why."""
    return Reading(field, as_written, "", Certainty.NONE, rule, note)


def not_stated(field: str, as_written: str) -> Reading:
    """Give the reading of a field in which nothing stands."""
    return unread(field, as_written, "EMPTY")
