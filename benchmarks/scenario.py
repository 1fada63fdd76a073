"""Score what finds rings, straw buyers, thefts, drop addresses and a depot.

    python -m benchmarks scenario [--declarations 200000] [--weeks 104]

Runs every method on the busy country, on which some were set, and on the quiet one,
on which none was; the truth of both stands apart. One table: a line a figure.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterator

from armstrace.analysis.networks import communities, narrowing
from armstrace.analysis.networks.narrowing import Narrowing, RestsOn
from armstrace.analysis.networks.surveying import MOST_SHOWN
from armstrace.analysis.risk.backtest import auc
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.scoring import score_in_turn
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.analysis.synthetic.customs import Customs
from armstrace.analysis.synthetic.kinds import BUSY
from armstrace.vocabulary.networks import NodeKind
from benchmarks import linked_country, ring_scores, scenario_sharing, scenario_warnings
from benchmarks.plant_scores import Planted, Proposed, drop_addresses, score_found
from benchmarks.quiet import QUIET

COUNTRIES = ((BUSY, 1), (QUIET, 2))
DROPS = "CU-15"

type Figures = Iterator[tuple[str, str]]


def of_networks(country: SyntheticCountry, wanted: argparse.Namespace) -> Figures:
    """Set the members of rings against what each way of parting holds together."""
    del wanted
    graph = linked_country.picture(country)
    persons = {node.key for node in graph.nodes if node.kind is NodeKind.PERSON}
    planted = [ring.persons for ring in country.plants().rings]
    ways = {
        "connected components": lambda: ring_scores.components(graph),
        "Louvain, every link alike": lambda: ring_scores.plain_parts(graph),
        "communities": lambda: _found(graph, RestsOn.BOTH),
        "the first communities, as the page shows": lambda: _found(graph, RestsOn.BOTH)[
            :MOST_SHOWN
        ],
        "communities of asserted links": lambda: _found(graph, RestsOn.ASSERTED),
    }
    yield "nodes and links of the picture", f"{len(graph.nodes)}, {len(graph.edges)}"
    for name, part in ways.items():
        parts = [[key for key in keys if key in persons] for keys in part()]
        score = ring_scores.score_rings(planted, parts)
        yield (
            f"rings by {name}: found, recall, precision of members",
            f"{score.found} of {len(planted)}, {_share(score.recall)}, "
            f"{_share(score.precision)}",
        )
    yield from scenario_sharing.figures(country)


def _found(graph, rests_on):
    wanted = narrowing.narrow(graph, Narrowing(rests_on=rests_on))
    found = communities.find_communities(wanted)
    return [each.keys for each in found]


def of_risk(country: SyntheticCountry, wanted: argparse.Namespace) -> Figures:
    """Rank a year of declarations; nothing that was found is fed back."""
    customs = Customs(
        country.seed, wanted.declarations, ends_on=country.ends_on, kind=country.kind
    )
    truth = {one.number: one for one in customs.truth()}
    declared = list(customs.declarations())
    begun = time.process_time()
    scored = [
        (score.log_odds, {point.code for point in score.points}, goods)
        for goods, score in score_in_turn(declared, History(), today=country.ends_on)
    ]
    spent = time.process_time() - begun
    yield "declarations, illicit", f"{len(declared)}, {len(truth)}"
    yield "declarations a second of one core", f"{len(declared) / spent:,.0f}"
    area = auc([(odds, goods.number in truth) for odds, _, goods in scored])
    yield "area under the curve", f"{area:.3f}"
    scored.sort(key=lambda one: (-one[0], one[2].number))
    for first in (len(declared) // 1000, len(truth), len(declared) // 100):
        hits = sum(goods.number in truth for _, _, goods in scored[:first])
        yield (
            f"first {first}: precision, recall",
            f"{_share(hits / first)}, {_share(hits / len(truth))}",
        )
    ranks = defaultdict(list)
    for place, (_, _, goods) in enumerate(scored):
        if goods.number in truth:
            ranks[truth[goods.number].modus].append(place)
    for modus, places in sorted(ranks.items()):
        inside = sum(place < len(declared) // 100 for place in places)
        yield (f"{modus.label}: in the first 1 %", f"{inside} of {len(places)}")
    yield _drops(customs, scored)


def _drops(customs, scored):
    proposed = {}
    for _, codes, goods in scored:
        if DROPS in codes and goods.declared_on:
            on = proposed.get(goods.consignee_address, goods.declared_on)
            proposed[goods.consignee_address] = min(on, goods.declared_on)
    days = {goods.number: goods.declared_on for _, _, goods in scored}
    found = score_found(
        [Proposed(frozenset({place}), on) for place, on in proposed.items()],
        [
            Planted(frozenset({drop.address}), min(map(days.get, drop.numbers)))
            for drop in drop_addresses(customs)
        ],
    )
    return (
        f"drop addresses by {DROPS} alone: found, precision, days",
        f"{found.found} of {found.planted}, {_share(found.precision)}, {found.days}",
    )


def of_warnings(country: SyntheticCountry, wanted: argparse.Namespace) -> Figures:
    """Ask for warnings week by week, as each became known."""
    yield from scenario_warnings.figures(country, wanted.weeks)


PARTS: tuple[Callable[..., Figures], ...] = (of_networks, of_risk, of_warnings)


def _share(share):
    return "none" if share is None else f"{share:.3f}"


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--arms", type=int, default=100_000)
    words.add_argument("--recoveries", type=int, default=5_000)
    words.add_argument("--declarations", type=int, default=200_000)
    words.add_argument("--weeks", type=int, default=104)
    words.add_argument("--only", default="", help="networks, risk or warnings")
    wanted = words.parse_args()
    table = defaultdict(dict)
    for kind, seed in COUNTRIES:
        country = SyntheticCountry(seed, wanted.arms, wanted.recoveries, kind=kind)
        for part in PARTS:
            if wanted.only not in part.__name__:
                continue
            for figure, value in part(country, wanted):
                table[figure][kind.name] = value
    names = [kind.name for kind, _ in COUNTRIES]
    print(f"| figure | {' | '.join(names)} |\n|---|{'---|' * len(names)}")
    for figure, values in table.items():
        print(f"| {figure} | {' | '.join(values.get(n, '') for n in names)} |")


if __name__ == "__main__":
    main()
