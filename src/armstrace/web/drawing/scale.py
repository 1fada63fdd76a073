"""Axes and widths: which ticks to show, how far apart things stand."""

import math
from collections.abc import Sequence

CHARACTER_PX = 6.4


def ticks(highest: float, *, wanted: int = 4, whole: bool = False) -> tuple[float, ...]:
    """Choose round axis values from 0 to at least the highest value.

    Args:
        highest: Largest value to show; next to nothing gives an axis up to 1.
        whole: Whether only whole numbers make sense, as of counts.
    """
    if highest < 1e-9:
        return (0.0, 1.0)
    rough = highest / wanted
    magnitude = 10.0 ** math.floor(math.log10(rough))
    if whole:
        rough, magnitude = max(rough, 1.0), max(magnitude, 1.0)
    step = next(
        factor * magnitude
        for factor in (1, 2, 2.5, 5, 10)
        if factor * magnitude >= rough
        and (not whole or (factor * magnitude).is_integer())
    )
    count = math.ceil(highest / step - 1e-9)
    return tuple(round(index * step, 10) for index in range(count + 1))


def spread(
    lengths: Sequence[float], least: Sequence[float], width: float
) -> list[float]:
    """Share a width among stretches: by length, but none below its least.

    Args:
        lengths: True length of each stretch, any unit, not negative.
        least: Smallest width of each stretch, in pixels.
        width: Width to fill, in pixels; exceeded where the least widths need it.
    """
    if sum(least) >= width or sum(lengths) < 1e-9:
        share = max(0.0, width - sum(least)) / max(1, len(least))
        return [smallest + share for smallest in least]
    low, high = 0.0, width / sum(lengths)
    for _ in range(40):
        middle = (low + high) / 2
        filled = sum(max(s, middle * n) for s, n in zip(least, lengths, strict=True))
        low, high = (middle, high) if filled < width else (low, middle)
    return [max(s, low * n) for s, n in zip(least, lengths, strict=True)]


def fit(text: str, width: float) -> str:
    """Cut a text to a width in pixels, with an ellipsis where it is cut."""
    room = max(1, int(width / CHARACTER_PX))
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


def wrap(text: str, width: float, *, lines: int = 2) -> tuple[str, ...]:
    """Break a text into lines of a width in pixels; the last one is cut."""
    room = max(1, int(width / CHARACTER_PX))
    words, rows = text.split(), [""]
    for word in words:
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= room or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    kept = rows[:lines]
    if len(rows) > lines:
        kept[-1] = fit(" ".join(rows[lines - 1 :]), width)
    return tuple(fit(row, width) for row in kept)
