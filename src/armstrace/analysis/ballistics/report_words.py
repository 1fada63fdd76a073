"""Texts of a report in the language of who reads it, safe in HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import Message, message

NOT_KNOWN = message("not known")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a report."""

    # Gives a message in the reader's language; in English where not given.
    say: Callable[[Message], str] = str
    # Its code, such as ``fr``.
    language: str = "en"
    # ``rtl`` where it is written from right to left.
    direction: str = "ltr"


ENGLISH = Reader()


@dataclass(frozen=True, slots=True)
class Words:
    """Says what a report holds."""

    reader: Reader

    def say(self, value: object) -> str:
        """Give what a report holds in words that are safe in HTML."""
        if isinstance(value, Code):
            value = Message("%(code)s", {"code": value})
        said = self.reader.say(value) if isinstance(value, Message) else str(value)
        return escape(said)

    def known(self, value: object) -> str:
        """The same; says so where nothing is known."""
        return self.say(value or NOT_KNOWN)

    def heading(self, words: Message) -> str:
        """Give a heading of the second level."""
        return f"<h2>{self.say(words)}</h2>"

    def numbers_head(self, *words: Message) -> str:
        """Give the heads of columns of numbers."""
        return "".join(f'<th class="n">{self.say(each)}</th>' for each in words)
