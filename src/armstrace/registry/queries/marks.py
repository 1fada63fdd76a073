"""Arms by what they bear beside their own serial number: marks, numbers of parts."""

from dataclasses import dataclass

from armstrace.analysis.marks.serials import search_key
from armstrace.audit import consultations
from armstrace.records.lookups import Column, columns_holding
from armstrace.registry.models import Arm, Mark, Part
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.marks import MarkKind

# More arms than a person compares bear what tells none apart, such as a proof mark.
MOST = 20


@dataclass(frozen=True, slots=True)
class Borne:
    """A mark of an arm, or the number of a part on it."""

    arm_id: int
    part: PartType
    kind: MarkKind
    text: str


def borne(text: str, *, viewer: Actor) -> tuple[Borne, ...]:
    """Give the arms that bear a text as another mark, or on a part.

    Args:
        text: As it is read on the arm; case, blanks and dashes do not count.
    """
    viewer.require("registry.view")
    found = bearing(search_key(text))
    for each in found:
        consultations.show(Arm, each.arm_id)
    return found


def bearing(key: str) -> tuple[Borne, ...]:
    """Give what bears a search key, for a query that has asked the permission."""
    columns = tuple(Column(model, "search", is_current=True) for model in (Mark, Part))
    if not key or not columns_holding([key], columns):
        return ()
    marks = Mark.objects.current().filter(search=key)
    parts = Part.objects.current().filter(search=key)
    found = [
        Borne(
            row.arm_id, PartType(row.component), MarkKind(row.kind), row.text_as_marked
        )
        for row in marks.order_by("-pk")[:MOST]
    ]
    found += [
        Borne(
            row.arm_id, PartType(row.part_type), MarkKind.SERIAL, row.serial_as_marked
        )
        for row in parts.order_by("-pk")[:MOST]
        if row.arm_id
    ]
    return tuple(found)
