"""What several commands have: options, days, a command of several others."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from armstrace.cli import usage
from armstrace.vocabulary.messages import message

Vocabularies = Annotated[
    Path | None,
    typer.Option(
        envvar="ARMSTRACE_VOCABULARIES", help="Folder of your own vocabularies."
    ),
]
LONGEST_PATH = 200
AsOf = Annotated[
    str | None, typer.Option(help="As known at the end of this day, 2026-06-30.")
]
ToCsv = Annotated[
    Path | None, typer.Option("--output", "-o", help="Where to write the CSV.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def group(words: str) -> typer.Typer:
    """Make a command of others, each called by its name, even one alone."""
    app = typer.Typer(help=words, add_completion=False, no_args_is_help=True)
    app.callback()(lambda: None)
    return app


def file_named(text: str, *signs: str) -> Path | None:
    """Give the file that a text names, there or not; None where it is not a name.

    Args:
        signs: What the name of such a file has, and no number or code.
    """
    if len(text) > LONGEST_PATH:
        return None
    path = Path(text)
    is_named = any(sign in text.lower() for sign in signs)
    return path if is_named or path.exists() else None


def moment_of(day: str | None) -> datetime | None:
    """Read a day as its last moment, or a moment as it is, in UTC."""
    if day is None:
        return None
    try:
        moment = datetime.fromisoformat(day)
    except ValueError as wrong:
        msg = message("“%(day)s” is not a date; write it as 2026-06-30", day=day)
        raise usage.Wrong(msg, "--as-of") from wrong
    if len(day) <= len("2026-06-30"):
        moment = datetime.combine(moment.date(), time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def wrong_ending(path: Path, *endings: str) -> usage.Wrong:
    """Say which endings the name of a file may have."""
    msg = message(
        "“%(name)s” must end in one of: %(endings)s", name=path.name, endings=endings
    )
    return usage.Wrong(msg, "-o")
