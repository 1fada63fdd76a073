"""Read typed words in the way in which somebody on record bears the serial number."""

import re

from armstrace.analysis.marks import makes, typed_marks
from armstrace.analysis.marks.search_keys import search_key
from armstrace.analysis.marks.typed_marks import TypedMarks
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Actor

_FIGURE = re.compile(r"\d")


def read(text: str, make: str = "", *, viewer: Actor) -> TypedMarks:
    """Sort the words of a line, its serial number whole though typed in pieces.

    Args:
        make: The make, where a field of its own states it.

    Returns:
        The plain reading, unless an arm on record or a recovery bears make and whole
        serial number of another one and none bears those of the plain one. Of
        several such, that which leaves fewest numbers over, then the longest.
    """
    plain = typed_marks.read_typed(text)
    runs = typed_marks.serials_within(text)
    key = search_key(plain.description.serial)
    if not runs or runs.keys() == {key}:
        return plain
    asked = {*runs, key} - {""}
    borne = registry.makes_of_serials(asked, viewer=viewer)
    for serial, bearing in recoveries.makes_of_serials(asked, viewer=viewer).items():
        borne[serial] = borne.get(serial, frozenset()) | bearing
    if not borne or _make_of(plain, make) in borne.get(key, ()):
        return plain
    others = [
        (_figures_over(one), -len(serial), place.start, one)
        for serial in runs.keys() & borne.keys()
        for place in runs[serial]
        for one in [typed_marks.read_around(text, place)]
        if _make_of(one, make) in borne[serial]
    ]
    return min(others, key=lambda each: each[:3])[3] if others else plain


def _make_of(marks: TypedMarks, make: str) -> str | None:
    """Give the make as read, None where there is none to compare."""
    return makes.read_make(make or marks.description.make).name or None


def _figures_over(marks: TypedMarks) -> int:
    return sum(bool(_FIGURE.search(word)) for word in marks.unused)
