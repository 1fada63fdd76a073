"""Read a proof or factory mark put into words, to the country of its house.

Source:
    C.I.P. proof houses; the country of proof is not always the country of
    manufacture.
"""

from armstrace.analysis.marks import readings, spelling, tables
from armstrace.vocabulary.marks import Certainty
from armstrace.vocabulary.messages import Message, join, message

_SHORTEST_WITHIN = 5

_LONGEST = 200


@tables.remember_results(16384)
def read_proof_mark(text: str) -> readings.Reading:
    """Read a proof mark such as "BNP" or "Liège, perron".

    Returns:
        The ISO 3166-1 alpha-2 code of the proof house's country as value, with
        a note that names the house; empty where the mark is not in the table.
    """
    plain = spelling.plain(text[:_LONGEST])
    key = spelling.squash(plain)
    if not key:
        return readings.not_stated("other", text)
    if key in _marks():
        return _read(text, key, Certainty.CERTAIN)
    for mark in sorted(_marks(), key=len, reverse=True):
        if len(mark) >= _SHORTEST_WITHIN and mark in key:
            return _read(text, mark, Certainty.LIKELY)
    return readings.unread("other", text, "NOT_FOUND")


def _read(text: str, mark: str, certainty: Certainty) -> readings.Reading:
    country, meaning = _marks()[mark]
    note = join(
        [Message(meaning), message("proof does not tell where the arm was made")], "; "
    )
    return readings.Reading("other", text, country, certainty, "PROOF_MARK", note)


@tables.remember_results(1)
def _marks() -> dict[str, tuple[str, str]]:
    return {
        spelling.squash(row["mark"]): (row["country"], row["meaning"])
        for row in tables.rows("proof_marks.tsv")
    }
