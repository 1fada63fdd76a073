"""The name of a file where it becomes part of what is recorded of its rows."""

import hashlib

from armstrace.vocabulary.messages import Message, message

# So much of a number, and of a source, may be the name of its file.
LONGEST = 80
_CODE = 8


def name_of(file_name: str) -> str:
    """Give the name without its ending; a long one ends in a code of the whole.

    Two long names are told apart by it, and their rows too.
    """
    return shorten(file_name.rsplit(".", 1)[0])


def shorten(name: str) -> str:
    """Give a name that is short enough to be kept, a long one with its code."""
    if len(name) < LONGEST:
        return name
    whole = hashlib.sha256(name.encode()).hexdigest()[:_CODE]
    return f"{name[: LONGEST - _CODE - 1]}~{whole}"


def remarks(name: str) -> list[Message]:
    """Say that a long name was shortened, where it was."""
    if len(name) < LONGEST:
        return []
    said = message(
        "The records of the file carry its name. The name is long; “%(short)s” is "
        "used in its place.",
        short=name,
    )
    return [said]
