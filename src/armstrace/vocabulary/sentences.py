"""Sentences that stand in a table and are called by their names.

Where a module refuses for many reasons, the reasons are read better without the
sentences between them, and whoever corrects the sentences finds them in one place.
"""

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, Parameter
from armstrace.vocabulary.packaged import read_rows


class Sentences:
    """The sentences of a package, which ``sentences.tsv`` in it holds."""

    def __init__(self, package: str) -> None:
        """Open the table of a package, which gives its ``__package__``."""
        rows = read_rows(package, "sentences.tsv")
        self._words = {row["called"]: row["words"] for row in rows}

    def say(self, called: str, /, **params: Parameter) -> Message:
        """Give a sentence, its open places filled."""
        return Message(self._words[called], params)

    def refuse(self, called: str, /, **params: Parameter) -> InvalidInput:
        """Give the refusal of an input by a sentence."""
        return InvalidInput(self.say(called, **params))
