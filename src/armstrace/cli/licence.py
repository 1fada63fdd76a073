"""`armstrace licence`: what blocks an application, and what a new law changes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli import facts, options, telling
from armstrace.licensing import checking, queries
from armstrace.licensing.checking import Facts
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import message

app = options.group("Say what blocks licences, by the jurisdiction profile.")


@app.command()
def check(
    asked: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|FILE",
            help="Of an application (Q12) or a licence, or a JSON file of one.",
        ),
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what blocks an application or a licence today; nothing is changed."""
    now = datetime.now(UTC)
    today = timezone.localdate(now)
    profile = facts.law_called(law)
    if Path(asked).is_file():
        stated = facts.read(Path(asked), Facts)
        found = checking.missing(stated, profile, today)
        blocks = bool(checking.blocking(found))
        told: dict[str, Any] = {"file": asked, "activity": stated.activity}
    else:
        viewer = system_actor(Purpose.REGISTRATION)
        one = queries.standing_of(asked, viewer=viewer, at=now, law=profile)
        found, blocks = one.missing, one.blocks
        told = {"number": one.number, "activity": one.activity, "stage": one.stage}
    rules = [each.code for each in profile.checks_of(told["activity"], today)]
    told |= {"law": profile.code, "day": today.isoformat(), "blocks": blocks}
    facts.answer(told | {"rules": rules}, found, as_json=as_json)


@app.command("changed")
def list_changed(law: facts.Law = "", *, as_json: options.AsJson = False) -> None:
    """List the open applications that the law would now decide otherwise."""
    viewer = system_actor(Purpose.REGISTRATION)
    rows = queries.otherwise_decided(
        viewer=viewer, at=datetime.now(UTC), law=facts.law_called(law)
    )
    found = list(rows)
    if as_json:
        told = [
            {"number": each.reference, "stage": each.stage}
            | {"blocked": each.blocked, "blocks": each.blocks}
            | {"missing": [facts.plain(one) for one in each.missing]}
            for each in found
        ]
        telling.show_json(told)
        return
    for each in found:
        was, now = ", ".join(each.blocked) or "—", ", ".join(each.blocks) or "—"
        typer.echo(f"{each.reference}: {was} → {now}")
    if not found:
        said = message("The law of today would decide no open application otherwise.")
        typer.echo(translate(said))
