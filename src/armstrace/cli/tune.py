"""`armstrace tune`: propose a tuning of matching; a person puts it into use."""

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.recoveries import queries
from armstrace.recoveries.actions import tunings
from armstrace.vocabulary.actors import Purpose

app = typer.Typer(add_completion=False)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
IN_USE_BY = "A supervisor puts it into use on the page “Tuning of matching”."


@app.command()
def calibration(*, as_json: Json = False) -> None:
    """Fit a calibration to what people decided, and replay it on the rest."""
    by = system_actor(Purpose.TRACING)
    made = tunings.propose_calibration(by=by, at=datetime.now(UTC))
    _tell(made.pk, as_json=as_json)


@app.command()
def rates(*, as_json: Json = False) -> None:
    """Learn rates of misreading from unlabelled readings, and replay them."""
    by = system_actor(Purpose.TRACING)
    made = tunings.propose_rates(by=by, at=datetime.now(UTC))
    _tell(made.pk, as_json=as_json)


def _tell(tuning_id: int, *, as_json: bool) -> None:
    by = system_actor(Purpose.TRACING)
    cards = queries.matching_tunings(viewer=by)
    card = next(each for each in cards if each.id == tuning_id)
    if as_json:
        document = {
            "tuning": card.id,
            "kind": card.kind.value.lower(),
            "based_on": card.based_on,
            "cases": card.cases,
            "is_better": card.is_better,
            "replay": card.replay,
            "content": card.content,
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
        return
    verdict = "better than" if card.is_better else "no better than"
    typer.echo(
        f"Tuning {card.id} ({card.kind.label}) was made from {card.cases} cases; on "
        f"those kept back it is {verdict} what is in use. {IN_USE_BY}"
    )
