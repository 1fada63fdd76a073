"""Write Markdown: tables, headings and links, always in the same way."""

from collections.abc import Iterable, Sequence

NOTE = "<!-- Made from the code by docs/generate.py; edit the code instead. -->"


def page(title: str, sentence: str, *parts: str) -> str:
    """Write a page: title, one sentence that stands alone, parts."""
    return "\n\n".join([f"# {title}", NOTE, sentence, *parts]) + "\n"


def section(title: str, *parts: str) -> str:
    """Write a section of a page."""
    return "\n\n".join([f"## {title}", *parts])


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; a bar inside a cell is escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(
        f"| {' | '.join(_cell(value) for value in row)} |" for row in lines
    )


def code(text: object) -> str:
    """Write code in a line; nothing where there is none."""
    return f"`{text}`" if str(text) else ""


def anchor(name: str) -> str:
    """Write a place that links lead to."""
    return f'<a id="{name}"></a>'


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
