"""Time the network: a hub of many neighbours drawn, and ways in a large graph.

    python -m benchmarks networks [--nodes 1000000] [--neighbours 2000]

The graph is made up: links between random nodes, and one hub. Measured are what a page
does after the database has answered (bundling, layout, SVG), the closed and the opened
hub, and the shortest ways between two nodes far from each other, whose arrays stand;
beside them one way by networkx, where it is installed.
"""

import argparse
import importlib
import os
import time
from collections.abc import Callable

import numpy as np

from armstrace.analysis.networks import arrays, bundling, paths
from armstrace.analysis.networks.arrays import Arrays
from armstrace.analysis.networks.bundling import Wish
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind
from benchmarks import commands

SEED = 18
LINKS_A_NODE = 3
REPEATS = 7
PAIRS = 20
WHY = message("In the register.")


def random_arrays(nodes: int) -> Arrays:
    """Lay out a random graph with one hub."""
    chance = np.random.default_rng(SEED)
    ends = chance.integers(0, nodes, size=(nodes * LINKS_A_NODE // 2, 2))
    keys = tuple(f"P{number}" for number in range(nodes))
    return arrays.lay_pairs(keys, ends[:, 0], ends[:, 1])


def hub(neighbours: int) -> Graph:
    """Make a subject with many neighbours, some of whom are linked too."""
    chance = np.random.default_rng(SEED)
    nodes = [Node("P0", NodeKind.PERSON, "hub")]
    nodes += [Node(f"A{n}", NodeKind.ARM, f"arm {n}") for n in range(1, neighbours + 1)]
    links = [_edge(f"A{n}", "P0") for n in range(1, neighbours + 1)]
    for one, other in chance.integers(1, neighbours + 1, size=(neighbours // 4, 2)):
        if one != other:
            links.append(_edge(f"A{one}", f"A{other}", LinkKind.SAME_CONSIGNMENT))
    return Graph(tuple(nodes), tuple(links))


def _edge(start: str, end: str, kind: LinkKind = LinkKind.HELD_BY) -> Edge:
    return Edge(start, end, kind, is_computed=True, why=WHY)


def milliseconds(work: Callable[[], object]) -> dict[str, float]:
    """Give the median time of some work, by the clock and of the processor."""
    work()
    clock, processor = [], []
    for _ in range(REPEATS):
        begun, used = time.perf_counter(), time.process_time()
        work()
        clock.append(1000 * (time.perf_counter() - begun))
        processor.append(1000 * (time.process_time() - used))
    return {
        "clock_ms": round(sorted(clock)[REPEATS // 2], 1),
        "processor_ms": round(sorted(processor)[REPEATS // 2], 1),
    }


def measure_drawing(neighbours: int) -> dict[str, object]:
    """Time bundling, layout and SVG of a hub, closed and opened."""
    from django.http import QueryDict  # noqa: PLC0415 - once Django is set up
    from django.template.loader import render_to_string  # noqa: PLC0415

    from armstrace.web.networks import presenters  # noqa: PLC0415

    graph, query = hub(neighbours), QueryDict("of=P0")

    def page(opened: frozenset[str]) -> str:
        picture = bundling.bundle(graph, ["P0"], Wish(opened=opened))
        shown = presenters.show(picture, graph, query)
        return render_to_string("networks/part.html", {"shown": shown})

    largest = max(bundling.bundle(graph, ["P0"]).bundles, key=lambda b: len(b.keys))
    opened = frozenset({largest.name})
    return {
        "neighbours": neighbours,
        "closed": milliseconds(lambda: page(frozenset())),
        "opened": milliseconds(lambda: page(opened)),
        "opened_kb": len(page(opened)) // 1024,
    }


def measure_paths(nodes: int) -> dict[str, object]:
    """Time the shortest ways between random pairs."""
    begun = time.perf_counter()
    laid = random_arrays(nodes)
    built = time.perf_counter() - begun
    chance = np.random.default_rng(SEED + 1)
    taken, lengths = [], []
    for one, other in chance.integers(0, nodes, size=(PAIRS, 2)):
        begun = time.perf_counter()
        found = paths.shortest_paths(laid, f"P{one}", f"P{other}")
        taken.append(1000 * (time.perf_counter() - begun))
        lengths.append(found.links)
    return {
        "nodes": nodes,
        "links": len(laid.links) // 2,
        "arrays_s": round(built, 1),
        "median_ms": round(sorted(taken)[PAIRS // 2], 1),
        "worst_ms": round(max(taken), 1),
        "links_away": sorted(each for each in lengths if each is not None),
        "networkx": _networkx_ms(laid),
    }


def _networkx_ms(laid: Arrays) -> object:
    """Time the same in networkx, where it is installed."""
    try:
        networkx = importlib.import_module("networkx")
    except ModuleNotFoundError:
        return "not installed"
    graph = networkx.from_scipy_sparse_array(laid.matrix())
    begun = time.perf_counter()
    networkx.bidirectional_shortest_path(graph, 0, len(laid.keys) - 1)
    return round(1000 * (time.perf_counter() - begun), 1)


def measure(wanted: argparse.Namespace) -> dict[str, object]:
    """Measure the drawing of a hub and the ways in a large graph."""
    os.environ["ARMSTRACE_DEMO"] = "True"
    from armstrace.cli.main import set_up  # noqa: PLC0415 - it reads the environment

    set_up()
    return {
        "drawing": measure_drawing(wanted.neighbours),
        "paths": measure_paths(wanted.nodes),
    }


def main() -> None:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--nodes", type=int, default=1_000_000)
    words.add_argument("--neighbours", type=int, default=2_000)
    commands.print_measured(measure, words.parse_args())


if __name__ == "__main__":
    main()
