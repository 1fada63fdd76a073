"""Sentences that were kept as prose, read back as messages; for migrations alone.

A migration lists the forms that its version wrote. What none of them fits stays
the prose that it is, and ``Message.read`` reads that too.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from armstrace.vocabulary.codes import Code

HOLE = re.compile(r"%\((\w+)\)s")
DAY = r"\d{4}-\d\d-\d\d"

type Kept = dict[str, Any] | str
"""A message as JSON keeps it, or the prose that nothing reads."""
type Fill = Callable[[str], Any]
"""Gives a parameter, as JSON keeps it, of the words in a hole."""


class Prose:
    """Reads prose by the forms that it was written in.

    Args:
        forms: Templates, such as ``The arm was %(kind)s on %(day)s.``; the first
            that fits counts.
        fills: What stands in the holes, by their names; text where not named. A
            hole ``day`` holds a date.
    """

    def __init__(self, forms: Iterable[str], fills: Mapping[str, Fill]) -> None:
        self._forms = [(_pattern(form), form) for form in forms]
        self._fills = {"day": lambda iso: {"day": iso}, **fills}

    def read(self, sentence: str) -> Kept:
        """Give the message that a sentence was; the sentence where none fits."""
        for pattern, form in self._forms:
            if (found := pattern.fullmatch(sentence)) is not None:
                params = {
                    name: self._fills.get(name, str)(words)
                    for name, words in found.groupdict().items()
                }
                return {"template": form, **({"params": params} if params else {})}
        return sentence


def label_of(*kinds: type[Code]) -> Fill:
    """Give a fill for the label of a code; other words stay as they are."""
    kept = {
        code.label: {"code": kind.__name__, "value": code.value}
        for kind in reversed(kinds)
        for code in kind
    }
    return lambda words: kept.get(words, words)


def labels_of(kind: type[Code]) -> Fill:
    """Give a fill for labels of a code, with commas between; some hold one."""
    kept = {code.label: {"code": kind.__name__, "value": code.value} for code in kind}
    longest_first = sorted(kept, key=len, reverse=True)
    anyone = re.compile("|".join(map(re.escape, longest_first)))

    def fill(words: str) -> Any:  # noqa: ANN401 - what JSON holds
        found = anyone.findall(words)
        return [kept[label] for label in found] if ", ".join(found) == words else words

    return fill


def _pattern(form: str) -> re.Pattern[str]:
    parts = (
        rf"(?P<{each}>{DAY if each == 'day' else '.+?'})"
        if place % 2
        else re.escape(each.replace("%%", "%"))
        for place, each in enumerate(HOLE.split(form))
    )
    return re.compile("".join(parts), re.DOTALL)
