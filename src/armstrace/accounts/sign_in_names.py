"""One way to write a sign-in name, so that every spelling is one person."""

import re
import unicodedata

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

NAME = re.compile(r"[\w.@-]{2,150}")


def fold(name: str) -> str:
    """Write a sign-in name as it is stored: trimmed, NFKC, case folded."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def require_usable(name: str) -> str:
    """Fold a name that a new account is to have.

    Raises:
        InvalidInput: It is too short, too long, has other signs or no letter.
    """
    made = fold(name)
    is_name = NAME.fullmatch(made) and any(sign.isalpha() for sign in made)
    if not is_name or made == "system":
        msg = message(
            "A name has 2 to 150 letters, digits or . @ - _, and at least one of them "
            "is a letter; choose another."
        )
        raise InvalidInput(msg, field="name")
    if len(_scripts(made)) > 1:
        msg = message(
            "The name mixes letters of several alphabets, so it looks like another "
            "one; write it in one alphabet."
        )
        raise InvalidInput(msg, field="name")
    return made


def _scripts(name: str) -> set[str]:
    return {unicodedata.name(sign, "").split(" ")[0] for sign in name if sign.isalpha()}
