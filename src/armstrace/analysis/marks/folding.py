"""Fold characters that a worn mark or a hurried hand confuses.

Source:
    Register quality reports and mark readings: O/0, I/1 first, then S/5, B/8,
    Z/2, G/6 and U/V/Y. The folded key finds candidates; it never replaces a key.
"""

FOLD_VERSION = 1

_CLASSES = ("0OQD", "1IL", "5S", "8B", "2Z", "6G", "VUY")
_FOLDS = str.maketrans(
    {char: cls[0] for cls in _CLASSES for char in cls if char != cls[0]}
)


def fold(key: str) -> str:
    """Replace each look-alike by the first character of its class.

    Args:
        key: A search key made by ``serials.search_key``.

    Returns:
        The folded key, as long as the key; ``?`` and ``*`` stay.
    """
    return key.translate(_FOLDS)
