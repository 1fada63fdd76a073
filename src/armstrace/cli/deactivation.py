"""`armstrace deactivation`: what keeps a deactivation from being verified."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli import facts, options
from armstrace.deactivations import checking, queries, rules
from armstrace.deactivations.rules import Facts
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.deactivation import DeactivationState
from armstrace.vocabulary.messages import Message

app = options.group("Say what blocks deactivations, by the standard in force.")


@app.command()
def check(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|FILE",
            help="Of a deactivation (U12), or a JSON file of one.",
        ),
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say which parts and checks are open today; status 1 where something blocks."""
    now = datetime.now(UTC)
    today, profile = timezone.localdate(now), facts.law_called(law)
    if Path(asked).is_file():
        stated = facts.read(Path(asked), Facts)
        told: dict[str, Any] = {"file": asked}
        which = checking.provision_of(stated, profile, today)
        found = checking.missing(stated, profile, today)
    else:
        viewer = system_actor(Purpose.REGISTRATION)
        page = queries.deactivation_page(
            queries.deactivation_called(asked, viewer=viewer),
            viewer=viewer,
            at=now,
            law=profile,
        )
        told = {"number": page.row.reference, "state": page.row.state}
        which, found = page.asked, page.missing
    table = rules.table_of(which.facts)
    is_refused = told.get("state") is DeactivationState.REFUSED
    blocks = is_refused or any(each.blocks for each in found)
    told |= {"kind": which.facts.kind, "law": profile.code, "day": today.isoformat()}
    told |= {"standard": which.standard.code if which.standard else None}
    told |= {"blocks": blocks, "rules": [each.code for each in table]}
    told |= {"parts": list(which.open_parts), "checks": list(which.open_checks)}
    told |= {"marks": list(which.parts_without_mark)}
    if "state" in told and not as_json:
        typer.echo(f"{told['number']}: {translate(Message(told['state'].label))}")
    facts.answer(told, found, as_json=as_json)
