"""Time matching many recoveries at once against a register of a million and more.

    python -m benchmarks batch [--arms 1000000] [--recoveries 4000] [--processes 2]
    python tests/with_postgres.py python -m benchmarks batch

Holds the benchmark's register in slim rows and recoveries of it, misread in the
mix of real police records, in a fresh folder or on the PostgreSQL that is set. It
times the comparing, in one process and in several, and says what share of the
likeliest arms is right. Keeping results is timed by `armstrace match-records` itself.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import batched

import numpy as np

from benchmarks import commands, matching_databases
from benchmarks.matching_readings import Written, readings
from benchmarks.matching_register import Register, counts_of, make_register

NOW = datetime(2026, 1, 2, tzinfo=UTC)
CHUNK = 500
SAMPLE = 4  # chunks for one process alone


def measure(wanted: argparse.Namespace) -> dict[str, object]:
    """Hold a register and recoveries, and match these."""
    vendor = matching_databases.set_up()
    whole = make_register(wanted.arms, wanted.seed)
    written = readings(whole, wanted.recoveries, wanted.mix, wanted.seed)
    chance = np.random.default_rng(wanted.seed)
    lacking = chance.choice(len(written), len(written) * 12 // 100, replace=False)
    gone = np.sort([written[n].place for n in lacking])
    register = whole.without(gone)
    started = time.perf_counter()
    hold(register)
    built = time.perf_counter() - started
    ids = recover(written)
    absent = {written[n].place for n in lacking}
    truth = {
        recovery: None if one.place in absent else place_of(one.place, gone)
        for recovery, one in zip(ids, written, strict=True)
    }
    return {
        "database": vendor,
        "arms": len(register),
        "recoveries": len(ids),
        "load_before": [round(each, 1) for each in os.getloadavg()],
        "seconds_building": round(built, 1),
        **compared(ids, truth, wanted.processes),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peak_mb_of_a_process": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        // 1024,
        "load_after": [round(each, 1) for each in os.getloadavg()],
    }


def place_of(place: int, gone: np.ndarray) -> int:
    """Give the number under which an arm stands in the register as held."""
    return place - int(np.searchsorted(gone, place)) + 1


def hold(register: Register) -> None:
    """Write the register with its counts."""
    matching_databases.hold(register, counts_of(register))


def recover(written: list[Written]) -> list[int]:
    """Put the readings on record as recoveries."""
    from armstrace.accounts.actors import system_actor  # noqa: PLC0415
    from armstrace.recoveries.actions import recording  # noqa: PLC0415
    from armstrace.recoveries.inputs import RecoveryInput  # noqa: PLC0415
    from armstrace.vocabulary.recoveries import RecoveryKind  # noqa: PLC0415

    ids: list[int] = []
    for chunk in batched(enumerate(written), CHUNK):
        made = recording.record_recoveries(
            source="BENCH",
            stated=[
                RecoveryInput(
                    number=f"B-{number}",
                    recovery_kind=RecoveryKind.SEIZED,
                    recovered_on=date(2025, 1, 1 + number % 28),
                    agency="BENCH",
                    description=one.description,
                )
                for number, one in chunk
            ],
            by=system_actor(),
            at=NOW,
        )
        ids += [each.record_id for each in made]
    return ids


def compared(
    ids: list[int], truth: dict[int, int | None], processes: int
) -> dict[str, object]:
    """Time the comparing and say how much of it is right."""
    from armstrace.accounts.actors import system_actor  # noqa: PLC0415
    from armstrace.recoveries import parallel  # noqa: PLC0415
    from armstrace.recoveries.comparing import Comparer, Task  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415
    from armstrace.vocabulary.matching import MatchAgainst  # noqa: PLC0415

    by = system_actor(Purpose.TRACING)
    task = Task(MatchAgainst.REGISTRY, ids[-1], "benchmark")
    here = Comparer(task, by).compute
    list(here([ids[:1]]))  # counts of the register are read once
    told: dict[str, object] = {}
    chunks = [list(chunk) for chunk in batched(ids, CHUNK)]
    compute = here
    if processes > 1:
        compute = parallel.computer(task, by, processes=processes)
        few = chunks[:SAMPLE]
        _, told["ms_each_in_one_process"] = timed(
            lambda: list(here(few)), sum(map(len, few))
        )
    several, told[f"ms_each_in_{processes}_processes"] = timed(
        lambda: list(compute(chunks)), len(ids)
    )
    found = [one for chunk in several for one in chunk]
    present = [one for one in found if truth[one.recovery_id] is not None]
    right = sum(one.arm_id == truth[one.recovery_id] for one in present)
    sure = [one for one in found if one.probability >= 0.95]
    precise = sum(one.arm_id == truth[one.recovery_id] for one in sure)
    return told | {
        "recall_at_1": round(right / len(present), 4),
        "share_of_0.95": round(len(sure) / len(found), 3),
        "precision_at_0.95": round(precise / max(len(sure), 1), 4),
    }


def timed[T](act: Callable[[], T], count: int) -> tuple[T, dict[str, float]]:
    """Do it; give milliseconds each, by the clock and of this process's core."""
    started, used = time.perf_counter(), time.process_time()
    found = act()
    clock, core = time.perf_counter() - started, time.process_time() - used
    return found, {
        "clock": round(clock / count * 1000, 2),
        "core": round(core / count * 1000, 2),
    }


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--arms", type=int, default=1_000_000)
    words.add_argument("--recoveries", type=int, default=4_000)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--mix", default="half")
    words.add_argument("--seed", type=int, default=11)
    commands.print_measured(measure, words.parse_args())


if __name__ == "__main__":
    main()
