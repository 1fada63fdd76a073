"""`armstrace transfer`: what blocks a transfer, before it is asked for."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli import facts, options
from armstrace.licensing.checking import blocking
from armstrace.transfers import checking, queries
from armstrace.transfers.facts import Facts
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.transfers import Moment

app = options.group("Say what blocks transfers, by the jurisdiction profile.")


@app.command()
def check(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|FILE",
            help="Of an authorisation (G12, or the number on paper), or a JSON or TOML "
            "file of one.",
        ),
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what blocks a transfer today; status 1 where something does."""
    now = datetime.now(UTC)
    today = timezone.localdate(now)
    profile = facts.law_called(law)
    if Path(asked).is_file():
        stated = facts.read(Path(asked), Facts)
        moment = Moment.DEPARTURE if stated.departs_on else Moment.ISSUE
        day = stated.departs_on or stated.issued_on or today
        home = settings.HOME_COUNTRY
        found = checking.missing(stated, profile, moment, day, home)
        told: dict[str, Any] = {"file": asked, "direction": stated.direction}
        blocks = bool(blocking(found))
    else:
        viewer = system_actor(Purpose.REGISTRATION)
        one = queries.standing_of(asked, viewer=viewer, at=now, law=profile)
        found, blocks, moment, day = one.missing, one.blocks, one.moment, today
        told = {"number": one.number, "direction": one.direction, "stage": one.stage}
    rules = profile.transfers_asked(told["direction"], moment, day)
    told |= {"law": profile.code, "day": day.isoformat(), "moment": moment}
    told |= {"blocks": blocks, "rules": [*dict.fromkeys(each.code for each in rules)]}
    if "stage" in told and not as_json:
        typer.echo(f"{told['number']}: {translate(Message(told['stage'].label))}")
    facts.answer(told, found, as_json=as_json)
