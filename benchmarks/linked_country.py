"""The linked picture of a synthetic country: what records say and people reported."""

import random
from collections.abc import Iterator, Sequence
from datetime import date

from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.analysis.synthetic import draws, lives, planted, ties
from armstrace.analysis.synthetic.cases import Case, PlannedMarking
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.analysis.synthetic.plants import Tie
from armstrace.analysis.synthetic.ties import Reported
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind

_STREAM = 63
_RECORDED = message("It follows from the records.")
_STATED = message("It was reported.")


def picture(country: SyntheticCountry) -> Graph:
    """Give everything that is linked, rings among others who have no part in them."""
    rings, seed, told = country.plants().rings, country.seed, country.kind.person
    rng = draws.generator(seed, _STREAM, 0)
    known = list(country.all_cases())
    planned = [
        planted.had(case, told(case.slot.plot.taken_from))
        for case in known
        if case.slot.plot and case.slot.plot.taken_from and not _in_ring(case)
    ]
    others = of_others([*planned, *_met(known, seed, told)], rng)
    reported = [Reported(ring.subjects, ring.ties) for ring in rings]
    crossing = [tie for each in reported for tie in cross(each, others, rng)]
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
    if case.plan is None or case.marking is not PlannedMarking.UNIQUE:
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


def of_others(
    seen: Sequence[tuple[str, str, str, date]], rng: random.Random
) -> Reported:
    """Report others whom investigators meet: strangers, families, busy places.

    Some things are shared by many who have nothing to do with each other: a block
    of flats, a hired car, the telephone of a lawyer. They join what is apart.
    """
    draft = ties.Draft("BG", date(2024, 1, 1), rng)
    hubs = list(_busy_places(draft, 2 + len(seen) // 60))
    before = ""
    for name, recovery, case, day in seen:
        person = draft.add(NodeKind.PERSON, name)
        draft.tie(person, recovery, LinkKind.HAD, day)
        draft.tie(person, case, LinkKind.IN_CASE, day)
        if rng.random() < 0.3:
            draft.tie(person, draft.add(NodeKind.PHONE, ties.phone(rng)), LinkKind.USES)
        if rng.random() < 0.25:
            hub, link = rng.choice(hubs)
            draft.tie(person, hub, link)
        if before and rng.random() < 0.12:
            draft.tie(person, before, rng.choice((_RELATIVE, LinkKind.ASSOCIATE_OF)))
        before = person
    return Reported(tuple(draft.subjects), tuple(draft.ties))


_RELATIVE = LinkKind.RELATIVE_OF


def _busy_places(draft: ties.Draft, count: int) -> Iterator[tuple[str, LinkKind]]:
    for number in range(count):
        if number % 3 == 0:
            yield (
                draft.add(NodeKind.ADDRESS, ties.address(draft.rng)),
                LinkKind.LIVES_AT,
            )
        elif number % 3 == 1:
            yield draft.add(NodeKind.VEHICLE, ties.vehicle(draft.rng)), LinkKind.USES
        else:
            yield draft.add(NodeKind.PHONE, ties.phone(draft.rng)), LinkKind.USES


def cross(reported: Reported, others: Reported, rng: random.Random) -> Iterator[Tie]:
    """Tie a ring to others by what many use and by chance acquaintances."""
    persons = [s.key for s in reported.subjects if s.kind is NodeKind.PERSON]
    for kind, link in (
        (NodeKind.ADDRESS, LinkKind.LIVES_AT),
        (NodeKind.PHONE, LinkKind.USES),
        (NodeKind.PERSON, LinkKind.ASSOCIATE_OF),
    ):
        known = [s.key for s in others.subjects if s.kind is kind]
        if known:
            end = rng.choice(known[:40])
            yield Tie(rng.choice(persons), end, link, "X4", date(2025, 1, 1))
