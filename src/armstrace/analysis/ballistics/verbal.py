"""What a likelihood ratio is called in words."""

from itertools import takewhile

from armstrace.vocabulary.messages import Message, message

# ENFSI guideline for evaluative reporting in forensic science (2015), 2.4.
_STEPS = (
    (0.3010, message("no support for either")),
    (1.0, message("weak support")),
    (2.0, message("moderate support")),
    (3.0, message("moderately strong support")),
    (4.0, message("strong support")),
    (6.0, message("very strong support")),
)
_BEYOND = message("extremely strong support")
WORDS = (*(words for _, words in _STEPS), _BEYOND)


def support(log10_ratio: float) -> Message:
    """Name the strength of a ratio; its sign says for which side.

    Args:
        log10_ratio: Within the bounds of its set.

    Source:
        ENFSI guideline for evaluative reporting in forensic science (2015), 2.4.
    """
    passed = list(takewhile(lambda step: abs(log10_ratio) >= step[0], _STEPS))
    return WORDS[len(passed)]


def reach(log10_ratio: float) -> Message:
    """Say what a ratio that the bound of its set cuts still tells."""
    return message("at least") if log10_ratio > 0 else message("at most")
