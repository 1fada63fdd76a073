"""The tree is RFC 6962's: known roots, proofs that prove, mutations refused."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.audit import merkle

pytestmark = pytest.mark.pure

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hashes(count: int) -> list[bytes]:
    return [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


def slow_root(leaves: list[bytes]) -> bytes:
    """Follow the definition of RFC 6962 to the letter."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(slow_root(leaves[:split]), slow_root(leaves[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_the_eight_classic_roots_come_out(size):
    leaves = [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]

    assert merkle.root(leaves).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_root_of_nothing():
    assert merkle.root([]) == hashlib.sha256(b"").digest()


def test_the_frontier_gives_the_root_of_the_definition_at_every_size():
    leaves = hashes(130)

    for size in range(131):
        assert merkle.root(leaves[:size]) == slow_root(leaves[:size])


def test_three_hundred_sizes_agree_with_another_implementation():
    other = pytest.importorskip("pymerkle")
    tree = other.InmemoryTree(algorithm="sha256")
    leaves = []

    for number in range(300):
        content = number.to_bytes(4, "big")
        tree.append_entry(content)
        leaves.append(merkle.leaf_hash(content))
        assert tree.get_root() == merkle.root(leaves)


def test_every_inclusion_proof_up_to_forty_leaves_proves():
    for size in range(1, 41):
        leaves = hashes(size)
        tree = (size, merkle.root(leaves))
        for index, leaf in enumerate(leaves):
            proof = merkle.inclusion_proof(leaves, index)
            assert merkle.includes(tree, index, leaf, proof=proof)


def test_every_consistency_proof_up_to_forty_leaves_proves():
    leaves = hashes(40)
    trees = [(size, merkle.root(leaves[:size])) for size in range(41)]

    for later in range(1, 41):
        for earlier in range(later + 1):
            proof = merkle.consistency_proof(leaves[:later], earlier)
            assert merkle.grew(trees[earlier], trees[later], proof)


def test_a_leaf_that_is_not_there_has_no_proof():
    with pytest.raises(IndexError):
        merkle.inclusion_proof(hashes(3), 3)
    with pytest.raises(IndexError):
        merkle.consistency_proof(hashes(3), 4)


sizes = st.integers(1, 64)


@st.composite
def mutated(draw: st.DrawFn, proof: list[bytes]) -> list[bytes]:
    """Change a proof: a bit, a step more, a step less, two steps swapped."""
    kind = draw(st.sampled_from(["bit", "front", "back", "cut", "shift", "swap"]))
    place = draw(st.integers(0, max(len(proof) - 1, 0)))
    extra = draw(st.binary(min_size=32, max_size=32))
    if kind == "bit" and proof:
        step = bytearray(proof[place])
        step[draw(st.integers(0, 31))] ^= 1 << draw(st.integers(0, 7))
        return [*proof[:place], bytes(step), *proof[place + 1 :]]
    others = {"front": [extra, *proof], "back": [*proof, extra]}
    if proof:
        others |= {"cut": proof[:-1], "shift": proof[1:]}
    if len(proof) > 1:
        others["swap"] = [proof[-1], *proof[1:-1], proof[0]]
    return others.get(kind, [*proof, extra])


@settings(max_examples=300, deadline=None)
@given(st.data(), sizes)
def test_no_mutated_inclusion_proof_is_accepted(data, size):
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(leaves, index)
    changed = data.draw(mutated(proof))

    tree = (size, merkle.root(leaves))
    assert not merkle.includes(tree, index, leaves[index], proof=changed)


@settings(max_examples=300, deadline=None)
@given(st.data(), sizes)
def test_an_inclusion_proof_proves_its_own_leaf_place_and_tree_only(data, size):
    leaves = hashes(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size + 2).filter(lambda i: i != index))
    proof = merkle.inclusion_proof(leaves, index)
    root = merkle.root(leaves)

    stranger = merkle.leaf_hash(b"stranger")
    assert not merkle.includes((size, root), index, stranger, proof=proof)
    assert not merkle.includes((size, root), other, leaves[index], proof=proof)
    assert not merkle.includes((size, stranger), index, leaves[index], proof=proof)


@settings(max_examples=300, deadline=None)
@given(st.data(), st.integers(2, 64))
def test_no_mutated_consistency_proof_is_accepted(data, size):
    leaves = hashes(size)
    earlier = data.draw(st.integers(1, size - 1))
    proof = merkle.consistency_proof(leaves, earlier)
    changed = data.draw(mutated(proof))

    old = (earlier, merkle.root(leaves[:earlier]))
    new = (size, merkle.root(leaves))
    assert not merkle.grew(old, new, changed)


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(2, 64))
def test_a_rewritten_past_is_not_consistent(data, size):
    leaves = hashes(size)
    earlier = data.draw(st.integers(1, size - 1))
    old = (earlier, merkle.root(leaves[:earlier]))
    place = data.draw(st.integers(0, earlier - 1))
    leaves[place] = merkle.leaf_hash(b"rewritten")

    proof = merkle.consistency_proof(leaves, earlier)
    assert not merkle.grew(old, (size, merkle.root(leaves)), proof)


def test_a_shrunken_tree_did_not_grow():
    leaves = hashes(5)
    old, new = (5, merkle.root(leaves)), (3, merkle.root(leaves[:3]))

    assert not merkle.grew(old, new, [])
    assert not merkle.grew(old, (5, merkle.root(hashes(6)[1:])), [])
