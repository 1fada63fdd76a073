"""Whether a text says anything to who reads it."""

import unicodedata

_EMPTY_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})
# Letters and marks of Unicode that are drawn as nothing.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")


def is_visible(text: str) -> bool:
    """Tell whether a text shows at least one character.

    A text of blanks, controls, zero-width characters or fillers shows none, and so
    it is no reason and no mark.

    Source:
        Unicode 16, general categories C and Z; Default_Ignorable_Code_Point.
    """
    return any(
        unicodedata.category(each) not in _EMPTY_CATEGORIES
        and each not in _FILLERS
        and not "\ufe00" <= each <= "\ufe0f"
        for each in text
    )


def is_reason(text: str) -> bool:
    """Tell whether a text can be a reason: it has a letter, in whatever script.

    Args:
        text: As typed; “.”, “-” and “123” say nothing that somebody could judge.
    """
    return any(
        each.isalpha() and each not in _FILLERS and not "\ufe00" <= each <= "\ufe0f"
        for each in text
    )
