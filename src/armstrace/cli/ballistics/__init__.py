"""``armstrace ballistics``: compare, search and verify scans, no database."""

import os

# Products are small: threads of BLAS wait for each other and take four times the
# processor time. Several searches at once are several processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from armstrace.cli.ballistics import comparing, enrolling, searching, verifying

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def ballistics() -> None:
    """Compare the marks on cartridge cases, from X3P files."""


app.command()(comparing.compare)
app.command()(comparing.recompute)
app.command()(searching.search)
app.command()(verifying.verify)
app.command()(enrolling.enrol)
