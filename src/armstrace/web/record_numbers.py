"""Numbers of records, and the pages that they name."""

import re

REFERENCE = re.compile(r"([ARBKSarbks])([1-9][0-9]{0,17})")
PAGES = {
    "A": "arm",
    "R": "recovery",
    "B": "ballistic-mark",
    "K": "comparison",
    "S": "mark-search-run",
}


def reference_of(text: str) -> tuple[str, int] | None:
    """Give the page that a record's number names, None for anything else."""
    found = REFERENCE.fullmatch(text.strip())
    return (PAGES[found[1].upper()], int(found[2])) if found else None
