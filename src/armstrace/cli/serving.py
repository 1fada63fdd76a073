"""`armstrace serve`: the pages, the API and the jobs, in one command."""

import gc
import os
import socket
import subprocess
import sys
import time
from typing import Annotated, Any

import typer
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.db.backends.postgresql import base as postgresql
from django.urls import reverse
from gunicorn import glogging
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from armstrace.cli import init
from armstrace.cli.supervisor import Supervisor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

app = typer.Typer()
THREADS = 4  # two that compute, see Turns; the rest for slow lines


@app.command(name="serve")
def command(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on.", min=1, max=65535)
    ] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=64)] = 2,
) -> None:
    """Serve the pages and the API; jobs run beside them."""
    serve(host, port, workers=workers)


class Master(Arbiter):  # type: ignore[misc]  # gunicorn has no types
    """The master of the server processes, which also keeps the worker of jobs.

    No thread does it: threads do not survive the forks of the server processes.
    """

    def __init__(self, app: BaseApplication, worker: Supervisor) -> None:
        self._worker = worker
        super().__init__(app)

    def manage_workers(self) -> None:
        """Keep the processes running; the master asks every second."""
        super().manage_workers()
        self._worker.keep(time.monotonic())


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, configured here rather than in a file."""

    def __init__(self, options: dict[str, Any], worker: Supervisor) -> None:
        self._application = application()
        self._options = options
        self._worker = worker
        super().__init__()

    def run(self) -> None:
        """Serve until stopped."""
        Master(self, self._worker).run()

    def load_config(self) -> None:
        """Take the options as they were given."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's own signature
        """Give the application."""
        return self._application


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve until stopped.

    Args:
        workers: Server processes, each with ``THREADS`` threads.
    """
    require_free(host, port)
    init.collect_static()
    worker = Supervisor(_start_worker)
    try:
        Server(
            {
                "bind": _addresses(host, port),
                "workers": workers,
                "threads": THREADS,
                "worker_class": "armstrace.project.server_process.Worker",
                "timeout": 120,
                "loglevel": "warning",
                "logger_class": Log,
                "accesslog": None,
                "forwarded_allow_ips": "127.0.0.1",
            },
            worker,
        ).run()
    finally:
        worker.stop()


def application() -> WSGIHandler:
    """Load all that answers, once, so that the processes begin with it.

    What is loaded stays: it is left out of the collection of garbage, which would
    stop every thread of a process for a third of a second to look through it.
    """
    loaded = get_wsgi_application()
    reverse("today")  # imports every page
    leave_database()
    gc.collect()
    gc.freeze()
    return loaded


class Log(glogging.Logger):  # type: ignore[misc]  # gunicorn has no types
    """The server's lines, written as all others are."""

    def setup(self, cfg: Any) -> None:  # noqa: ANN401 - gunicorn's own signature
        """Let the handlers of the settings write."""
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


def _addresses(host: str, port: int) -> list[str]:
    """Give where to listen: for pages, and for figures where a port is set."""
    figures = (settings.METRICS_HOST, settings.METRICS_PORT)
    return [f"{name}:{number}" for name, number in ((host, port), figures) if number]


def require_free(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on.

    Raises:
        InvalidInput: Another programme has it, it is not of this machine, or this
            user may not.
    """
    is_long = ":" in host
    family = socket.AF_INET6 if is_long else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = message(
                "%(host)s, port %(port)s cannot be listened on (%(why)s); name another "
                "with --host and --port.",
                host=host,
                port=str(port),
                why=error.strerror or str(error),
            )
            raise InvalidInput(msg, field="port") from error


def leave_database() -> None:
    """Close every connection and pool before the server forks.

    The threads of a pool stay behind in the parent: a pool that was opened before
    the fork hands out connections for ever that nobody mends.
    """
    for each in connections.all(initialized_only=True):
        each.close()
        if isinstance(each, postgresql.DatabaseWrapper):
            each.close_pool()


def _start_worker() -> "subprocess.Popen[bytes]":
    words = ["-m", "armstrace.cli.main", "work", "--under", str(os.getpid())]
    return subprocess.Popen([sys.executable, *words])  # noqa: S603 - own command
