"""`armstrace check`: say what is unsafe or missing, and what to do about it."""

import sys
from dataclasses import asdict
from datetime import UTC, datetime

import typer

from armstrace import checking
from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.vocabulary.messages import message

app = typer.Typer()
HEADS = message("Verdict | What | Finding | What to do")
VERDICTS = {
    "ok": message("ok"),
    "warning": message("warning"),
    "problem": message("problem"),
}


@app.command()
def check(
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what is unsafe for what is being served, and what is missing."""
    found = checking.all_findings(viewer=system_actor(), at=datetime.now(UTC))
    problems = sum(finding.verdict == "problem" for finding in found)
    if as_json:
        told = [
            asdict(each) | {"sentence": each.sentence, "advice": each.advice}
            for each in found
        ]
        telling.show_json({"findings": told, "problems": problems})
    else:
        rows = [(VERDICTS[f.verdict], f.subject, f.sentence, f.advice) for f in found]
        telling.show_table(HEADS, rows)
    if problems:
        sys.exit(1)
