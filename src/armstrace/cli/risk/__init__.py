"""``armstrace risk``: score declarations, and judge the scores by what was found."""

import typer

from armstrace.cli import options
from armstrace.cli.risk import judging, scoring

app = options.group(
    "Score declarations of goods, and judge the scores by what was found."
)


app.command()(scoring.score)
app.command()(judging.backtest)
