"""`armstrace cases`: recoveries that must have a parallel case, and their share."""

from dataclasses import asdict
from datetime import UTC, datetime

import typer
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.cli import options, telling
from armstrace.procedures import queries
from armstrace.procedures.actions import following
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import message

app = typer.Typer(add_completion=False)


@app.command()
def cases(*, as_json: options.AsJson = False) -> None:
    """Count recoveries that must have a parallel case, and those that have one.

    Recoveries that wait for their steps are given them first.
    """
    by, at = actors.system_actor(Purpose.TRACING), datetime.now(UTC)
    following.follow_waiting(by=by, at=at)
    found = queries.case_figures(viewer=by, today=timezone.localdate(at))
    document = asdict(found.whole) | {
        "waiting": found.waiting,
        "by_agency": {name: asdict(each) for name, each in found.by_agency.items()},
    }
    if as_json:
        telling.show_json(document)
        return
    said = message(
        "Recoveries that need a parallel case: %(eligible)s; with one: %(with_case)s, "
        "waived: %(waived)s, closed: %(closed)s. Open steps: %(open_steps)s, overdue "
        "of these: %(overdue)s.",
        **asdict(found.whole),
    )
    typer.echo(translate(said))
