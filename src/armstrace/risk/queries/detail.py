"""One declaration: what is stated, its points, what was found."""

from dataclasses import dataclass

from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.audit import consultations
from armstrace.risk.models import Declaration, DeclarationRecord, Examination
from armstrace.risk.queries.rows import DeclarationRow, row_of
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """A declaration with its outcomes, the latest first."""

    declaration: Declaration
    row: DeclarationRow
    record: DeclarationRecord
    examinations: tuple[Examination, ...]

    @property
    def goods(self) -> Goods:
        """What is declared."""
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
