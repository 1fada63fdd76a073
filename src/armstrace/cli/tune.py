"""`armstrace tune`: propose a tuning of matching; a person puts it into use."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import typer

from armstrace.accounts.actors import system_actor
from armstrace.analysis.matching.tuning import FEWEST_REPLAYED
from armstrace.cli import options, telling
from armstrace.recoveries import queries
from armstrace.recoveries.actions import tunings
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import counted, join
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer(add_completion=False)


@app.command()
def calibration(*, as_json: options.AsJson = False) -> None:
    """Fit a calibration to what people decided, and replay it on the rest."""
    _propose(tunings.propose_calibration, as_json=as_json)


@app.command()
def rates(*, as_json: options.AsJson = False) -> None:
    """Learn rates of misreading from unlabelled readings, and replay them."""
    _propose(tunings.propose_rates, as_json=as_json)


@app.command()
def serials(*, as_json: options.AsJson = False) -> None:
    """Learn how serials are misread from arms entered twice, and replay it."""
    _propose(tunings.propose_serials, as_json=as_json)


def _propose(propose: Callable[..., Any], *, as_json: bool) -> None:
    by, at = system_actor(Purpose.TRACING), datetime.now(UTC)
    made = propose(by=by, at=at)
    if made.known_at != at:
        telling.note(SAID.say("TUNING_UNCHANGED", tuning=made.pk))
    _tell(made.pk, as_json=as_json)


def _tell(tuning_id: int, *, as_json: bool) -> None:
    by = system_actor(Purpose.TRACING)
    cards = queries.matching_tunings(viewer=by)
    card = next(each for each in cards if each.id == tuning_id)
    if as_json:
        told = {
            "tuning": card.id,
            "kind": card.kind.value.lower(),
            "based_on": card.based_on,
            "cases": card.cases,
            "is_better": card.is_better,
            "replay": card.replay,
            "content": card.content,
        }
        telling.show_json(told)
        return
    made = counted(
        "Tuning %(tuning)s (%(kind)s) was made from %(n)s case.",
        "Tuning %(tuning)s (%(kind)s) was made from %(n)s cases.",
        tuning=card.id,
        kind=card.kind,
        n=card.cases,
    )
    if not card.is_replayed:
        verdict = counted(
            "Its replay has %(n)s case of the %(needed)s that are needed, so it cannot "
            "be used yet.",
            "Its replay has %(n)s cases of the %(needed)s that are needed, so it "
            "cannot be used yet.",
            n=card.replayed,
            needed=FEWEST_REPLAYED,
        )
    elif card.is_better:
        verdict = SAID.say("TUNING_BETTER")
    else:
        verdict = SAID.say("TUNING_NO_BETTER")
    telling.tell(join([made, verdict]))
