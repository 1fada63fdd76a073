"""TOML that somebody sent: read without being overwhelmed by it."""

import tomllib
from typing import Any

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

MOST_DOTS = 500
"""In one line: a key of thousands of parts takes the reader minutes."""


def read_toml(text: str) -> dict[str, Any]:
    """Read TOML that somebody sent.

    Raises:
        InvalidInput: It is nested too deep, or a number in it is endless.
        TOMLDecodeError: It is not TOML.
    """
    msg = message("The file is nested too deep to be read; correct it there.")
    if any(line.count(".") > MOST_DOTS for line in text.split("\n")):
        raise InvalidInput(msg, field="file")
    try:
        return tomllib.loads(text)
    except RecursionError as wrong:
        raise InvalidInput(msg, field="file") from wrong
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as wrong:  # of more digits than Python reads
        said = message(
            "The file has a number of thousands of digits; correct it there."
        )
        raise InvalidInput(said, field="file") from wrong
