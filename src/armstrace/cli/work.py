"""`armstrace work`: run the jobs that wait, until stopped."""

import typer
from django.core.management import call_command

from armstrace.cli.main import set_up

app = typer.Typer()


@app.command()
def work() -> None:
    """Run the jobs that wait; `armstrace serve` starts this beside itself."""
    set_up()
    call_command("db_worker", verbosity=0)
