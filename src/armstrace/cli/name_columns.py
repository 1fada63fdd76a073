"""Find the column of names in a table, by its heading in several languages."""

from collections.abc import Iterator
from dataclasses import dataclass

from armstrace.cli import main
from armstrace.intake.fields import IntakeKind
from armstrace.intake.tables import headings
from armstrace.intake.tables.heading_words import meanings, name_score
from armstrace.intake.tables.rows import Row, Table
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import quote
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
NAMES = ("name", "namealias wholename")
SURE = 0.7
GIVEN = frozenset({
    "first name", "first names", "forename", "forenames", "given name", "given names",
    "middle name", "nome", "nombre", "nombres", "prenom", "prenoms", "vorname",
    "vornamen", "имя", "отчество",
})  # fmt: skip
FAMILY = frozenset({
    "apellido", "apellidos", "cognome", "familienname", "family name", "last name",
    "nachname", "nom", "nom de famille", "sobrenome", "surname", "фамилия",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Where the name stands: one column, or given names and family name."""

    places: tuple[int, ...]
    # What stands where headings do is a name, as in a bare list of names.
    has_no_heading: bool = False

    def name_of(self, row: Row) -> str:
        """Give the name in a row; empty where there is none."""
        cells = (row.cells[at].strip() for at in self.places if at < len(row.cells))
        return " ".join(filter(None, cells))

    def rows_of(self, table: Table) -> Iterator[Row]:
        """Give the rows of names that hold anything."""
        if self.has_no_heading:
            yield Row(table.heading_row, table.headings)
        yield from (row for row in table.rows if not row.is_blank)


def find(table: Table, remarks: list[str]) -> NameColumns:
    """Find the names of a table, and say what was taken for them.

    Raises:
        InvalidInput: No column is headed as names are.
    """
    folded = [headings.fold(heading) for heading in table.headings]
    for name in NAMES:
        if name in folded:
            return NameColumns((folded.index(name),))
    places = _parts(folded) or _likeliest(table)
    if not places:
        raise InvalidInput(SAID.say("NO_NAME_COLUMN", table=table.name), field="name")
    said = SAID.say(
        "NAMES_READ_FROM",
        table=table.name,
        headings=[quote(table.headings[at]) for at in places],
    )
    remarks.append(main.say(said))
    is_bare = len(folded) == 1 and not meanings(table.headings[0]).found
    return NameColumns(places, has_no_heading=is_bare)


def _parts(folded: list[str]) -> tuple[int, ...]:
    """Give the columns of given names and of the family name, where both are there."""
    given = [at for at, heading in enumerate(folded) if heading in GIVEN]
    family = [at for at, heading in enumerate(folded) if heading in FAMILY]
    return (*given, *family) if given and family else ()


def _likeliest(table: Table) -> tuple[int, ...]:
    if len(table.headings) == 1:
        return (0,)
    scores = [name_score(each, "name", IntakeKind.HOLDERS) for each in table.headings]
    best = max(scores)
    return (scores.index(best),) if best >= SURE and scores.count(best) == 1 else ()
