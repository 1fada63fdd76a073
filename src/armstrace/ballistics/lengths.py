"""The greatest length of each text that a person states, declared once.

Models, forms and actions take it from here. A longer text is refused and never cut;
what a scan's file says of itself is kept whole.
"""

from dataclasses import dataclass

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message


@dataclass(frozen=True, slots=True)
class Text:
    """What a text is called, and how many characters of it are kept."""

    words: Message
    most: int


TEXTS = {
    "label": Text(message("Number at the laboratory"), 120),
    "part_number_as_marked": Text(
        message("Number on the part that left the mark"), 120
    ),
    "accepted_because": Text(message("Why the scan is accepted all the same"), 500),
    "calibre": Text(message("Calibre"), 80),
    "maker": Text(message("Maker of the arm"), 120),
    "ammunition": Text(message("Ammunition"), 120),
    "instrument": Text(message("Instrument"), 200),
    "method": Text(message("Method"), 80),
    "name": Text(message("Name"), 120),
    "reason": Text(message("Reason"), 500),
    "grounds": Text(message("What decided it"), 2000),
}


def require(**texts: str) -> None:
    """Refuse a text that is too long.

    Args:
        texts: By their name in ``TEXTS``.

    Raises:
        InvalidInput: Names the text, its length and the greatest one.
    """
    for name, text in texts.items():
        declared = TEXTS[name]
        if len(text) > declared.most:
            msg = message(
                "%(field)s: %(length)s characters are too many; write at most "
                "%(most)s.",
                field=declared.words,
                length=len(text),
                most=declared.most,
            )
            raise InvalidInput(msg, field="reason" if name == "grounds" else name)
