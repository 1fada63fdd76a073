"""How soon the links of a recovery are there, against looking at everything.

    python -m benchmarks links [--recoveries 200]

Runs on the database of the environment (ARMSTRACE_HOME or DATABASE_URL), which must
hold a demo. Links that records say are asked and never stored, so that a new recovery
has them at once: measured is asking for those of the recoveries entered last, one by
one, near serials and near places among them.
"""

import argparse
import json
import time

from benchmarks.networks import milliseconds


def measure(wanted: argparse.Namespace) -> dict[str, object]:
    """Time the links of the newest recoveries, and the whole picture once."""
    from armstrace.cli.main import set_up  # noqa: PLC0415 - it reads the environment

    set_up()
    from armstrace.accounts import actors  # noqa: PLC0415
    from armstrace.intelligence import queries  # noqa: PLC0415
    from armstrace.recoveries.models import Recovery  # noqa: PLC0415

    viewer = actors.system_actor()
    newest = Recovery.objects.order_by("-pk").values_list("pk", flat=True)
    taken, links = [], 0
    for key in newest[: wanted.recoveries]:

        def ask(key: int = key) -> int:
            return len(queries.neighbourhood([f"R{key}"], viewer=viewer).edges)

        links += ask()
        taken.append(milliseconds(ask))
    begun = time.perf_counter()
    whole = queries.whole_picture(viewer)
    return {
        "recoveries": Recovery.objects.count(),
        "asked": len(taken),
        "links_each": round(links / max(len(taken), 1), 1),
        "clock_ms": _spread([each["clock_ms"] for each in taken]),
        "processor_ms": _spread([each["processor_ms"] for each in taken]),
        "whole_links": len(whole.edges),
        "whole_s": round(time.perf_counter() - begun, 1),
    }


def _spread(taken: list[float]) -> dict[str, float]:
    ranked = sorted(taken)
    last = len(ranked) - 1
    return {
        "median": ranked[last // 2],
        "p95": ranked[last * 95 // 100],
        "worst": ranked[last],
    }


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--recoveries", type=int, default=200)
    print(json.dumps(measure(words.parse_args()), indent=2))


if __name__ == "__main__":
    main()
