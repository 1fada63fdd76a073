"""Trace a synthetic country's recoveries and score what is proposed.

    python -m benchmarks tracing [--arms 100000] [--recoveries 5000] [--seed 1]
    python tests/with_postgres.py python -m benchmarks tracing

Makes a demo in a fresh folder, traces every recovery, and sets the proposals
beside the truth that the country keeps apart: the share that is right, wrong and
honestly left open. What a person confirmed is not looked at. On PostgreSQL where
DATABASE_URL and DATABASE_ADMIN_URL are set, else on SQLite.
"""

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks import commands
from benchmarks.truth_scores import Finding, Score, score_findings


def measure(folder: Path, wanted: argparse.Namespace) -> dict[str, object]:
    """Make the country, trace it and score it."""
    sizes = ["--size", str(wanted.arms), "--recoveries", str(wanted.recoveries)]
    words = ["demo", *sizes, "--seed", str(wanted.seed), "--no-serve"]
    on_postgres = commands.has_postgres()
    made = commands.armstrace(folder, *words, on_postgres=on_postgres)
    traced = commands.armstrace(folder, "trace", "--all", on_postgres=on_postgres)
    score = scored(folder)
    return {
        "database": "PostgreSQL" if on_postgres else "SQLite",
        "arms": wanted.arms,
        "making": costs(made),
        "tracing": costs(traced) | {"a_second": round(score.arms / traced.seconds)},
        "score": asdict(score),
    }


def costs(cost: commands.Cost) -> dict[str, float]:
    """Give the figures of a command."""
    return {
        "seconds": round(cost.seconds, 1),
        "user_seconds": round(cost.user_seconds, 1),
        "peak_mb": cost.peak_mb,
    }


def scored(folder: Path) -> Score:
    """Score the findings on record against the truth beside them."""
    os.environ["ARMSTRACE_HOME"] = str(folder)
    from armstrace.cli.main import set_up  # noqa: PLC0415 - once the folder is known

    set_up()
    with (folder / "demo-truth.jsonl").open(encoding="utf-8") as truth:
        return score_findings(findings(), [json.loads(line) for line in truth])


def findings() -> Iterator[Finding]:
    """Give what the traces on record propose, whatever people decided."""
    from armstrace.tracing.models import TraceFinding  # noqa: PLC0415 - after set_up

    rows = TraceFinding.objects.current()
    for row in rows.select_related("trace__recovery", "last_lawful_holder"):
        held = row.last_lawful_holder
        yield Finding(
            source_number=row.trace.recovery.source_number,
            last_lawful_holder=held.number if held else "",
            diversion_kind=row.diversion_kind,
            diversion_region=row.diversion_region,
            diversion_on=row.diversion_on,
            earliest=row.diversion_earliest_on,
            latest=row.diversion_latest_on,
            is_lawfully_held=row.is_lawfully_held,
        )


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--arms", type=int, default=100_000)
    words.add_argument("--recoveries", type=int, default=5_000)
    words.add_argument("--seed", type=int, default=1)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder), words.parse_args()), indent=2))


if __name__ == "__main__":
    main()
