"""What fields are called on pages, in the API and in sentences."""

from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table

NAMED = {
    name: Message(words)
    for name, words in read_table(__package__, "field_words.toml").items()
}


def words_of(name: str) -> Message:
    """Give what a field is called; its name where nothing is said of it."""
    return NAMED.get(name) or Message(name.replace("_", " "))
