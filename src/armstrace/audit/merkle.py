"""The Merkle tree of RFC 6962: roots, inclusion and consistency proofs.

A frontier is the compact range of a tree: the roots of its perfect subtrees,
largest first. It is all that appending needs.

Source:
    RFC 6962, 2.1; verification as in RFC 9162, 2.1.3.2 and 2.1.4.2.
"""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()
HASH_BYTES = 32
Frontier = tuple[bytes, ...]


def leaf_hash(content: bytes) -> bytes:
    """Hash the content of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(frontier: Frontier, size: int, leaf: bytes) -> Frontier:
    """Give the frontier after one more leaf.

    Args:
        frontier: Of the tree of ``size`` leaves.
    """
    peaks = list(frontier)
    while size & 1:
        leaf = node_hash(peaks.pop(), leaf)
        size >>= 1
    peaks.append(leaf)
    return tuple(peaks)


def root_of(frontier: Frontier) -> bytes:
    """Give the root of the tree that a frontier stands for."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1]
    for peak in reversed(frontier[:-1]):
        root = node_hash(peak, root)
    return root


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the root over leaf hashes in order."""
    frontier: Frontier = ()
    for size, leaf in enumerate(leaves):
        frontier = append(frontier, size, leaf)
    return root_of(frontier)


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Give the proof that a leaf stands in the tree.

    Args:
        leaves: Hashes of all leaves of the tree.
        index: Of the leaf, from 0.

    Raises:
        IndexError: The tree has no such leaf.
    """
    if not 0 <= index < len(leaves):
        msg = f"no leaf {index} in a tree of {len(leaves)}"
        raise IndexError(msg)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root(leaves[:split])]


def includes(
    tree: tuple[int, bytes], index: int, leaf: bytes, *, proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that a leaf stands in a tree.

    Args:
        index: Of the leaf, from 0.
        proof: As ``inclusion_proof`` gives it.
    """
    size, expected = tree
    if not 0 <= index < size:
        return False
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == expected


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Give the proof that a tree grew out of an earlier one.

    Args:
        leaves: Hashes of all leaves of the later tree.
        earlier: Size of the earlier tree.

    Raises:
        IndexError: The earlier tree is larger than the later one.
    """
    if not 0 <= earlier <= len(leaves):
        msg = f"a tree of {len(leaves)} did not grow out of one of {earlier}"
        raise IndexError(msg)
    if earlier in {0, len(leaves)}:
        return []
    return _subproof(leaves, earlier, whole=True)


def grew(
    earlier: tuple[int, bytes], later: tuple[int, bytes], proof: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that one tree grew out of another.

    Args:
        earlier: Size and root of the earlier tree.
        later: Size and root of the later tree.
        proof: As ``consistency_proof`` gives it.
    """
    if earlier[0] == 0 or earlier[0] >= later[0]:
        same = earlier[0] == 0 or earlier == later
        empty = earlier[0] != 0 or earlier[1] == EMPTY_ROOT
        return same and empty and not proof
    power_of_two = earlier[0] & (earlier[0] - 1) == 0
    steps = [earlier[1], *proof] if power_of_two else list(proof)
    if not steps:
        return False
    return _climb(earlier, later, steps)


def _climb(
    earlier: tuple[int, bytes], later: tuple[int, bytes], steps: list[bytes]
) -> bool:
    first, last = earlier[0] - 1, later[0] - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new = node_hash(new, step)
        first, last = first >> 1, last >> 1
    return last == 0 and old == earlier[1] and new == later[1]


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        left = _subproof(leaves[:split], earlier, whole=whole)
        return [*left, root(leaves[split:])]
    right = _subproof(leaves[split:], earlier - split, whole=False)
    return [*right, root(leaves[:split])]


def _split(size: int) -> int:
    """Give the largest power of two below a size of at least two."""
    return 1 << ((size - 1).bit_length() - 1)
