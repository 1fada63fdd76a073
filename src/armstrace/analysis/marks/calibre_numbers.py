"""Read a calibre that is written in words: "trinta e oito", "three fifty seven".

Source:
    Free text of police records: a calibre is written as it is said.
"""

import re

from armstrace.analysis.marks import spelling, tables

_WORD = re.compile(r"[^\W\d_]+")
_HUNDRED = 100
_TENS = range(20, 100, 10)
_TEN = 10


def figures(tidy: str) -> str:
    """Write numbers in words as figures; empty where there is no such number.

    Args:
        tidy: A calibre as ``calibre_spelling.tidy`` writes it, without figures.

    Returns:
        The text with each run of number words as figures: ``38``, ``.40``,
        ``30-06``, ``765``; other words stay.
    """
    parts: list[str] = []
    run: list[str] = []
    for word in _WORD.findall(tidy):
        value = _values().get(word)
        if value is None or (value == "-" and not run):
            parts += [_number(run), word]
            run = []
        else:
            run.append(value)
    written = " ".join(filter(None, (*parts, _number(run))))
    return written if any(map(str.isdigit, written)) else ""


def _number(run: list[str]) -> str:
    """Write one run of values: the parts of a number add up, others follow."""
    numbers: list[int] = []
    point = ""
    for value in run:
        if value == ".":
            point = point or ("." if not numbers else "")
        elif value != "-":
            _add(numbers, int(value))
    if not numbers:
        return ""
    between = "-" if len(numbers) > 1 and numbers[0] >= _TEN else ""
    if between and numbers[1:2] == [0]:
        return f"{point}{numbers[0]}-{''.join(map(str, numbers[1:]))}"
    return point + between.join(map(str, numbers))


def _add(numbers: list[int], value: int) -> None:
    last = numbers[-1] if numbers else 0
    follows_hundreds = last and last % _HUNDRED == 0 and 0 < value < _HUNDRED
    follows_tens = last % _HUNDRED in _TENS and 0 < value < _TEN
    if value == _HUNDRED and 1 < last < _TEN:
        numbers[-1] = last * _HUNDRED
    elif follows_hundreds or follows_tens:
        numbers[-1] = last + value
    else:
        numbers.append(value)


@tables.remember_results(1)
def _values() -> dict[str, str]:
    return {
        spelling.plain(word): row["value"]
        for row in tables.rows("number_words.tsv")
        for word in tables.several(row["words"])
    }
