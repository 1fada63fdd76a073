"""Small graphs for the tests of networks, and slow counts to compare with."""

from collections import deque
from itertools import pairwise

from hypothesis import strategies as st

from armstrace.analysis.networks.graph import Edge, Graph, Node
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind, NodeKind

WHY = message("They were held by the same holder.")
LETTERS = {
    "A": NodeKind.ARM,
    "R": NodeKind.RECOVERY,
    "H": NodeKind.HOLDER,
    "P": NodeKind.PERSON,
    "G": NodeKind.GROUP,
    "C": NodeKind.CASE,
}


def node(key, label="", day=None):
    return Node(key, LETTERS[key[0]], label or f"label of {key}", day)


def edge(start, end, kind=LinkKind.HELD_BY, *, asserted="", day=None, handling=""):
    return Edge(
        start,
        end,
        kind,
        is_computed=not asserted,
        why=WHY,
        number=asserted,
        grade="B2" if asserted else "",
        day=day,
        handling=handling,
    )


def graph(*edges, also=()):
    keys = dict.fromkeys(key for each in edges for key in (each.start, each.end))
    keys.update(dict.fromkeys(also))
    return Graph(tuple(map(node, keys)), edges)


def star(leaves, middle="H1", letter="A"):
    return graph(*(edge(f"{letter}{n}", middle) for n in range(1, leaves + 1)))


def near(found):
    around = {each.key: set() for each in found.nodes}
    for each in found.edges:
        around[each.start].add(each.end)
        around[each.end].add(each.start)
    return around


def slow_ways(found, one, other):
    """Give every shortest way, by walking all of them."""
    around = near(found)
    ways, shortest, waiting = [], None, deque([(one,)])
    while waiting:
        way = waiting.popleft()
        if shortest is not None and len(way) > shortest:
            continue
        if way[-1] == other:
            shortest = len(way)
            ways.append(way)
            continue
        waiting.extend((*way, key) for key in around[way[-1]] if key not in way)
    return sorted(ways)


def is_way(found, way):
    around = near(found)
    return all(other in around[one] for one, other in pairwise(way))


@st.composite
def graphs(draw, most=9):
    count = draw(st.integers(2, most))
    keys = [f"P{n}" for n in range(count)]
    ends = st.tuples(st.integers(0, count - 1), st.integers(1, count - 1))
    pairs = [
        (keys[place], keys[(place + apart) % count])
        for place, apart in draw(st.lists(ends, max_size=18))
    ]
    return graph(*(edge(*pair) for pair in pairs), also=keys)
