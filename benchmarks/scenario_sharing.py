"""Score the groups of recoveries that share rare things, on computed facts alone."""

from collections import Counter
from datetime import date

from armstrace.analysis.networks import sharing
from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.analysis.networks.sharing import Facts
from armstrace.analysis.networks.surveying import MOST_SHOWN
from armstrace.analysis.synthetic.cases import PlannedMarking
from armstrace.analysis.synthetic.slots import Story
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind
from benchmarks import ring_scores

WHY = message("They share it.")


def figures(country):
    """Give rings found by groups, components and Louvain, and what the groups are."""
    cases = list(country.all_cases())
    facts = list(map(_facts, cases, country.recoveries()))
    plants = country.plants()
    rings = [ring.recoveries for ring in plants.rings]
    groups = sharing.find_groups(facts)
    graph = _graph(facts)
    ways = {
        "connected components": ring_scores.components(graph),
        "Louvain, every link alike": ring_scores.plain_parts(graph),
        "two rare things in common": [each.keys for each in groups],
    }
    keys = {each.key for each in facts}
    for name, found in ways.items():
        parts = [[key for key in part if key in keys] for part in found]
        score = ring_scores.score_rings(rings, parts)
        told = [f"{each:.3f}" for each in (score.recall, score.precision)]
        yield (
            f"ring recoveries by {name}, computed alone: found, recall, precision",
            f"{score.found} of {len(rings)}, {', '.join(told)}",
        )
    for name, some in (("the first ", groups[:MOST_SHOWN]), ("", groups)):
        told = _kinds(some, plants, cases)
        yield f"{name}groups with two rare things in common, by what they are", told


def _facts(case, row):
    plan = case.plan if case.marking is PlannedMarking.UNIQUE else None
    keepers = plan.keepers if plan else ()
    return Facts(
        row["source_number"],
        date.fromisoformat(row["recovered_on"]),
        row["case_number"] and f"{row['agency']} {row['case_number']}",
        row["place"],
        row["make"],
        row["serial"].replace(" ", "").upper(),
        keepers[-1].holder if keepers else "",
        plan.dealer if keepers else "",
        date.fromordinal(keepers[0].day) if keepers else None,
    )


def _graph(facts):
    """Link each recovery with everything that it can share, every link alike."""
    nodes, edges = {}, []
    for each in facts:
        nodes[each.key] = Node(each.key, NodeKind.RECOVERY, "")
        for thing in sharing.things(each):
            nodes[thing] = Node(thing, NodeKind.ROUTE, "")
            edges.append(Edge(each.key, thing, LinkKind.OTHER, True, WHY))  # noqa: FBT003
    return Graph(tuple(nodes.values()), tuple(edges))


def _kinds(groups, plants, cases):
    """Count groups by what half of their recoveries are: planted, straw, or neither."""
    of = {case.source_number: "straw buyers beside them" for case in cases
          if case.story is Story.STRAW}  # fmt: skip
    for plant in plants.all:
        of |= dict.fromkeys(plant.recoveries, plant.key.split("-")[0].lower())
    for ring in plants.rings:
        of |= dict.fromkeys(ring.recoveries, "ring")
    counts = Counter()
    for group in groups:
        kind, members = Counter(of.get(key) for key in group.keys).most_common(1)[0]
        counts[kind if kind and 2 * members >= len(group.keys) else "false"] += 1
    return ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
