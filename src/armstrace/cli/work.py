"""`armstrace work`: run the jobs that wait, until stopped."""

import typer
from django.core.management import call_command

app = typer.Typer()


@app.command()
def work() -> None:
    """Run the jobs that wait; `armstrace serve` starts this beside itself."""
    call_command("db_worker", verbosity=0)
