"""The linked picture of a synthetic country: what records say and people reported."""

from collections.abc import Iterable, Iterator
from datetime import date

from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.analysis.synthetic import draws, lives, planted, ties
from armstrace.analysis.synthetic.cases import Case, Marking
from armstrace.analysis.synthetic.plants import Ring, Tie
from armstrace.analysis.synthetic.ties import Reported
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind

_STREAM = 63
_RECORDED = message("It follows from the records.")
_STATED = message("It was reported.")


def picture(
    cases: Iterable[Case], rings: Iterable[Ring], seed: int, told: ties.Telling
) -> Graph:
    """Give everything that is linked, rings among others who have no part in them.

    Args:
        told: Gives the name that a person bears in it.
    """
    rng = draws.generator(seed, _STREAM, 0)
    known = list(cases)
    planned = [
        planted.had(case, told(case.slot.plot.taken_from))
        for case in known
        if case.slot.plot and case.slot.plot.taken_from and not _in_ring(case)
    ]
    others = ties.of_others([*planned, *_met(known, seed, told)], rng)
    reported = [Reported(ring.subjects, ring.ties) for ring in rings]
    crossing = [tie for each in reported for tie in ties.cross(each, others, rng)]
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for group in (others, *reported, Reported((), tuple(crossing))):
        for subject in group.subjects:
            nodes[subject.key] = Node(subject.key, subject.kind, subject.label)
        edges += map(_report_edge, group.ties)
    for case in known:
        for node, edge in _records(case):
            nodes.setdefault(node.key, node)
            edges += [edge] if edge else []
    for end in [end for edge in edges for end in (edge.start, edge.end)]:
        nodes.setdefault(end, Node(end, NodeKind.CASE, end))
    return Graph(tuple(nodes.values()), tuple(edges))


def _in_ring(case: Case) -> bool:
    plot = case.slot.plot
    return plot is not None and plot.plants[:1] != () and "RING" in plot.plants[0]


def _met(
    cases: list[Case], seed: int, told: ties.Telling
) -> Iterator[tuple[str, str, str, date]]:
    """Give whom investigators met at every third other recovery."""
    for case in cases:
        if case.slot.plot is None and case.plan and case.slot.number % 3 == 0:
            name = ties.stranger(draws.generator(seed, _STREAM + 1, case.slot.number))
            yield planted.had(case, told(name))


def _records(case: Case) -> Iterator[tuple[Node, Edge | None]]:
    """Give a recovery, its arm and who had that, as far as it is identified."""
    on, key = date.fromordinal(case.slot.day), case.source_number
    yield Node(key, NodeKind.RECOVERY, key, on), None
    if case.plan is None or case.marking is not Marking.UNIQUE:
        return
    arm = lives.number_of(case.plan.arm)
    yield Node(arm, NodeKind.ARM, arm), _record_edge(key, arm, LinkKind.SAME_ARM)
    for holder, kind in (
        (case.plan.holder, LinkKind.HELD_BY),
        (case.plan.dealer, LinkKind.BOUGHT_FROM),
    ):
        if holder:
            yield Node(holder, NodeKind.HOLDER, holder), _record_edge(arm, holder, kind)


def _record_edge(start: str, end: str, kind: LinkKind) -> Edge:
    return Edge(start, end, kind, is_computed=True, why=_RECORDED)


def _report_edge(tie: Tie) -> Edge:
    return Edge(
        tie.start, tie.end, tie.kind, is_computed=False, why=_STATED,
        number=f"{tie.start}>{tie.end}", grade=tie.grade, day=tie.day,
    )  # fmt: skip
