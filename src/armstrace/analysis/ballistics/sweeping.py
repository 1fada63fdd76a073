"""Search a gallery block by block, on several cores, in bounded memory."""

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from armstrace.analysis.ballistics import gallery, packing
from armstrace.analysis.ballistics.gallery import SearchSettings

BLOCK_ENTRIES = gallery.BLOCK_ENTRIES
ONE_THREAD = "OPENBLAS_NUM_THREADS"

type Block = Sequence[tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry as a search saw it."""

    number: int
    # Its cells that lie alike in the probe.
    congruent_cells: int
    cells: int
    # Sum of the correlations of the congruent cells.
    score: float
    # Turn of the probe, degrees.
    turn_deg: float

    @property
    def order(self) -> tuple[int, float, int]:
        """Most congruent cells first; ties by the sum of correlations."""
        return (-self.congruent_cells, -self.score, self.number)


def sweep(
    probe: bytes,
    blocks: Iterable[Block],
    settings: SearchSettings,
    *,
    processes: int = 1,
) -> Iterator[list[Ranked]]:
    """Search blocks of packed entries for a packed mark, in their order.

    Args:
        probe: The mark, packed by ``packing.pack_image``.
        blocks: Entries by number, packed by ``packing.pack_cells``; at most
            ``BLOCK_ENTRIES`` each.
        processes: How many search at once; two blocks a process are in memory.

    Returns:
        The entries of each block, in the order of the blocks.
    """
    if processes <= 1:
        for block in blocks:
            yield search_block(probe, block, settings)
        return
    with _pool(processes) as pool:
        waiting: list[Future[list[Ranked]]] = []
        for block in blocks:
            waiting.append(pool.submit(search_block, probe, block, settings))
            if len(waiting) >= 2 * processes:
                yield waiting.pop(0).result()
        for each in waiting:
            yield each.result()


def search_block(probe: bytes, block: Block, settings: SearchSettings) -> list[Ranked]:
    """Search one block; runs in a process of its own where there are several."""
    entries = [packing.entry_of(str(number), cells) for number, cells in block]
    found = gallery.search(packing.image_of(probe), entries, settings)
    return [
        Ranked(
            int(one.name),
            one.congruent_cells,
            one.cells,
            round(one.score, 4),
            round(one.agreement.turn_deg, 2),
        )
        for one in found
    ]


def best_of(groups: Iterable[Iterable[Ranked]], most: int) -> list[Ranked]:
    """Keep the best of several lists."""
    everyone = itertools.chain.from_iterable(groups)
    return sorted(everyone, key=lambda one: one.order)[:most]


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Start processes with one thread each: the products are small."""
    before = os.environ.get(ONE_THREAD)
    os.environ[ONE_THREAD] = "1"
    try:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            yield pool
    finally:
        if before is None:
            os.environ.pop(ONE_THREAD, None)
        else:
            os.environ[ONE_THREAD] = before
