"""One thing that was looked at, in the words of ``findings.toml``."""

from collections.abc import Sequence
from dataclasses import dataclass

from armstrace.vocabulary.messages import Message, Parameter
from armstrace.vocabulary.packaged import read_table

OK, PROBLEM = "ok", "problem"
WORDS: dict[str, dict[str, list[str]]] = read_table(__package__, "findings.toml")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    # A stable name, such as ``hosts``.
    subject: str
    # ``ok``, ``warning`` or ``problem``.
    verdict: str
    sentence: Message
    # What to do; empty where nothing is to be done.
    advice: Message


def found(subject: str, case: str, /, **params: Parameter) -> Finding:
    """Say how something is.

    Args:
        case: How it is; the table says under it what that means.
        params: What fills its sentences.
    """
    verdict, sentence, *more = WORDS[subject][case]
    advice = more[0] if more else ""
    return Finding(subject, verdict, Message(sentence, params), Message(advice, params))


def first(names: Sequence[str], most: int) -> str:
    """Name the first of several, and show that there are more."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
