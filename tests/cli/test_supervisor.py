"""A process that ends is started again, later each time."""

import subprocess
import sys

import pytest

from armstrace.cli import work
from armstrace.cli.supervisor import Supervisor

pytestmark = pytest.mark.pure


class Process:
    """A process that ends when it is told to."""

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


def test_a_process_that_dies_is_started_again_later_each_time() -> None:
    made: list[Process] = []

    def start() -> Process:
        made.append(Process())
        return made[-1]

    supervisor = Supervisor(start)
    for second in range(20):
        supervisor.keep(float(second))
        made[-1].code = 1

    # Started at 0; found dead at 1, 3, 6, 11 and again after 1, 2, 4 and 8 seconds.
    assert len(made) == 5


def test_a_process_that_ran_for_a_while_is_started_again_at_once() -> None:
    made: list[Process] = []

    def start() -> Process:
        made.append(Process())
        return made[-1]

    supervisor = Supervisor(start)
    for started in (0.0, 100.0, 200.0):
        supervisor.keep(started)
        made[-1].code = 1
        supervisor.keep(started + 90.0)

    assert len(made) == 3


def test_a_process_that_is_stopped_is_gone() -> None:
    words = [sys.executable, "-c", "import time; time.sleep(60)"]
    supervisor = Supervisor(lambda: subprocess.Popen(words))
    supervisor.keep(0.0)
    process = supervisor._process
    assert process is not None

    supervisor.stop()

    assert process.poll() is not None


def test_a_worker_leaves_with_the_parent_that_started_it(monkeypatch) -> None:
    left: list[int] = []
    monkeypatch.setattr(work.os, "_exit", left.append)
    monkeypatch.setattr(work.os, "getppid", lambda: 77)

    work.leave_with(0)
    work.leave_with(77)
    assert left == []
    work.leave_with(12)

    assert left == [1]
