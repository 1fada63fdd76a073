"""What the canonical fields are called on pages and in sentences."""

from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.packaged import read_table

NAMED = {
    name: Message(words)
    for name, words in read_table(__package__, "field_words.toml").items()
}


def words_of(name: str) -> Message:
    """Give what a canonical field is called; its name where nothing is said of it."""
    return NAMED.get(name) or Message(name.replace("_", " "))
