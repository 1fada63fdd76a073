"""Compare chunks of recoveries in several processes of this machine.

A process that begins has no applications yet, so nothing that needs them is
imported before they are set up.
"""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from armstrace.recoveries.actions.matching_runs import Compute
    from armstrace.recoveries.comparing import Compared, Task
    from armstrace.vocabulary.actors import Actor

# Chunks that are given out for each process before the first one is taken.
AHEAD = 2

_HERE: dict[str, "Compute"] = {}


def computer(task: "Task", by: "Actor", *, processes: int) -> "Compute":
    """Give what compares the chunks of a run in processes of their own.

    Args:
        processes: How many; each holds the earlier recoveries in memory.
    """

    def compute(chunks: Sequence[list[int]]) -> "Iterator[list[Compared]]":
        # A process that is forked would share the connection of this one.
        asked = (task.against, task.last_recovery, task.model)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            processes,
            context,
            initializer=_begin,
            initargs=(asked, by),
        ) as pool:
            waiting = iter(chunks)
            given: list[Future[list[Compared]]] = [
                pool.submit(_compute, ids) for ids in islice(waiting, processes * AHEAD)
            ]
            while given:
                found = given.pop(0).result()
                given += [pool.submit(_compute, ids) for ids in islice(waiting, 1)]
                yield found

    return compute


def _begin(asked: tuple[object, ...], by: "Actor") -> None:
    django.setup()
    comparing = import_module("armstrace.recoveries.comparing")
    _HERE["compute"] = comparing.Comparer(comparing.Task(*asked), by).compute


def _compute(ids: list[int]) -> "list[Compared]":
    (found,) = _HERE["compute"]([ids])
    return found
