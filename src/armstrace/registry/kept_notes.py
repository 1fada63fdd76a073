"""Notes on marks that earlier versions kept as prose, read back; for migrations."""

from typing import Any

from django.db.models import Model

from armstrace.analysis.marks.make_words import Sense
from armstrace.analysis.marks.serial_words import Meaning
from armstrace.records.prose import Kept, Prose, label_of, labels_of
from armstrace.vocabulary.messages import Message, join
from armstrace.vocabulary.packaged import read_lines

NOTES = tuple(
    line
    for line in read_lines(__package__, "kept_notes.txt")
    if not line.startswith("#")
)
ROWS_AT_ONCE = 2000
APART = "; "
PROSE = Prose(
    NOTES,
    {
        "doubt": label_of(Sense),
        "places": labels_of(Meaning),
        "makes": lambda words: words.split(", "),
        "others": lambda words: words.split(", "),
        "what": lambda words: {"template": words},
        "letters": int,
        "number": int,
    },
)


def rewrite_notes(model: type[Model]) -> None:
    """Keep the notes in the readings of a table's rows as messages."""
    table: Any = model._default_manager  # noqa: SLF001 - a historical model
    changed = []
    for row in table.only("pk", "readings").iterator(chunk_size=ROWS_AT_ONCE):
        prose = [each for each in row.readings if isinstance(each.get("note"), str)]
        noted = [each for each in prose if each["note"]]
        for each in noted:
            each["note"] = read_note(each["note"])
        changed += [row] if noted else []
        if len(changed) >= ROWS_AT_ONCE:
            table.bulk_update(changed, ["readings"])
            changed.clear()
    table.bulk_update(changed, ["readings"], batch_size=ROWS_AT_ONCE)


def read_note(note: str) -> Kept:
    """Give the message that a note was; the note where none of its parts is known."""
    # Version 0.1.0 wrote one form without its last letter.
    parts = [
        f"{part}s" if part.endswith(": 1 letter differ") else part
        for part in note.split(APART)
    ]
    told: list[Kept] = []
    while parts:
        size = next(n for n in range(len(parts), 0, -1) if n == 1 or _is_one(parts[:n]))
        told.append(PROSE.read(APART.join(parts[:size])))
        parts = parts[size:]
    if all(isinstance(each, str) for each in told):
        return note
    return join([Message.read(each) for each in told], APART).to_json()


def _is_one(parts: list[str]) -> bool:
    return APART.join(parts) in NOTES
