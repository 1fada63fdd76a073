"""What goes before the numbers of a file that only count its rows: its name."""

import hashlib

from armstrace.vocabulary.messages import Message, message

# A longer name ends in a code of the whole, so that two long ones are told apart.
LONGEST = 80


def before_numbers(file_name: str) -> str:
    """Give the name of a file as it goes before its numbers."""
    name = file_name.rsplit(".", 1)[0]
    if len(name) < LONGEST:
        return name
    whole = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST - 9]}~{whole}"


def remarks(before: str) -> list[Message]:
    """Say that a long name was shortened, where it was."""
    if len(before) < LONGEST:
        return []
    said = message(
        "The numbers count the rows of the file, so its name goes before each. The "
        "name is long; “%(short)s” is used in its place.",
        short=before,
    )
    return [said]
