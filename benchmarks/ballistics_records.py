"""Search a gallery in the database: time an entry, memory, one and two processes.

    python -m benchmarks.ballistics_records [ENTRIES]

A hundred invented marks stand in the gallery again and again: the cost of an entry
does not depend on whether its like came before. Times are processor time.
"""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="ballistics-")
os.environ |= {"ARMSTRACE_HOME": HOME, "ARMSTRACE_COUNTRY": "XV"}

from armstrace.cli import main  # noqa: E402

main.set_up()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from armstrace.accounts import actors  # noqa: E402
from armstrace.ballistics.actions import enrolling, searching  # noqa: E402
from armstrace.ballistics.inputs import MarkInput, ReceivedScan, SearchInput  # noqa: E402
from armstrace.ballistics.models import (  # noqa: E402
    BallisticMark,
    ClassCharacteristics,
    PreparedMark,
)
from armstrace.jobs.running import JobContext  # noqa: E402
from armstrace.vocabulary.actors import Purpose  # noqa: E402
from armstrace.vocabulary.ballistics import MarkOrigin  # noqa: E402
from tests.ballistics.marks import content  # noqa: E402
from tests.builders import recovered  # noqa: E402

DISTINCT = 100
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def enrolled(folder: Path) -> list[int]:
    """Enrol a probe, its mate and distinct other marks."""
    by = actors.system_actor(Purpose.INVESTIGATION)
    (recovery,) = recovered()
    tools = [(1, 1), (1, 2), *((tool, 1) for tool in range(2, DISTINCT))]
    began = time.process_time()
    keys = [
        enrolling.enrol_mark(
            stated=MarkInput(recovery_id=recovery, origin=MarkOrigin.EXHIBIT),
            scan=ReceivedScan(content(*tool), f"{number}.x3p"),
            folder=folder,
            by=by,
            at=AT,
        ).pk
        for number, tool in enumerate(tools)
    ]
    spent = (time.process_time() - began) / len(keys)
    print(f"make and enrol: {spent * 1e3:.0f} ms a mark")
    return keys


def filled(keys: list[int], entries: int) -> None:
    """Copy the marks until the gallery holds so many."""
    rows = PreparedMark.objects.select_related("mark", "region__scan")
    pattern = [rows.get(pk=key) for key in keys[2:]]
    classes = {
        each.mark_id: each
        for each in ClassCharacteristics.objects.filter(mark_id__in=keys)
    }
    with transaction.atomic():
        for number in range(entries + 1 - BallisticMark.objects.count()):
            copy(pattern[number % len(pattern)], classes)


def copy(prepared: PreparedMark, classes: dict[int, ClassCharacteristics]) -> None:
    told = classes[prepared.mark_id]
    mark, region, scan = prepared.mark, prepared.region, prepared.region.scan
    new = fresh(mark)
    new_scan = fresh(scan, mark=new)
    new_region = fresh(region, mark=new, scan=new_scan)
    fresh(told, mark=new)
    PreparedMark.objects.create(
        mark=new,
        region=new_region,
        method=prepared.method,
        cells=prepared.cells,
        image=prepared.image,
    )


def fresh(row, **changes):
    columns = {
        f.attname: getattr(row, f.attname)
        for f in row._meta.concrete_fields  # noqa: SLF001 - documented API
        if not f.primary_key
    }
    for name, value in changes.items():
        columns[f"{name}_id"] = value.pk
    return type(row).objects.create(**columns)


def measured(probe: int, reach_deg: float, processes: int, folder: Path) -> None:
    by = actors.system_actor(Purpose.INVESTIGATION)
    stated = SearchInput(probe, reach_deg=reach_deg, compare_closer=0)
    run = searching.begin_search(stated=stated, by=by, at=AT)
    began, before = time.perf_counter(), spent()
    searching.run_search(
        run_id=run.pk,
        folder=folder,
        context=JobContext(f"{reach_deg} {processes}"),
        processes=processes,
        by=by,
        at=AT,
    )
    wall, cpu = time.perf_counter() - began, spent() - before
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"{run.entries} entries, +-{reach_deg:g} degrees, {processes} process(es): "
        f"{cpu / run.entries * 1e3:.1f} ms an entry of processor time, "
        f"{cpu:.1f} s in all, {wall:.1f} s of the clock, largest process "
        f"{peak // 1024} MB, load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def spent() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(who) for who in both]
    return sum(one.ru_utime + one.ru_stime for one in used)


def run(entries: int) -> None:
    call_command("migrate", verbosity=0)
    folder = Path(HOME) / "files"
    keys = enrolled(folder)
    filled(keys, 1_000)
    measured(keys[0], 30.0, 1, folder)
    measured(keys[0], 180.0, 1, folder)
    filled(keys, entries)
    size = (Path(HOME) / "armstrace.sqlite3").stat().st_size
    print(f"database {size / entries / 1024:.0f} kB an entry")
    measured(keys[0], 30.0, 2, folder)


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
