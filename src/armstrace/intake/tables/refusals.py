"""What is wrong with a file as a whole: a sentence each, which says what to do."""

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, Parameter, message

EMPTY = message("%(name)s is empty; send a file with headings and rows.")
NOT_THERE = message(
    "%(name)s is not there, or is a folder; check the name of the file."
)
NOT_A_TABLE = message(
    "%(name)s is named like a picture or a document (%(suffix)s); send the "
    "table as an XLSX or CSV file."
)
NEITHER = message(
    "%(name)s is neither a workbook nor a text file; send an XLSX or CSV file."
)
TOO_LARGE = message(
    "%(name)s has %(size)s MB and a file may have at most %(limit)s; split it."
)
TOO_WIDE = message(
    "%(name)s has more than %(limit)s columns; send only those that describe the rows."
)
NO_HEADINGS = message(
    "%(name)s has no row of headings; put the names of the columns above the rows."
)

ENCRYPTED = message(
    "%(name)s is protected by a password; save it without one and load it again."
)
NOT_A_WORKBOOK = message("%(name)s is not a workbook; send an XLSX or CSV file.")
AN_ARCHIVE = message(
    "%(name)s is an archive but not a workbook; send an XLSX or CSV file."
)
ANOTHER_DOCUMENT = message(
    "%(name)s is an office document but not a workbook; send an XLSX or CSV file."
)
CUT_OFF = message(
    "%(name)s is incomplete: the end of the workbook is missing; copy it again from "
    "the original and send it again."
)
DAMAGED = message(
    "%(name)s is damaged and cannot be opened as a workbook; save it as XLSX and send "
    "it again."
)
NOT_PACKED = message(
    "%(name)s is damaged and cannot be unpacked; save it as XLSX and send it again."
)
NOT_READ = message(
    "%(name)s could not be read as a workbook; save it as XLSX or CSV and load it "
    "again."
)
NO_SUCH_SHEET = message("%(name)s has no such sheet; it has: %(sheets)s.")
TOO_MUCH_MEMORY = message(
    "%(name)s needs too much memory to be read; split it or save it as CSV."
)
WORKBOOK_TOO_LARGE = message(
    "%(name)s has %(size)s MB and a workbook may have at most %(limit)s; split it or "
    "save it as CSV."
)
UNPACKS_TOO_LARGE = message(
    "%(name)s unpacks to more than %(size)s MB and is not opened; split it or save it "
    "as CSV."
)
PACKED_TOO_WELL = message(
    "%(name)s unpacks to more than %(ratio)s times its size and is not opened; save "
    "it again as XLSX or CSV."
)
TOO_MANY_PARTS = message(
    "%(name)s has %(count)s parts and a workbook has at most %(limit)s; save it again "
    "as XLSX or CSV."
)
PART_TWICE = message(
    "%(name)s has two parts with the same name and is not safe to open; save it again "
    "as XLSX or CSV."
)
PART_OUTSIDE = message(
    "%(name)s has a part that points outside the workbook and is not safe to open; "
    "save it again as XLSX or CSV."
)
HAS_ENTITIES = message(
    "%(name)s declares XML entities, which no workbook needs, and is not safe to "
    "open; save it again as XLSX or CSV."
)


def of(why: Message, name: str, **more: Parameter) -> InvalidInput:
    """Give the refusal of a file by one of the sentences above."""
    return InvalidInput(Message(why.template, {"name": name, **more}))
