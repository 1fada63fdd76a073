"""One thing that was looked at."""

from dataclasses import dataclass

OK, WARNING, PROBLEM = "ok", "warning", "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    # A stable name, such as ``hosts``.
    subject: str
    # ``ok``, ``warning`` or ``problem``.
    verdict: str
    sentence: str
    # What to do; empty where nothing is to be done.
    advice: str = ""


def fine(subject: str, sentence: str) -> Finding:
    """Say that something is in order."""
    return Finding(subject, OK, sentence)


def warning(subject: str, sentence: str, advice: str) -> Finding:
    """Say that something deserves attention."""
    return Finding(subject, WARNING, sentence, advice)


def problem(subject: str, sentence: str, advice: str) -> Finding:
    """Say that something is unsafe or broken."""
    return Finding(subject, PROBLEM, sentence, advice)
