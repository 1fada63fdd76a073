"""What lists of declarations show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.analysis.risk.scoring import Point
from armstrace.audit import consultations
from armstrace.records.lookups import among
from armstrace.risk.models import Declaration, DeclarationRecord, Examination
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.risk import Find


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """One declaration in a list.

    Args:
        score: Log-odds; it selects and proves nothing.
        reasons: Its points, the weightiest first.
        find: A code of ``Find``; empty while it is not examined.
        lane: ``SCORE``, ``CONTROL``, or empty where it is on no list.
    """

    declaration_id: int
    number: str
    agency: str
    goods: Goods
    score: float
    reasons: tuple[Point, ...]
    find: str
    lane: str = ""

    @property
    def declared_on(self) -> date | None:
        """The day on which it was declared."""
        return self.goods.declared_on

    @property
    def base(self) -> float:
        """Points at which the score began, before its reasons."""
        return self.score - sum(each.weight for each in self.reasons)

    @property
    def reference(self) -> str:
        """The number that people write and type."""
        return f"D{self.declaration_id}"

    @property
    def is_arms(self) -> bool:
        """Whether arms, parts or ammunition were found."""
        return bool(self.find) and Find(self.find).is_arms


def reasons_of(points: Iterable[Any]) -> tuple[Point, ...]:
    """Give the points that a record keeps."""
    return tuple(
        Point(code, weight, Message.read(sentence)) for code, weight, sentence in points
    )


def describe(records: Iterable[DeclarationRecord]) -> list[DeclarationRow]:
    """Describe declarations by their current records, in the order given."""
    given = list(records)
    ids = [each.declaration_id for each in given]
    finds = dict(
        Examination.objects.current()
        .filter(among("declaration_id", ids))
        .values_list("declaration_id", "find")
    )
    consultations.show_all(Declaration, ids)
    return [row_of(each, finds.get(each.declaration_id, "")) for each in given]


def row_of(record: DeclarationRecord, find: str) -> DeclarationRow:
    """Give the row of one declaration; ``declaration`` and ``listed`` are loaded."""
    declaration = record.declaration
    listed = getattr(declaration, "listed", None)
    return DeclarationRow(
        declaration_id=declaration.pk,
        number=declaration.source_number,
        agency=declaration.agency,
        goods=record.goods,
        score=record.score,
        reasons=reasons_of(record.points),
        find=find,
        lane=listed.lane if listed is not None else "",
    )
