"""Say how the words of two names met."""

from collections.abc import Iterator

from armstrace.analysis.names.alignment import Alignment, Meeting
from armstrace.analysis.names.reading import Kind, Name, Word
from armstrace.analysis.names.spelling import How
from armstrace.vocabulary.messages import Message, message

EMPTY = message("One of the two is empty or has no letters.")
IDENTICAL = message("The two are written alike.")
ORDER = message("The words are in another order.")
SINGLE = message("They share one word, and one of the two names has more.")
LITTLE = message("They share no whole word.")


def explain(aligned: Alignment) -> Iterator[Message]:
    """Give a sentence for each group of words that met, lacked or contradicted."""
    same = [pair.one.written for pair in aligned.met if pair.agreement.how is How.SAME]
    if same:
        yield message("The same in both: %(words)s.", words=same)
    for pair in aligned.met:
        if pair.agreement.how is not How.SAME:
            yield _met(pair)
    for pair in aligned.against:
        yield _against(pair)
    if aligned.repeated:
        yield message(
            "Said twice in one name: %(words)s.", words=_written(aligned.repeated)
        )
    whole = [word for word in aligned.missing if word.kind is not Kind.LITTLE]
    if whole:
        yield message("Only in one of the two: %(words)s.", words=_written(whole))


def say_forms(left: Name, right: Name) -> Message:
    """Say that the legal forms differ, or that one name has none."""
    if left.form is None or right.form is None:
        return message(
            "Only one of the two has a legal form: %(form)s.",
            form=left.form_written or right.form_written,
        )
    return message(
        "The legal forms differ: %(one)s and %(other)s.",
        one=left.form_written,
        other=right.form_written,
    )


_MET = {
    How.VARIANT: message("%(one)s and %(other)s are forms of one name."),
    How.SCRIPT: message("%(one)s and %(other)s have the same consonants."),
    How.INITIAL: message("%(one)s can be short for %(other)s."),
    How.SPELLING: message("%(one)s and %(other)s are spellings of one word."),
    How.MISSPELT: message("%(one)s is near %(other)s."),
}


def _met(pair: Meeting) -> Message:
    one, other, how = pair.one.written, pair.other.written, pair.agreement.how
    if how is How.INITIAL:
        one, other = min(one, other, key=len), max(one, other, key=len)
    return Message(_MET[how].template, {"one": one, "other": other})


def _against(pair: Meeting) -> Message:
    one, other = pair.one.written, pair.other.written
    if pair.one.kind is Kind.NUMBER:
        return message(
            "The numbers differ: %(one)s and %(other)s.", one=one, other=other
        )
    if pair.one.kind is pair.other.kind is Kind.PATRONYMIC:
        return message(
            "The patronymics differ: %(one)s and %(other)s.", one=one, other=other
        )
    return message("%(one)s stands against %(other)s.", one=one, other=other)


def _written(words: list[Word] | tuple[Word, ...]) -> list[str]:
    return [word.written for word in words]
