"""Codes of labels as scanners send them, down to the number that they carry."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

# ISO/IEC 15424: the kind of the symbol, which scanners can send before its text.
_SYMBOL = re.compile(r"\][A-Za-z][0-9A-Za-z]")
# GS1: the serial number stands behind 21, that of an asset behind 8004.
_WRITTEN = re.compile(r"\((?:21|8004)\)([^(]+)")
_SENT = re.compile(r"01[0-9]{14}(?:1[1-7][0-9]{6})*21([^\x1d␝]+)")
_LABELLED = re.compile(r"[^\W\d_][\w .°º#/-]{0,24}[:=]\s*(\S.*)")
_ADDRESS = re.compile(r"https?://[^/\s]+/(?:[^/?#\s]+/)*([^/?#\s]+)", re.IGNORECASE)
_OF_ARM = re.compile(r"https?://\S+/registry/([0-9]+)\b", re.IGNORECASE)


def numbers_in(code: str) -> Iterator[str]:
    """Give the code as it was read, and the number that it carries, if another."""
    yield code
    bare = _SYMBOL.sub("", code, count=1) if _SYMBOL.match(code) else code
    bare = bare.strip("\x1d␝ ")
    if len(bare) > 2 and bare[0] == bare[-1] == "*":
        bare = bare.strip("*")  # the signs of start and stop of Code 39
    if bare != code:
        yield bare
    if found := _OF_ARM.match(bare):
        yield f"A{found[1]}"
        return
    for form in (_WRITTEN.search, _SENT.match, _LABELLED.fullmatch, _ADDRESS.match):
        if found := form(bare):
            yield unquote(found[1]).strip()
