"""Live a year of a small country through the acts, then trace what was diverted.

    python -m benchmarks lived [--seed 1] [--months 12] [--people 200]
    python tests/with_postgres.py python -m benchmarks lived

Everything is done by the actions of the product, day by day: applications, vetting,
decisions, marks, notices, sales, losses, ends. The truth is told to no desk. Counted
is how many arms are traced to where they left the legal world, and what came of
acts of parties who might not: stopped by a rule, seen by a second person, or
neither. On PostgreSQL where DATABASE_URL and DATABASE_ADMIN_URL are set.
"""

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks import commands

PROFILE = "eu"
# The buyer gave it on unlawfully; which, only the time and other purchases tell.
SALES = {"HOLDER_SALE", "STRAW_PURCHASE"}


def measure(wanted: argparse.Namespace) -> dict[str, Any]:
    """Live the year in a fresh database."""
    os.environ |= {"ARMSTRACE_DEMO": "True", "ARMSTRACE_PROFILE": wanted.profile}
    from armstrace.cli.main import set_up  # noqa: PLC0415 - the folder is known

    set_up()
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from armstrace.cli import init  # noqa: PLC0415

    init.prepare()
    return lived(wanted, settings.MEDIA_ROOT)


def lived(wanted: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Live the year in the database that is set up, and count what came of it."""
    from armstrace.vocabulary.accounts import AgencyKind  # noqa: PLC0415 - after set_up
    from benchmarks import lived_desks, lived_stories, lived_year  # noqa: PLC0415

    begun = time.perf_counter()
    desks = lived_desks.Desks(folder, lived_year.BEGUN)
    desks.open_agency(lived_desks.REGISTRY, AgencyKind.REGISTRY)
    told = {"seed": wanted.seed, "people": wanted.people, "months": wanted.months}
    year = lived_year.Year(desks, **told)
    lived_stories.settle(year)
    year.live()
    found = traced(year)
    return {
        **told,
        "arms": len(year.things),
        "acts": len(year.tried),
        "sales put before a loss that was told first": year.mended,
        "lawful acts refused": _counted(
            f"{one.act} ({one.by}): {one.rule}"
            for one in year.tried
            if one.is_lawful and one.rule
        ),
        **_stopped(year),
        **found,
        "seconds": round(time.perf_counter() - begun),
    }


def traced(year: Any) -> dict[str, Any]:
    """Trace every recovery, and set what is found beside the truth."""
    from armstrace.recoveries.models import Recovery  # noqa: PLC0415 - after set_up
    from armstrace.tracing.models import TraceFinding  # noqa: PLC0415

    year.desks.trace(list(Recovery.objects.values_list("pk", flat=True)))
    rows = TraceFinding.objects.current().select_related(
        "trace__recovery", "last_lawful_holder"
    )
    found = {row.trace.recovery.source_number: row for row in rows}
    of_holder, of_kind, missed = Counter(), Counter(), []
    for thing in year.recovered:
        row, (kind, holder) = found[thing.recovery], thing.point
        if row.arm_id is None:
            of_holder["identity left open"] += 1
            continue
        held = row.last_lawful_holder.number if row.last_lawful_holder else ""
        is_holder = held == holder and row.arm_id == thing.arm_id
        of_holder["right" if is_holder else "wrong"] += 1
        said = "" if row.is_lawfully_held else row.diversion_kind
        is_right = said == kind and row.is_lawfully_held == (kind == "")
        told = "right" if is_right else "left open" if not said else "wrong"
        if {said, kind} == SALES:
            told = "sale for straw purchase, or the other way round"
        of_kind[told if thing.is_told else f"{told}, which no record can tell"] += 1
        if not (is_holder and is_right) and thing.is_told and {said, kind} != SALES:
            missed.append(f"{kind or 'none'} of {holder}: {said or 'none'} of {held}")
    return {
        "recovered": len(year.recovered),
        "last lawful holder": dict(of_holder),
        "kind of diversion": dict(of_kind),
        "otherwise": _counted(one.replace("P", "") for one in missed),
    }


def _stopped(year: Any) -> dict[str, Any]:
    wrong = [one for one in year.tried if not one.is_lawful]
    slipped = [one for one in wrong if not one.rule and not one.is_seen]
    return {
        "acts of who might not": len(wrong),
        "stopped, by rule": _counted(one.rule for one in wrong if one.rule),
        "done with a reason, and seen by a second person": _counted(
            f"{one.act} ({one.by})" for one in wrong if not one.rule and one.is_seen
        ),
        "slipped through": _counted(f"{one.act} ({one.by})" for one in slipped),
    }


def _counted(told: Any) -> dict[str, int]:
    return dict(Counter(told).most_common())


def main() -> int:
    """Live it and print; fail where an act slipped through."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--months", type=int, default=12)
    words.add_argument("--people", type=int, default=200)
    words.add_argument("--profile", default=PROFILE)
    commands.print_measured(measure, words.parse_args())
    return 0


if __name__ == "__main__":
    sys.exit(main())
