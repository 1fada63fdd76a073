"""Do several acts at the same moment, each by a thread and a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from armstrace.vocabulary.errors import RuleBroken


def at_once(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """Do all acts at the same moment; give what came of them.

    Returns:
        How often an act was done, as "done", and how often each rule refused one, by
        its code. Any other error is raised.
    """
    begin = threading.Barrier(len(acts))

    def do(act: Callable[[], object]) -> str:
        begin.wait()
        try:
            act()
        except RuleBroken as error:
            return error.rule
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as writers:
        return Counter(writers.map(do, acts))


def one_of(writers: int, rule: str) -> Counter[str]:
    """Give what comes of a contest that one wins, the others refused by a rule."""
    return Counter({"done": 1, rule: writers - 1})
