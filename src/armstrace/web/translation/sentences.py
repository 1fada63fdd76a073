"""Find an English sentence by its form, and say it in the reader's language.

Methods and records speak English and know no catalogue, and some of their sentences
are kept. Each area names its own as the catalogues hold them, with holes such as
``%(cell)s``; what stands in a hole is kept. A hole ``day`` holds a date as
2021-03-04, which is written as pages write dates.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from django.utils import formats
from django.utils.translation import gettext

type Within = Mapping[str, Callable[[str], str]]
"""How what stands in a hole is said, by the name of the hole."""

HOLE = re.compile(r"%\((\w+)\)s")
AS_IT_IS: Within = MappingProxyType({})


def said(sentence: str, forms: Collection[str], within: Within = AS_IT_IS) -> str:
    """Give a sentence in the reader's language; as it is where it is not known.

    Args:
        sentence: In English, as a method or a record says it.
        forms: The sentences of an area; the first that fits counts, unless the
            catalogues hold the whole sentence.
        within: How the contents of holes are said.
    """
    whole = gettext(sentence) if sentence else ""
    if whole != sentence or sentence in forms:
        return whole
    for form in forms:
        if (found := _pattern(form).fullmatch(sentence)) is not None:
            ways = {"day": _day, **within}
            told = found.groupdict()
            return gettext(form) % {
                name: ways[name](words) if name in ways else words
                for name, words in told.items()
            }
    return sentence


def is_known(sentence: str, forms: Collection[str]) -> bool:
    """Tell whether a sentence has one of the forms."""
    return any(_pattern(form).fullmatch(sentence) for form in forms)


def labels_said(words: str, labels: Collection[str]) -> str:
    """Give labels that are listed among words in the reader's language."""
    longest_first = sorted(labels, key=len, reverse=True)
    anyone = re.compile("|".join(map(re.escape, longest_first)))
    return anyone.sub(lambda label: gettext(label[0]), words)


def _day(iso: str) -> str:
    return str(formats.date_format(date.fromisoformat(iso), "j M Y"))


@cache
def _pattern(form: str) -> re.Pattern[str]:
    parts = (
        _hole(each) if place % 2 else re.escape(each.replace("%%", "%"))
        for place, each in enumerate(HOLE.split(form))
    )
    return re.compile("".join(parts), re.DOTALL)


def _hole(name: str) -> str:
    return rf"(?P<{name}>{r'\d{4}-\d\d-\d\d' if name == 'day' else '.+?'})"
