"""Blocks of record keys and state digests, packed and committed to."""

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from armstrace.audit import canonical

BLOCK_RECORDS = 4096
STATE_BYTES = 32
KEY_BYTES = 8
COMPRESSED_FROM = 64
MOST_STORED_BYTES = BLOCK_RECORDS * KEY_BYTES
Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some records of one table, as one entry names them."""

    label: str
    # A ``BlockKind`` code.
    kind: str
    # Key of the layout of the states; empty where there are none.
    layout: str
    # Primary keys, rising.
    keys: Keys
    # 32 bytes for each key, or nothing.
    states: bytes = b""

    @property
    def keys_to_hash(self) -> bytes:
        """The keys as they are hashed."""
        return self.keys.astype("<i8").tobytes()

    @property
    def keys_to_store(self) -> bytes:
        """The keys as they are stored: many of them as compressed steps.

        Packed keys fill whole words; what is compressed never does, so that the
        length tells them apart.
        """
        if len(self.keys) < COMPRESSED_FROM:
            return self.keys_to_hash
        steps = np.diff(self.keys, prepend=0).astype("<i8").tobytes()
        small = zlib.compress(steps)
        return small if len(small) % KEY_BYTES else small + b"\0"

    @property
    def digest(self) -> bytes:
        """What the entry commits to."""
        head = canonical.text_of([self.label, self.kind, self.layout, len(self.keys)])
        content = canonical.utf8(head) + b"\n" + self.keys_to_hash + self.states
        return hashlib.sha256(content).digest()


def unpack(stored: object) -> Keys:
    """Read stored keys; what is cut off at the end is left out."""
    packed = as_bytes(stored)
    if len(packed) % KEY_BYTES:
        packed = _unpack_steps(packed)
    whole = packed[: len(packed) // KEY_BYTES * KEY_BYTES]
    return np.frombuffer(whole, dtype="<i8").astype(np.int64, copy=False)


def _unpack_steps(small: bytes) -> bytes:
    """Give packed keys from compressed steps; as they are where they are none."""
    try:
        steps = zlib.decompressobj().decompress(small, MOST_STORED_BYTES)
    except zlib.error:
        return small
    whole = steps[: len(steps) // KEY_BYTES * KEY_BYTES]
    return np.cumsum(np.frombuffer(whole, dtype="<i8")).astype("<i8").tobytes()


def as_bytes(stored: object) -> bytes:
    """Take what a database gave for bytes; SQLite may hold anything there."""
    if isinstance(stored, bytes | memoryview):
        return bytes(stored)
    return canonical.utf8(str(stored))


def in_blocks(keys: Keys) -> Iterator[Keys]:
    """Cut sorted keys into runs of one block each."""
    for start in range(0, len(keys), BLOCK_RECORDS):
        yield keys[start : start + BLOCK_RECORDS]


def commitment(digests: list[bytes]) -> str:
    """Give the hash over the digests of an entry's blocks of one table."""
    return hashlib.sha256(b"".join(digests)).hexdigest()
