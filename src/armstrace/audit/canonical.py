"""One way to write a value, so that equal values have equal hashes.

Objects have their keys sorted, there is no white space and text stands as
UTF-8: for what the ledger holds (text, whole numbers, true, false, null) this
is RFC 8785.
"""

import json
from functools import lru_cache

_SORTED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def text_of(value: object) -> str:
    """Write a value as canonical JSON."""
    return _SORTED.encode(value)


def utf8(text: str) -> bytes:
    """Encode text; half of a surrogate pair, which SQLite can hold, passes."""
    return text.encode("utf-8", "surrogatepass")


@lru_cache(maxsize=8192)
def rewritten(text: str) -> str:
    """Write JSON text canonically, however a database spaced and ordered it.

    Whole floats become whole numbers, because PostgreSQL keeps 1e2 as 100.
    Text that is no JSON comes back as it is, so that it still has a digest.
    """
    try:
        return text_of(json.loads(text, parse_float=_number))
    except ValueError:
        return text


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value
