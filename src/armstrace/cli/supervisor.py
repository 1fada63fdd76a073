"""Keep a process running: start it again when it ends, later each time."""

import subprocess
from collections.abc import Callable

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
# A process that ran so long is well; its next end waits the least again.
STEADY_S = 60.0
# What a process may take to leave before it is killed; a step is undone whole.
LEAVE_S = 10.0


class Supervisor:
    """Keeps one process running; whoever holds it asks ``keep`` every second or so."""

    def __init__(self, start: Callable[[], "subprocess.Popen[bytes]"]) -> None:
        self._start = start
        self._process: subprocess.Popen[bytes] | None = None
        self._started_s = 0.0
        self._wait_s = FIRST_WAIT_S
        self._due_s: float | None = None

    def keep(self, now_s: float) -> None:
        """Start the process where it does not run and its wait is over.

        Args:
            now_s: Of a clock that only goes forward, seconds.
        """
        if self._process is None:
            if self._due_s is None or now_s >= self._due_s:
                self._process, self._started_s = self._start(), now_s
            return
        if self._process.poll() is None:
            return
        ran_s = now_s - self._started_s
        self._wait_s = FIRST_WAIT_S if ran_s >= STEADY_S else self._wait_s
        self._process, self._due_s = None, now_s + self._wait_s
        self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def stop(self) -> None:
        """Let the process leave; end it where it does not."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(LEAVE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
