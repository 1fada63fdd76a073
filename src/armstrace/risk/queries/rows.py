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
from armstrace.vocabulary.actors import Actor
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


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """A declaration with its outcomes, the latest first."""

    declaration: Declaration
    row: DeclarationRow
    record: DeclarationRecord
    examinations: tuple[Examination, ...]

    @property
    def goods(self) -> Goods:
        return self.row.goods

    @property
    def outcome(self) -> Examination | None:
        """The outcome that holds, None while it is not examined."""
        found = (one for one in self.examinations if one.superseded_at is None)
        return next(found, None)


def declaration_page(declaration_id: int, *, viewer: Actor) -> DeclarationPage:
    """Give one declaration."""
    declaration = Declaration.objects.get_visible(declaration_id, viewer)
    consultations.show_opened(Declaration, declaration_id)
    record = (
        DeclarationRecord.objects.current()
        .select_related("declaration__listed")
        .get(declaration=declaration)
    )
    outcomes = Examination.objects.filter(declaration=declaration)
    examinations = tuple(
        outcomes.select_related("recovery").order_by("-known_at", "-pk")
    )
    held = next((each for each in examinations if each.superseded_at is None), None)
    row = row_of(record, held.find if held is not None else "")
    return DeclarationPage(declaration, row, record, examinations)


def declarations_of_recovery(
    recovery_id: int, *, viewer: Actor
) -> list[tuple[int, str]]:
    """Give the declarations in which a recovery was found: number and reference.

    Nothing is told to whom declarations are not shown.
    """
    if not viewer.may("declaration.view"):
        return []
    outcomes = Examination.objects.visible_to(viewer).current()
    found = outcomes.filter(recovery_id=recovery_id).order_by("declaration_id")
    keys = found.values_list("declaration_id", flat=True)
    return [(key, f"D{key}") for key in keys]
