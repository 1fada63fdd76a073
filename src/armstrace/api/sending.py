"""Files that leave by the API."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

from django.http import FileResponse, HttpResponse

from armstrace.audit import consultations
from armstrace.vocabulary import spreadsheets
from armstrace.vocabulary.ledger import Access

CSV = "text/csv"
XML = "application/xml"
WORKBOOK = spreadsheets.WORKBOOK_TYPE


def as_csv(name: str, rows: Iterable[Sequence[str]]) -> FileResponse:
    """Send rows as CSV; they are written down before the first one leaves.

    Args:
        name: Name of the file without its ending.
        rows: Its headings, then its rows.
    """
    consultations.note_kind(Access.EXPORT)
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    spreadsheets.write_rows(text, rows)
    text.detach()
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.csv", content_type=CSV
    )


def as_file(name: str, content: bytes, kind: str) -> HttpResponse:
    """Send a file."""
    consultations.note_kind(Access.EXPORT)
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=named)
