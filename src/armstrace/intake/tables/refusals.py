"""What is wrong with a file as a whole: a sentence each, which says what to do."""

from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Parameter
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def of(why: str, name: str, **more: Parameter) -> InvalidInput:
    """Give the refusal of a file by one of the sentences of ``sentences.tsv``."""
    return SAID.refuse(why, name=name, **more)
