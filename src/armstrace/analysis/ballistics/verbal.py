"""What a likelihood ratio is called in words."""

from itertools import takewhile

# ENFSI guideline for evaluative reporting in forensic science (2015), 2.4.
_STEPS = (
    (0.3010, "no support for either"),
    (1.0, "weak support"),
    (2.0, "moderate support"),
    (3.0, "moderately strong support"),
    (4.0, "strong support"),
    (6.0, "very strong support"),
)
_BEYOND = "extremely strong support"
WORDS = (*(words for _, words in _STEPS), _BEYOND)


def support(log10_ratio: float) -> str:
    """Name the strength of a ratio; its sign says for which side.

    Args:
        log10_ratio: Within the bounds of its set.

    Source:
        ENFSI guideline for evaluative reporting in forensic science (2015), 2.4.
    """
    passed = list(takewhile(lambda step: abs(log10_ratio) >= step[0], _STEPS))
    return WORDS[len(passed)]


def reach(log10_ratio: float) -> str:
    """Say what a ratio that the bound of its set cuts still tells.

    Args:
        log10_ratio: The bound.
    """
    return "at least" if log10_ratio > 0 else "at most"
