"""How far a job has come, as every command shows it, on standard error."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from armstrace.jobs import heartbeats, running
from armstrace.jobs.running import JobContext


def bars(*, transient: bool = True) -> Progress:
    """Make what shows bars; one line for each job."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=transient,
    )


@contextmanager
def shown(words: str) -> Iterator[JobContext]:
    """Show how far a job comes; give the context in which it runs here."""
    with bars() as shown:
        yield context_of(shown, words)


@contextmanager
def step(shown: Progress, words: str) -> Iterator[None]:
    """Show a line while something runs that does not say how far it has come."""
    line = shown.add_task(words, total=None)
    yield
    shown.update(line, completed=1, total=1)


def end_lines(shown: Progress) -> None:
    """End the lines of jobs that did not know how much there would be."""
    for line in shown.tasks:
        if line.total is None:
            shown.update(line.id, total=line.completed)


def context_of(shown: Progress, words: str) -> JobContext:
    """Add a line for a job; give the context in which it runs here."""
    line = shown.add_task(words, total=None)

    def tell(progress: running.Progress) -> None:
        total = progress.expected or None
        shown.update(line, completed=progress.done, total=total)

    worker = f"{heartbeats.process_name()}:{time.time_ns()}"
    return JobContext(worker, lambda: datetime.now(UTC), tell)
