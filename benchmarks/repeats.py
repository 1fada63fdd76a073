"""Time one new recovery against all others on record, as at the desk.

    python -m benchmarks repeats [--held 100000] [--new 500] [--again 0.15]
    python tests/with_postgres.py python -m benchmarks repeats

Holds recoveries of the benchmark's register with their keys, in a fresh folder or on
the PostgreSQL that is set. New ones, misread in the mix of real police records and
one part of them of arms on record, are put on record and then compared one by one, as
a form does: keys, search, proposals and the ledger's entry. Time is the processor's, of
this process and of PostgreSQL's for it.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import batched

import numpy as np

from benchmarks import batch, commands, copies, matching_databases
from benchmarks.matching_readings import MIXES, readings
from benchmarks.matching_register import Register, make_register

NOW = datetime(2026, 1, 2, tzinfo=UTC)
CHUNK = 2000
IN_ONE_PROCEDURE = 2
WARM = 20


def measure(wanted: argparse.Namespace) -> dict[str, object]:
    """Hold recoveries, and compare new ones with them."""
    vendor = matching_databases.set_up()
    written, register = new_and_held(wanted)
    hold(register)
    ids = batch.recover(written)
    note(ids[:WARM])  # the frequencies are counted once for all
    profile = cProfile.Profile(time.process_time) if wanted.profile else None
    before = commands.server_seconds()
    costs, proposed = [], 0
    for each in ids[WARM:]:
        started = time.process_time()
        if profile:
            profile.enable()
        proposed += note([each])
        if profile:
            profile.disable()
        costs.append(1000 * (time.process_time() - started))
    if profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(wanted.profile)
    told = {
        "database": vendor,
        "on_record": len(register),
        "n": len(costs),
        "proposed": proposed,
        "load": [round(each, 1) for each in os.getloadavg()],
        "processor_ms": spread(costs),
    }
    if vendor == "postgresql":
        spent = 1000 * (commands.server_seconds() - before) / len(costs)
        told["server_processor_ms_mean"] = round(spent, 2)
    return told


def new_and_held(wanted: argparse.Namespace) -> tuple[list[object], Register]:
    """Give the readings of new recoveries, and the arms that are on record."""
    count = wanted.new + WARM
    fresh = round(count * (1 - wanted.again))
    whole = make_register(wanted.held + fresh, wanted.seed)
    written = readings(whole, count, wanted.mix, wanted.seed)
    chance = np.random.default_rng(wanted.seed)
    lacking = chance.choice(len(written), fresh, replace=False)
    gone = np.sort([written[n].place for n in lacking])
    return written, whole.without(gone)


def hold(register: Register) -> None:
    """Write recoveries past intake, with their keys."""
    from django.db import transaction  # noqa: PLC0415

    from armstrace.recoveries.models import ComparedRecord, Recovery, RecoveryRecord  # noqa: PLC0415
    from armstrace.recoveries.others import store_keys  # noqa: PLC0415

    for records in batched(recoveries(register), CHUNK):
        with transaction.atomic():
            Recovery.objects.bulk_create(record.recovery for record in records)
            for record in records:
                record.recovery_id = record.recovery.pk
            made = RecoveryRecord.objects.bulk_create(records)
            store_keys(made)
            ComparedRecord.objects.bulk_create(
                ComparedRecord(record=record) for record in made
            )
    copies.settle()


def recoveries(register: Register) -> Iterator[object]:
    """Give the recoveries of a register's arms, unsaved."""
    from armstrace.recoveries.models import Recovery, RecoveryRecord  # noqa: PLC0415

    for place, card in enumerate(register.cards()):
        identity = Recovery(
            source="HELD", source_number=str(place), item_kind="ARM", known_at=NOW
        )
        yield RecoveryRecord(
            recovery=identity,
            known_at=NOW,
            source="HELD",
            recovery_kind="SEIZED",
            recovered_on=date(2015 + place % 10, 1 + place % 12, 1 + place % 28),
            agency="BENCH",
            case_number=f"{place // IN_ONE_PROCEDURE}",
            arm_type=card.type or "UNKNOWN",
            make=card.make,
            model=card.model,
            calibre=card.calibre,
            serial_as_marked=register.marked(place),
            serial_search=card.serial,
            serial_status="COMPLETE",
            country_of_manufacture=card.country,
        )


def note(ids: list[int]) -> int:
    """Compare recoveries with all others; give how many proposals were made."""
    from armstrace.accounts.actors import system_actor  # noqa: PLC0415
    from armstrace.recoveries.actions import repeat_recoveries  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415

    by = system_actor(Purpose.TRACING)
    at = datetime.now(UTC)
    return len(repeat_recoveries.note_resightings(recovery_ids=ids, by=by, at=at))


def spread(costs: list[float]) -> dict[str, float]:
    """Give the median, the mean, and what nineteen of twenty stay under."""
    return {
        "median": round(statistics.median(costs), 2),
        "mean": round(statistics.fmean(costs), 2),
        "p95": round(statistics.quantiles(costs, n=20)[-1], 2),
    }


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--held", type=int, default=100_000)
    words.add_argument("--new", type=int, default=500)
    words.add_argument("--again", type=float, default=0.15, help="share on record")
    words.add_argument("--mix", choices=MIXES, default="as-found")
    words.add_argument("--seed", type=int, default=11)
    words.add_argument("--profile", type=int, default=0, metavar="LINES")
    commands.print_measured(measure, words.parse_args())


if __name__ == "__main__":
    main()
