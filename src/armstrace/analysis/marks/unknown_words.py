"""Tell the words that say "not known" from a name or a number.

Source:
    German register practice: "unknown" (there is one, it cannot be found) and
    "none" (there is none) are two answers; neither is a value.
"""

from rapidfuzz.distance import OSA

from armstrace.analysis.marks import spelling, tables

_LONG = 9
_SLIPS = 2
_LONGEST = 200


@tables.remember_results(1)
def _words() -> dict[str, str]:
    return {
        spelling.squash(row["word"]): row["meaning"]
        for row in tables.rows("unknown_words.tsv")
    }


@tables.remember_results(16384)
def meaning(text: str) -> str:
    """Tell what a filler word means.

    Returns:
        ``UNKNOWN`` (not known or not stated), ``NONE`` (there is none),
        ``OTHER`` (one that is not on the writer's list), or empty where the text
        is not a filler word.
    """
    key = spelling.squash(text[:_LONGEST])
    if not key:
        return "UNKNOWN"
    found = _words().get(key)
    if found is not None:
        return found
    return _correct_typing(key) if len(key) >= _LONG and key.isalpha() else ""


def _correct_typing(key: str) -> str:
    for word, sense in _words().items():
        if len(word) >= _LONG and OSA.distance(key, word, score_cutoff=2) <= _SLIPS:
            return sense
    return ""
