"""Make a wide country for timing pages: many arms, many recoveries, some lives.

    ARMSTRACE_HOME=… python -m benchmarks.country [--arms 1000000] [--recoveries 100000]
        [--shipments 100000]

The register is whole; life events and holders are loaded for the first arms only
(``--lives``), so that a million arms are ready in minutes. The database must be
empty; accounts and passphrase are the demo's.
"""

import argparse
import itertools
import os
import sys
import time
from datetime import UTC, datetime

from benchmarks import shipments


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arms", type=int, default=1_000_000)
    parser.add_argument("--recoveries", type=int, default=100_000)
    parser.add_argument("--lives", type=int, default=20_000, help="arms with a life")
    parser.add_argument("--traced", type=int, default=2_000, help="traces run")
    parser.add_argument("--shipments", type=int, default=0, help="authorisations")
    wanted = parser.parse_args()
    os.environ["ARMSTRACE_DEMO"] = "True"

    from armstrace.cli.main import set_up  # noqa: PLC0415 - a benchmark's own door

    set_up()
    make(wanted)
    return 0


def make(wanted: argparse.Namespace) -> None:
    from rich.progress import Progress  # noqa: PLC0415 - after set_up

    from armstrace.accounts import actors  # noqa: PLC0415
    from armstrace.analysis.synthetic import country  # noqa: PLC0415
    from armstrace.cli import demo, demonstrating, init  # noqa: PLC0415
    from armstrace.intake.fields import IntakeKind  # noqa: PLC0415
    from armstrace.registry.population import recount  # noqa: PLC0415
    from armstrace.vocabulary.actors import Purpose  # noqa: PLC0415

    demo.make_fresh()
    init.prepare()
    by = actors.system_actor(Purpose.REGISTRATION)
    hub = demonstrating.open_accounts(by)
    land = country.SyntheticCountry(1, wanted.arms, wanted.recoveries)
    last = f"A{wanted.lives:09d}"
    events = list(
        itertools.takewhile(lambda row: row["arm_number"] < last, land.events())
    )
    decisions = list(itertools.islice(land.decisions(), 60_000))
    named = {row[side] for row in events for side in ("holder_from", "holder_to")}
    named |= {row.get("last_lawful_holder", "") for row in decisions}
    holders = (row for row in land.holders() if row["holder_number"] in named)
    streams = (
        (IntakeKind.HOLDERS, demonstrating.REGISTER, holders),
        (IntakeKind.REGISTRY, demonstrating.REGISTER, demonstrating.arms_alone(land)),
        (IntakeKind.EVENTS, demonstrating.REGISTER, iter(events)),
        (IntakeKind.RECOVERIES, demonstrating.POLICE, land.recoveries()),
    )
    for kind, source, rows in streams:
        begun = time.perf_counter()
        load(kind, source, rows, by)
        print(f"{kind}: {time.perf_counter() - begun:.0f} s", flush=True)
    recount()
    with Progress(disable=True) as shown:
        decide(decisions, hub, shown, traced=wanted.traced)
    if wanted.shipments:
        print(f"authorisations: {shipments.send_many(wanted.shipments)}", flush=True)


def load(kind: object, source: str, rows: object, by: object) -> None:
    from armstrace.cli import demonstrating  # noqa: PLC0415 - after set_up
    from armstrace.intake.actions import loading  # noqa: PLC0415
    from armstrace.intake.incoming import IncomingRows  # noqa: PLC0415
    from armstrace.jobs.running import JobContext  # noqa: PLC0415

    incoming = IncomingRows(
        rows=rows,
        kind=kind,
        source=source,
        name=str(kind),
        key=f"wide {kind}",
        arm_source=demonstrating.REGISTER,
        agency="VNP",
    )
    loading.load_rows(
        incoming=incoming,
        by=by,
        at=datetime.now(UTC),
        context=JobContext(),
        chunk_rows=2000,
    )


def decide(rows: list, hub: object, shown: object, *, traced: int) -> None:
    """Record decisions; trace those whose arms have a life on record."""
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from armstrace.cli import demonstrating as made  # noqa: PLC0415
    from armstrace.cli import demonstrating_decisions as decided  # noqa: PLC0415
    from armstrace.recoveries import queries as recoveries  # noqa: PLC0415
    from armstrace.registry import queries as registry  # noqa: PLC0415
    from armstrace.tracing.actions import decisions, findings  # noqa: PLC0415

    done = 0
    for start in range(0, len(rows), 1000):
        chunk = rows[start : start + 1000]
        numbers = [row["source_number"] for row in chunk]
        ids = recoveries.ids_by_source_number(made.POLICE, numbers, viewer=hub)
        arms = registry.ids_by_source_number(
            made.REGISTER,
            [r["arm_number"] for r in chunk if r["arm_number"]],
            viewer=hub,
        )
        now = datetime.now(UTC)
        opened = [
            decided.opening_decision(
                ids[r["source_number"]], decided.moment(r["opened_on"])
            )
            for r in chunk
            if r["standing"] != "EXCEPTED"
        ]
        decisions.decide_traces(stated=opened, by=hub, at=now)
        ended = [
            decided.closing_decision(r, ids, arms.get(r["arm_number"]))
            for r in chunk
            if r["standing"] != "OPEN"
        ]
        decisions.decide_traces(stated=ended, by=hub, at=now)
        if done < traced:
            part = list(ids.values())[: traced - done]
            done += len(part)
            findings.trace_at_home(
                recovery_ids=part, home_country=settings.HOME_COUNTRY, by=hub, at=now
            )


if __name__ == "__main__":
    sys.exit(main())
