"""`armstrace licence`: what blocks an application, and what a new law changes."""

from typing import Annotated, Any

import typer

from armstrace.cli import facts, options, telling
from armstrace.licensing import checking, queries
from armstrace.licensing.checking import Facts
from armstrace.translation import translate
from armstrace.vocabulary.messages import message

app = options.group("Say what blocks licences, by the jurisdiction profile.")


@app.command()
def check(
    asked: Annotated[
        str,
        facts.subject("Of an application (Q12) or a licence, or a JSON file of one."),
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what blocks an application or a licence today; nothing is changed."""
    by = facts.asking(law)
    stated = facts.read_file(asked, Facts)
    if stated is not None:
        found = checking.missing(stated, by.law, by.today)
        told: dict[str, Any] = {"file": asked, "activity": stated.activity}
    else:
        one = queries.standing_of(asked, **by.of_records)
        found = one.missing
        told = {"number": one.number, "activity": one.activity, "stage": one.stage}
        told |= {"blocks": one.blocks}
    rules = (each.code for each in by.law.checks_of(told["activity"], by.today))
    facts.answer(told, found, by, rules=rules, as_json=as_json)


@app.command("changed")
def list_changed(law: facts.Law = "", *, as_json: options.AsJson = False) -> None:
    """List the open applications that the law would now decide otherwise."""
    found = list(queries.otherwise_decided(**facts.asking(law).of_records))
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
        said = message("Today’s law would decide no open application differently.")
        typer.echo(translate(said))
