"""Find the row of headings, below titles and among doubles."""

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.texts import TOTALS

_NUMBER = re.compile(r"[\d\s.,:/+%-]+")
# Letters that Unicode does not take apart into a letter and its accent.
_WITHOUT_ACCENT = str.maketrans("ıłđøð", "ildod")
_SPACE = re.compile(r"[\W_]+")

TITLES = message(
    "%(name)s: the headings are in row %(row)s; row %(rows)s above is treated as a "
    "title."
)


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table."""

    # One for each column, distinct.
    names: tuple[str, ...]
    row: int
    # Its position among the rows that were looked at.
    position: int
    # Numbers of rows above it that hold something.
    above: tuple[int, ...]
    # Headings that stood on several columns.
    doubled: tuple[str, ...]

    def remarks(self, name: str) -> list[Message]:
        """Say in sentences what a reader should know about the headings."""
        said = []
        if self.above:
            rows = ", ".join(map(str, self.above))
            said.append(
                Message(TITLES.template, {"name": name, "row": self.row, "rows": rows})
            )
        said.extend(
            message(
                "%(name)s: several columns have the heading “%(heading)s”; the "
                "later ones are numbered.",
                name=name,
                heading=heading,
            )
            for heading in self.doubled
        )
        return said


def fold(heading: str) -> str:
    """Fold a heading so that case, accents and punctuation do not count."""
    plain = heading.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_WITHOUT_ACCENT))
        plain = "".join(char for char in plain if unicodedata.category(char)[0] != "M")
    return _SPACE.sub(" ", plain).strip()


def placeholder(position: int) -> str:
    """Give the heading of a column that has none in the file, counted from 1."""
    return f"column {position}"


def find(
    rows: Sequence[Row], known: Collection[str], names_a_field: Callable[[str], bool]
) -> Headings | None:
    """Find the headings among a file's first rows.

    Returns:
        The headings; those of a file that has none are numbers of its columns, and
        its position is before the first row. None where no row holds anything.
    """
    scores = [_score(row, lambda cell: fold(cell) in known) for row in rows]
    if max(scores, default=0) < _TWO_HITS:
        with_figures = _columns_with_figures(rows)
        scores = [
            0.0
            if _is_of_values(row, names_a_field, with_figures)
            else max(score, _score(row, names_a_field))
            for score, row in zip(scores, rows, strict=True)
        ]
    if not scores or max(scores) <= 0:
        return _number_columns(rows)
    position = first = scores.index(max(scores))
    cells: Sequence[str] = rows[position].cells
    for upper in (position, position - 1):
        if 0 <= upper < len(rows) - 1:
            joined = _join(rows[upper], rows[upper + 1], names_a_field)
            if joined:
                cells, first, position = joined, upper, upper + 1
                break
    names, doubled = _distinct(_hang(cells, rows[:first]))
    return Headings(
        names=names,
        row=rows[position].number,
        position=position,
        above=tuple(row.number for row in rows[:first] if not row.is_blank),
        doubled=doubled,
    )


def _hang(cells: Sequence[str], above: Sequence[Row]) -> list[str]:
    """Give columns without a heading the one that stands above, as merged cells do."""
    found = list(cells)
    for row in above[: -_ROWS_OF_HEADINGS - 1 : -1]:
        if sum(bool(cell.strip()) for cell in row.cells) < _LEAST_OVER:
            break
        found += [""] * (len(row.cells) - len(found))
        found = [
            low if low.strip() else high
            for low, high in itertools.zip_longest(found, row.cells, fillvalue="")
        ]
    return found


_ROWS_OF_HEADINGS, _LEAST_OVER = 3, 3


def _join(
    upper: Row, lower: Row, names_a_field: Callable[[str], bool]
) -> list[str] | None:
    """Join two rows of headings, such as “Arm” above “Make” and “Model”.

    Args:
        lower: The row below it; nothing stands there below a heading of one column.

    Returns:
        The headings; None where the lower row holds no part of them.
    """
    if upper.damage or lower.damage:
        return None
    pairs = list(itertools.zip_longest(upper.cells, lower.cells, fillvalue=""))
    pairs = [(above.strip(), below.strip()) for above, below in pairs]
    # A cell that is merged over both rows stands in both.
    pairs = [(above, "" if below == above else below) for above, below in pairs]
    is_merged = any(above and not below for above, below in pairs)
    is_group = any(below and not above for above, below in pairs)
    if not is_merged or not is_group:
        return None
    if any(any(map(str.isdigit, below)) for _, below in pairs):
        return None
    joined, group = [], ""
    for above, below in pairs:
        if above:
            group = above if below else ""
        joined.append(f"{group} {below}".strip() if below else above)
    parts = [below for _, below in pairs if below]
    alone = sum(map(names_a_field, parts))
    whole = sum(
        names_a_field(each)
        for each, (_, below) in zip(joined, pairs, strict=True)
        if below
    )
    is_told = alone * 2 >= len(parts) > 1 and whole * 3 >= len(parts) * 2
    return joined if is_told else None


def numbers_columns(row: Row) -> bool:
    """Tell whether a row numbers the columns, as forms of offices do."""
    filled = [(at, cell.strip().rstrip(".")) for at, cell in enumerate(row.cells, 1)]
    filled = [(at, cell) for at, cell in filled if cell]
    return len(filled) > _MOST_BY_CHANCE and all(
        cell == str(number) for number, (_, cell) in enumerate(filled, 1)
    )


_MOST_BY_CHANCE = 3


def is_totals(row: Row) -> bool:
    """Tell whether a row sums up those above it: one such word, and figures alone."""
    first = next(filter(None, map(str.strip, row.cells)), "")
    if TOTALS.match(first) is None:
        return False
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    words = [cell for cell in filled if not _NUMBER.fullmatch(cell)]
    if words != filled[:1] or len(filled) * 2 > len(row.cells) + 1:
        return False
    bare = _SPACE.sub(" ", re.sub(r"\d+", "", first)).strip()
    if TOTALS.fullmatch(bare):
        return True
    # “Total January”: of what it is the total; a day beside it would be a record's.
    return (
        _TOTALS_OF.fullmatch(bare) is not None
        and _FIGURES.fullmatch(" ".join(filled[1:])) is not None
    )


_TOTALS_OF = re.compile(rf"{TOTALS.pattern}(?: [^\W\d_]+){{1,5}}", re.IGNORECASE)
_FIGURES = re.compile(r"\d[\d\s,.%]*")


def is_note(row: Row, width: int) -> bool:
    """Tell whether a row is a note or a title beside the records of a table.

    Its only cell is words: a title over some of the rows in the first column, or,
    wherever it stands, a sentence or what begins with the sign of a footnote.

    Args:
        width: How many headings the table has.
    """
    full = ((at, cell) for at, cell in enumerate(row.cells) if cell.strip())
    filled = list(itertools.islice(full, 2))
    if len(filled) != 1 or width < _LEAST_WIDTH:
        return False
    at, text = filled[0]
    words = _WORDS.findall(text)
    is_sentence = len(words) >= _LEAST_OF_SENTENCE or _OF_NOTE.match(text.strip())
    is_title = at == 0 and len(words) > 1
    return bool(words) and (is_title or bool(is_sentence))


_LEAST_WIDTH, _LEAST_OF_SENTENCE = 4, 4
_WORDS = re.compile(r"[^\W\d_]{2,}")
_OF_NOTE = re.compile(r"[*†‡§¹²³]|\([*\d]\)|\d\) |[^\W\d_]{3,} ?:")


def _number_columns(rows: Sequence[Row]) -> Headings | None:
    """Give headings to a file that has none: the numbers of its columns."""
    width = max((len(row.cells) for row in rows if not row.is_blank), default=0)
    if not width:
        return None
    names = tuple(map(placeholder, range(1, width + 1)))
    return Headings(names=names, row=0, position=-1, above=(), doubled=())


def _columns_with_figures(rows: Sequence[Row]) -> frozenset[int]:
    """Give the columns where half of what stands in them has figures."""
    filled, figured = Counter[int](), Counter[int]()
    for row in rows:
        for at, cell in enumerate(row.cells):
            filled[at] += bool(cell.strip())
            figured[at] += any(map(str.isdigit, cell))
    return frozenset(
        at for at, times in figured.items() if times > 1 and times * 2 >= filled[at]
    )


def _is_of_values(
    row: Row, names_a_field: Callable[[str], bool], with_figures: Collection[int]
) -> bool:
    """Tell whether a row holds values like those of other rows, not their headings."""
    filled = [(at, cell) for at, cell in enumerate(row.cells) if cell.strip()]
    if sum(names_a_field(cell) for _, cell in filled) * 4 >= len(filled) * 3:
        return False
    alike = sum(
        at in with_figures for at, cell in filled if any(map(str.isdigit, cell))
    )
    return alike >= 2 or (alike == 1 and len(filled) <= 3)


_TWO_HITS = 200.0


def _score(row: Row, is_heading: Callable[[str], bool]) -> float:
    filled = [cell for cell in row.cells if cell.strip()]
    if not filled or row.damage:
        return 0.0
    folded = {fold(cell) for cell in filled}
    hits = sum(map(is_heading, set(filled)))
    words = sum(
        not _NUMBER.fullmatch(cell.strip()) and len(cell) <= 120 for cell in filled
    )
    if not words or (words < len(filled) / 2 and not hits):
        return 0.0
    distinct = len(folded) / len(filled)
    return 100.0 * hits + words * distinct - 0.05 * row.number * (not hits)


def _distinct(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: list[str] = []
    doubled: list[str] = []
    for position, cell in enumerate(cells, 1):
        plain = " ".join(cell.split()) or placeholder(position)
        name, copy = plain, 2
        while name in names:
            name, copy = f"{plain} ({copy})", copy + 1
        if name != plain and plain not in doubled:
            doubled.append(plain)
        names.append(name)
    while names and not cells[len(names) - 1].strip():
        names.pop()
    return tuple(names), tuple(doubled)
