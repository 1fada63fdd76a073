"""`armstrace serve`: the pages, the API and the jobs, in one command."""

import importlib
from typing import Annotated

import typer

from armstrace.cli.main import set_up

app = typer.Typer()
PORT = 8000


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = PORT,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
) -> None:
    """Serve the pages and the API; jobs run beside them."""
    set_up()
    importlib.import_module("armstrace.cli.serving").serve(host, port, workers=workers)
