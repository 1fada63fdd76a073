"""`armstrace tune`: propose a tuning of matching; a person puts it into use."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from armstrace.accounts.actors import system_actor
from armstrace.analysis.matching.tuning import FEWEST_REPLAYED
from armstrace.recoveries import queries
from armstrace.recoveries.actions import tunings
from armstrace.vocabulary.actors import Purpose

app = typer.Typer(add_completion=False)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
IN_USE_BY = "A supervisor puts it into use on the page “Tuning of matching”."


@app.command()
def calibration(*, as_json: Json = False) -> None:
    """Fit a calibration to what people decided, and replay it on the rest."""
    _propose(tunings.propose_calibration, as_json=as_json)


@app.command()
def rates(*, as_json: Json = False) -> None:
    """Learn rates of misreading from unlabelled readings, and replay them."""
    _propose(tunings.propose_rates, as_json=as_json)


@app.command()
def serials(*, as_json: Json = False) -> None:
    """Learn how serials are misread from arms entered twice, and replay it."""
    _propose(tunings.propose_serials, as_json=as_json)


def _propose(propose: Callable[..., Any], *, as_json: bool) -> None:
    by, at = system_actor(Purpose.TRACING), datetime.now(UTC)
    made = propose(by=by, at=at)
    if made.known_at != at:
        words = f"Nothing has changed since tuning {made.pk}: it is the same."
        typer.echo(words, err=True)
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
    made = f"Tuning {card.id} ({card.kind.label}) was made from {card.cases} cases"
    if not card.is_replayed:
        typer.echo(
            f"{made}; its replay has {card.replayed} cases of the "
            f"{FEWEST_REPLAYED} that are needed, so it cannot be used yet."
        )
        return
    verdict = "better than" if card.is_better else "no better than"
    typer.echo(f"{made}; in its replay it is {verdict} what is in use. {IN_USE_BY}")
