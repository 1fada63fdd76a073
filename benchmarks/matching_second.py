"""The second generator's register and readings, for the benchmark of matching.

python -m benchmarks matching --generator second --size 300000
"""

import numpy as np

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.search_keys import search_key
from benchmarks import second_generator as second
from benchmarks.matching_readings import Written
from benchmarks.matching_register import Read, Register

MIXES = {"half": second.HARD, "pairs": second.DESK}


def made(
    size: int, count: int, *, mix: str, seed: int, absent: float, read: Read
) -> tuple[Register, list[tuple[Written, str]]]:
    """Make the register and the readings, with the place of each arm in it.

    Args:
        size: Arms.
        count: Readings.
        mix: ``half`` for that generator's hard mix, ``pairs`` for the errors of
            serials that were typed twice; it has no mix as found.
        seed: Of the readings.
        absent: The share of readings of arms that are not registered.
        read: Gives what is compared of an arm as written.
    """
    rows = second.registry(size, 11)
    drawn = second.queries(rows, count, absent_share=absent, seed=seed, mix=MIXES[mix])
    return _register(rows, read), [_case(query) for query in drawn]


def _register(rows: second.Registry, read: Read) -> Register:
    profiles: dict[tuple[str, ...], int] = {}
    cards = []
    model = np.empty(len(rows), np.int32)
    serials = []
    for place, row in enumerate(rows):
        described = (row.type, row.make, row.model, row.calibre, row.country)
        if described not in profiles:
            profiles[described] = len(cards)
            cards.append(read("", _description(*described)))
        model[place] = profiles[described]
        serials.append(search_key(row.serial).encode())
    return Register([], cards, model, np.array(serials))


def _case(query: second.Query) -> tuple[Written, str]:
    written = _description(
        query.type, query.make, query.model, query.calibre, serial=query.serial
    )
    truth = "" if query.answer is None else str(query.answer - 1)
    error = "two errors" if " + " in query.harm else query.harm
    return Written(written, int(truth or -1), error), truth


def _description(
    arm_type: str, make: str, model: str, calibre: str,
    country: str = "", serial: str = "",
) -> Description:  # fmt: skip
    return Description(
        type=arm_type,
        make=make,
        model=model,
        calibre=calibre,
        serial=serial,
        country=country,
    )
