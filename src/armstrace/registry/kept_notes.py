"""Notes on marks that earlier versions kept as prose, read back; for migrations."""

from typing import Any

from django.db.models import Model

from armstrace.analysis.marks.make_words import Sense
from armstrace.analysis.marks.serial_words import Meaning
from armstrace.records.prose import Kept, Prose, label_of, labels_of
from armstrace.vocabulary.messages import Message, join

NOTES = (
    # Of every mark.
    "said to be not known, none or another",
    "said to be not known or another",
    "said to be not known",
    "said to have none",
    # Of makers.
    "said to be one that is not on the writer's list",
    "said to be home made",
    "not in the table of makers; kept as written",
    "says how the mark stands, no name",
    "the field holds no name",
    "names a country, no maker",
    "holds no name of a maker",
    "holds a calibre (%(calibre)s), no maker",
    "holds a kind of arm, no maker",
    "code %(code)s of the list in use",
    "“%(words)s” stands beside the name",
    "other words stand beside the name",
    "names a model of %(make)s, not the maker",
    "the mark also names %(makes)s",
    "the words tell that it is doubtful: %(doubt)s",
    "read as %(make)s, as it sounds",
    "read as %(make)s: signs that look like letters",
    "read as %(make)s: 1 letter differs",
    "read as %(make)s: %(letters)s letters differ",
    "read as %(make)s: the name is cut short",
    # Of models and calibres.
    "repeats the maker; no model is given",
    "names a place of makers; no model is given",
    "holds a calibre, no model",
    "holds a model (%(model)s), no calibre",
    "taken from the model field, which holds “%(words)s”",
    "taken from the calibre field, which holds “%(words)s”",
    "“%(written)s” on %(make)s is %(calibre)s",
    "a code of the list in use",
    "the text names %(calibre)s too",
    "“%(words)s” stands beside the calibre",
    "a load is named beside",
    "read from the dimensions",
    "not in the table of cartridges",
    "not in the table of cartridges; kept as written",
    "read as %(calibre)s: the spelling differs",
    "a shotgun bore on a short arm; look whether it was miswritten",
    "the field holds words, no calibre",
    "millimetres are written, which cannot be meant",
    # Of serial numbers.
    "the field holds control characters",
    "only the first %(number)s characters were read",
    "the field is longer than %(number)s characters",
    "a spreadsheet read it as a number: leading zeros may be lost",
    "no letter or digit is in it",
    "a sign that is no letter or digit was left out",
    "zeros only: taken as a filler, not as a number",
    "very short: perhaps an assembly number",
    "the field holds words, no number",
    "not found or not stated; this is not the same as none",
    "the characters read are not given",
    "gone through wear or rust; not said to be deliberate",
    "cannot be read; not said to be deliberate",
    "said to have none; whether it ever had one is not said",
    "the characters restored are not given",
    "also reads %(others)s",
    "read %(places)s, not on the frame",
    "carries a holder's property mark",
    "repeats the make, the model or the calibre; not a serial number",
    "%(what)s, not a serial number",
    "a measure",
    "a procedure number",
    "an approval number",
    "an inventory number",
    "a patent number",
    # Of kinds, countries and other marks.
    "no known word for an arm, a part or ammunition",
    "no country of this name is known",
    "a mark of the country of origin, not of import",
    "no importing State can be read",
    "the serial number %(serial)s was given at import",
    "proof does not tell where the arm was made",
    "a manufacturer's mark: country %(country)s, maker %(maker)s, year %(year)s, "
    "model %(model)s, serial %(serial)s, calibre %(calibre)s",
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
    return join([Message.read(each) for each in told], APART).stored()


def _is_one(parts: list[str]) -> bool:
    return APART.join(parts) in NOTES
