"""`armstrace serve`: the pages, the API and the jobs, in one command."""

import subprocess
import sys
from typing import Annotated, Any

import typer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from armstrace.cli import init

app = typer.Typer()
THREADS = 4


@app.command(name="serve")
def command(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
) -> None:
    """Serve the pages and the API; jobs run beside them."""
    serve(host, port, workers=workers)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn, configured here rather than in a file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options as they were given."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's own signature
        """Give the application."""
        return get_wsgi_application()


def serve(host: str, port: int, *, workers: int) -> None:
    """Serve until stopped.

    Args:
        host: Address to listen on.
        port: Port to listen on.
        workers: Server processes, each with ``THREADS`` threads.
    """
    init.collect_static()
    connections.close_all()
    worker = subprocess.Popen([sys.executable, "-m", "armstrace.cli.main", "work"])
    try:
        Server(
            {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": THREADS,
                "worker_class": "gthread",
                "timeout": 120,
                "loglevel": "warning",
                "accesslog": None,
                "forwarded_allow_ips": "127.0.0.1",
            }
        ).run()
    finally:
        worker.terminate()
