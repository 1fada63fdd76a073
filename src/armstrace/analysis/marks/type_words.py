"""Words beside the word for an arm that make another thing of it.

Source:
    Police registers: a gas revolver is no revolver, an air rifle no rifle, and a
    home-made pistol has a class of making.
"""

from armstrace.analysis.marks import tables, type_entries
from armstrace.vocabulary.codes import Code


class Sense(Code):
    AIR = "AIR", "shoots by air or gas pressure"
    ALARM = "ALARM", "gives an alarm, a signal or gas"
    REPLICA = "REPLICA", "only looks like an arm"
    TOY = "TOY", "a toy or an imitation"
    FLOBERT = "FLOBERT", "made for Flobert cartridges"
    CRAFT = "CRAFT", "made by a craftsman"
    RUDIMENTARY = "RUDIMENTARY", "made at home"
    PRINTED = "PRINTED", "printed"
    CONVERTED = "CONVERTED", "converted"


def senses(words: str) -> frozenset[Sense]:
    """Tell what the words beside say.

    Args:
        words: A field as ``type_entries.words_of`` parts it.
    """
    padded = f" {words} "
    return frozenset(
        sense
        for pattern, sense in _words()
        if pattern in padded or (pattern.strip() in words and _is_unparted(pattern))
    )


def _is_unparted(pattern: str) -> bool:
    return pattern.strip() in _words_without_blanks()


@tables.remember_results(1)
def _words() -> tuple[tuple[str, Sense], ...]:
    found = []
    for row in tables.rows("type_words.tsv"):
        for word in tables.several(row["words"]):
            plain = type_entries.words_of(word)
            end = "" if word.endswith("*") else " "
            found.append((f" {plain}{end}", Sense(row["sense"])))
    return tuple(found)


@tables.remember_results(1)
def _words_without_blanks() -> frozenset[str]:
    return frozenset(
        plain
        for row in tables.rows("type_words.tsv")
        for word in tables.several(row["words"])
        if (plain := type_entries.words_of(word)) and plain[0] >= "֐"
    )
