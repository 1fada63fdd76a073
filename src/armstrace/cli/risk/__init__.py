"""``armstrace risk``: score declarations, and judge the scores by what was found."""

import typer

from armstrace.cli.risk import judging, scoring

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def risk() -> None:
    """Score declarations of goods, and judge the scores by what was found."""


app.command()(scoring.score)
app.command()(judging.backtest)
