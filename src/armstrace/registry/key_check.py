"""Compare the key store with the records that it is derived from.

The ledger does not vouch for derived rows, yet an arm whose keys were taken away is
found by no search. The sums of both sides are compared arm by arm, so that neither
is held in memory whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Max

from armstrace.registry import keystore
from armstrace.registry.models import ArmRecord, KeyStoreState, SerialKey
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.messages import message

ROWS = 50_000
SPREAD = tuple(
    np.uint64(each)
    for each in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)

type Sums = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class KeysChecked:
    """How the key store stands to the register."""

    arms: int
    keys: int
    # Identities of arms whose keys lack, are others, or belong to no arm.
    wrong: tuple[int, ...]


def check(told: Callable[[str, int], None]) -> KeysChecked:
    """Compare the keys of every arm with those that its record makes.

    Args:
        told: Told what is being read and how much of it was.

    Raises:
        SourceUnavailable: The keys are being made anew; nothing can be compared.
    """
    state = KeyStoreState.objects.filter(pk=1).first()
    if state is not None and state.step != KeyStoreState.Step.NONE:
        msg = message("The keys are being made again; check them when that is done.")
        raise SourceUnavailable(msg)
    size = 1 + max(_largest(ArmRecord), _largest(SerialKey))
    made, kept = np.zeros(size, np.uint64), np.zeros(size, np.uint64)
    used = keystore.foldings(state)
    arms = keys = 0
    batch: list[keystore.Row] = []
    records = ArmRecord.objects.current().values(*keystore.KEYED)
    for record in records.iterator(chunk_size=2000):
        arms += 1
        batch += set(keystore.rows_of(record, used))
        if len(batch) > ROWS:
            _add(made, batch)
            batch = []
            told("arms", arms)
    _add(made, batch)
    stored = SerialKey.objects.values_list("key", "make_code", "arm_id")
    for some in _chunks(stored.iterator(chunk_size=ROWS)):
        _add(kept, some)
        keys += len(some)
        told("keys", keys)
    return KeysChecked(arms, keys, tuple(np.flatnonzero(made != kept).tolist()))


def _largest(model: type[ArmRecord] | type[SerialKey]) -> int:
    found = model.objects.aggregate(last=Max("arm_id"))
    return int(found["last"] or 0)


def _chunks(rows: Iterable[keystore.Row]) -> Iterable[list[keystore.Row]]:
    some: list[keystore.Row] = []
    for row in rows:
        some.append(row)
        if len(some) == ROWS:
            yield some
            some = []
    if some:
        yield some


def _add(sums: Sums, rows: list[keystore.Row]) -> None:
    """Add a hash of each row to the sum of its arm."""
    if not rows:
        return
    columns = np.array(rows, dtype=np.int64)
    mixed = columns[:, 0].astype(np.uint64) * SPREAD[0]
    mixed ^= columns[:, 1].astype(np.uint64) * SPREAD[1]
    mixed ^= mixed >> np.uint64(29)
    mixed *= SPREAD[2]
    mixed ^= mixed >> np.uint64(32)
    np.add.at(sums, columns[:, 2], mixed)
