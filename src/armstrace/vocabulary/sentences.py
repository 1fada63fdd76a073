"""Sentences that stand in a table and are called by their names.

Where a module refuses for many reasons, the reasons are read better without the
sentences between them, and whoever corrects the sentences finds them in one place.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, Parameter
from armstrace.vocabulary.packaged import read_rows


class Sentences:
    """The sentences of a package, which ``sentences.tsv`` in it holds."""

    def __init__(self, package: str) -> None:
        """Open the table of a package, or of the nearest above it that has one.

        Args:
            package: The ``__package__`` of the module.
        """
        self._words = _words_of(package)

    def say(self, called: str, /, **params: Parameter) -> Message:
        """Give a sentence, its open places filled."""
        return Message(self._words[called], params)

    def refuse(self, called: str, /, **params: Parameter) -> InvalidInput:
        """Give the refusal of an input by a sentence."""
        return InvalidInput(self.say(called, **params))


@cache
def _words_of(package: str) -> Mapping[str, str]:
    if not resources.files(package).joinpath("sentences.tsv").is_file():
        return _words_of(package.rpartition(".")[0])
    rows = read_rows(package, "sentences.tsv")
    return {row["called"]: row["words"] for row in rows}
