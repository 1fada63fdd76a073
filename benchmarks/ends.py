"""Score what finds diversions, arms lost in a depot, that come back, brought twice.

    python -m benchmarks ends [--arms 1000] [--shipments 80] [--seed 1] [--second 7]

The stories of `armstrace demo` are lived twice in fresh folders: by the arms of the
synthetic country, and by a register of the second generator, with another seed. The
truth stands apart from the records (`demo-ends.jsonl`, `demo-shipments.jsonl`). For
each kind: planted, found, days to it (the middle one), by what, how often it points at
others, and how those that were not found came to pass.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks import second_generator as second

SECOND = "SECOND"
# What is told apart in the truth from what else was looked at.
GROUPS = (
    *(("STORED",), ("RETURNED", "LIVE"), ("STOLEN", "TWICE", "ONCE")),
    *(("FORGED", "GENUINE"), ("DIVERTED", "ARRIVED")),
)
BODY, OWNER = "S-1", "H-1"
SHARES = {"ISSUED_TO_STATE": BODY, "SOLD_TO_HOLDER": OWNER}


def live(
    folder: Path, arms: int, seed: int, *, is_second: bool, shipments: int = 0
) -> dict[str, object]:
    """Live the stories in a fresh folder, and score them."""
    os.environ |= {"ARMSTRACE_HOME": str(folder), "ARMSTRACE_COUNTRY": "XV"}
    (folder / "demo").touch()
    from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder first

    set_up()
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.cli import (  # noqa: PLC0415
        demonstrating,
        demonstrating_ends,
        demonstrating_transfers,
        init,
    )
    from benchmarks import planned_shipments  # noqa: PLC0415

    init.prepare()
    by = actors.system_actor()
    demonstrating.open_accounts(by)
    _load(arms, seed, is_second=is_second)
    demonstrating_ends.live_ends(seed)
    told = map(demonstrating_transfers.live, planned_shipments.stories(seed, shipments))
    demonstrating_transfers.tell_truth(told)
    truth = []
    for told_by in (demonstrating_ends, demonstrating_transfers):
        with (folder / told_by.TRUTH).open(encoding="utf-8") as file:
            truth += [json.loads(line) for line in file]
    return {
        "forged papers": scored(truth, "FORGED", *_checks()),
        "consignments diverted": scored(truth, "DIVERTED", *_alarms()),
        "arms of a depot that were taken": scored(truth, "STORED", _losses(), "count"),
        "deactivated arms that came back": scored(
            truth, "RETURNED", _traces(), "trace"
        ),
        "stolen arms handed in": scored(
            truth, "STOLEN", _held("SET_ASIDE"), "register"
        ),
        "arms handed in twice": scored(truth, "TWICE", _held("DOUBLE"), "hand-ins"),
    }


def scored(
    truth: list[dict[str, str]],
    what: str,
    said: dict[str, date],
    by: str | dict[str, str],
) -> dict[str, object]:
    """Set what was said of records of one kind beside what is true of them."""
    begun = {
        each["number"]: date.fromisoformat(on)
        for each in truth
        if each["what"] == what
        if (on := each.get("lost_on", each.get("on", "")))
    }
    group = next(each for each in GROUPS if what in each)
    others = {each["number"] for each in truth if each["what"] in group} - begun.keys()
    found = begun.keys() & said.keys()
    days = [(said[number] - begun[number]).days for number in found]
    how = {each["number"]: each["how"] for each in truth if each["what"] in group}
    mistaken = said.keys() & others
    told: dict[str, object] = {
        "planted": len(begun),
        "found": len(found),
        "days": median(days) if days else None,
        "by": by if isinstance(by, str) else dict(Counter(by[one] for one in found)),
        "false alarms": len(mistaken),
        "others": len(others),
        "missed": dict(Counter(how[one] or "?" for one in begun.keys() - found)),
    }
    if isinstance(by, str):
        return told | {"mistaken": dict(Counter(how[one] or "?" for one in mistaken))}
    return told | {"mistaken": dict(Counter(by[one] for one in mistaken))}


def _checks() -> tuple[dict[str, date], dict[str, str]]:
    """Give the authorisations that lacked something when all papers were on file."""
    from armstrace.transfers.models import AuthorisationRecord  # noqa: PLC0415

    rows = AuthorisationRecord.objects.filter(stage="OPEN").order_by("pk")
    last = {f"G{each.authorisation_id}": each for each in rows}
    lacking = {number: each for number, each in last.items() if each.missing}
    return (
        {number: each.known_at.date() for number, each in lacking.items()},
        {
            number: ", ".join(sorted({code for code, _ in each.missing}))
            for number, each in lacking.items()
        },
    )


def _alarms() -> tuple[dict[str, date], dict[str, str]]:
    """Give the first alarm that each consignment raised, day after day."""
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from armstrace.records import jurisdiction  # noqa: PLC0415
    from armstrace.transfers import standing, watching  # noqa: PLC0415
    from armstrace.transfers.models import Consignment, ConsignmentStep  # noqa: PLC0415

    law, today = jurisdiction.profile(), datetime.now(UTC).date()
    begun, by = dict[str, date](), dict[str, str]()
    for made in Consignment.objects.select_related("authorisation"):
        rows = ConsignmentStep.objects.current().filter(consignment=made)
        course = standing.course_of(made, rows.order_by("happened_on", "pk"))
        day = course.steps[0].on
        while day <= today and made.reference not in begun:
            known = replace(course, steps=[s for s in course.steps if s.on <= day])
            due = watching.every_due(known, law, settings.HOME_COUNTRY)
            if first := next((each for each in due if each.on <= day), None):
                begun[made.reference], by[made.reference] = day, first.alarm.value
            day += timedelta(days=1)
    return begun, by


def _losses() -> dict[str, date]:
    """Give the arms of depots that counts reported as lost, by number."""
    from armstrace.stockpiles.models import StockAnswer  # noqa: PLC0415 - after set_up

    rows = StockAnswer.objects.filter(answer="INCIDENT", finding="MISSING")
    return {
        each.number: each.known_at.date() for each in rows.order_by("-known_at", "-pk")
    }


def _traces() -> dict[str, date]:
    """Give the recoveries of which a trace says that the arm was deactivated."""
    from armstrace.cli.demonstrating_ends import SOURCE  # noqa: PLC0415 - after set_up
    from armstrace.tracing.models import TraceFinding  # noqa: PLC0415

    rows = TraceFinding.objects.current().filter(
        trace__recovery__source=SOURCE, diversion_kind="POST_DEACTIVATION"
    )
    return {
        each.trace.recovery.source_number: each.known_at.date()
        for each in rows.select_related("trace__recovery")
    }


def _held(state: str) -> dict[str, date]:
    """Give the receipts of arms that the desk held for a reason."""
    from armstrace.collection.models import HandIn  # noqa: PLC0415 - after set_up

    return {each.reference: each.day for each in HandIn.objects.filter(state=state)}


def _load(arms: int, seed: int, *, is_second: bool) -> None:
    """Load a register: holders, arms, what happened to them, losses."""
    from armstrace.accounts import actors  # noqa: PLC0415 - after set_up
    from armstrace.analysis.synthetic.country import SyntheticCountry  # noqa: PLC0415
    from armstrace.cli import demonstrating  # noqa: PLC0415
    from armstrace.intake.actions import loading  # noqa: PLC0415
    from armstrace.intake.fields import IntakeKind  # noqa: PLC0415
    from armstrace.intake.incoming import IncomingRows  # noqa: PLC0415
    from armstrace.jobs.running import JobContext  # noqa: PLC0415

    land = Second(arms, seed) if is_second else SyntheticCountry(seed, arms, 1)
    streams = {
        IntakeKind.HOLDERS: land.holders(),
        IntakeKind.REGISTRY: demonstrating.arms_alone(land),
        IntakeKind.EVENTS: land.events(),
        IntakeKind.LOSSES: land.losses(),
    }
    for kind, rows in streams.items():
        incoming = IncomingRows(
            rows=rows, kind=kind, source=SECOND, name=kind.value, key=f"ends {kind}",
            arm_source=SECOND, agency="VNP",
        )  # fmt: skip
        loading.load_rows(
            incoming=incoming,
            by=actors.system_actor(),
            at=datetime.now(UTC),
            context=JobContext("ends"),
        )


class Second:
    """A register of the second generator, as the rows of a country."""

    def __init__(self, arms: int, seed: int) -> None:
        self.rows = list(islice(iter(second.Registry(arms, seed)), arms))

    def holders(self) -> Iterator[dict[str, str]]:
        for number, kind in ((BODY, "STATE_BODY"), (OWNER, "PERSON")):
            yield {"holder_number": number, "name": f"Sample {number}", "kind": kind}

    def registry(self) -> Iterator[dict[str, str]]:
        for row in self.rows:
            yield {
                "source_number": f"B{row.id}", "arm_type": row.type, "make": row.make,
                "model": row.model, "calibre": row.calibre, "serial": row.serial,
            }  # fmt: skip

    def events(self) -> Iterator[dict[str, str]]:
        for row in self.rows:
            kind = "ISSUED_TO_STATE" if row.id % 5 == 0 else "SOLD_TO_HOLDER"
            yield {
                "source_number": f"B{row.id}-1", "arm_number": f"B{row.id}",
                "event": kind, "happened_on": "2015-06-01",
                "holder_to": SHARES[kind],
            }  # fmt: skip

    def losses(self) -> Iterator[dict[str, str]]:
        for row in self.rows:
            if row.id % 20 == 1:
                yield {
                    "source_number": f"L{row.id}", "arm_number": f"B{row.id}",
                    "arm_type": row.type, "make": row.make, "serial": row.serial,
                    "loss_kind": "STOLEN", "happened_on": "2020-03-01",
                    "reported_on": "2020-03-02",
                }  # fmt: skip


def main() -> None:
    """Score both, each in a process and a folder of its own, and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--arms", type=int, default=1_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--second", type=int, default=7, help="seed of the second")
    words.add_argument("--shipments", type=int, default=80)
    words.add_argument("--only", choices=("first", "second"), default="")
    wanted = words.parse_args()
    if not wanted.only:
        for only in ("first", "second"):
            again = [sys.executable, "-m", "benchmarks", "ends", *sys.argv[1:]]
            subprocess.run([*again, "--only", only], check=True)
        return
    is_second = wanted.only == "second"
    seed = wanted.second if is_second else wanted.seed
    with tempfile.TemporaryDirectory() as folder:
        told = live(
            Path(folder),
            wanted.arms,
            seed,
            is_second=is_second,
            shipments=wanted.shipments,
        )
    print(json.dumps({wanted.only: {"seed": seed} | told}, indent=1))


if __name__ == "__main__":
    main()
