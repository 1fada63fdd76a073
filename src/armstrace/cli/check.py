"""`armstrace check`: say what is unsafe or missing, and what to do about it."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from armstrace import checking
from armstrace.accounts.actors import system_actor

app = typer.Typer()
STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


@app.command()
def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is unsafe for what is being served, and what is missing."""
    found = checking.all_findings(viewer=system_actor(), at=datetime.now(UTC))
    problems = sum(finding.verdict == "problem" for finding in found)
    if as_json:
        told = [asdict(finding) for finding in found]
        typer.echo(json.dumps({"findings": told, "problems": problems}, indent=1))
    else:
        _show(found)
    if problems:
        sys.exit(1)


def _show(found: list[checking.Finding]) -> None:
    table = Table("", "What", "Finding", "What to do", show_lines=False)
    for each in found:
        style = STYLES[each.verdict]
        table.add_row(
            f"[{style}]{each.verdict}[/]", each.subject, each.sentence, each.advice
        )
    Console().print(table)
