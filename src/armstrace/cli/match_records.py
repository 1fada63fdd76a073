"""`armstrace match-records`: match recoveries on record, a year or all at once."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, progress, telling
from armstrace.cli.main import say
from armstrace.recoveries import parallel, queries
from armstrace.recoveries.actions import matching_runs
from armstrace.recoveries.comparing import Task
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import PageRequest

app = typer.Typer(add_completion=False)
SHOWN = 20


class Against(StrEnum):
    """What recoveries are compared with."""

    REGISTRY = "registry"
    LOSSES = "losses"
    RECOVERIES = "recoveries"
    ALL = "all"


@app.command()
def match_records(
    year: Annotated[
        int | None, typer.Option(min=1900, max=2200, help="Year of recovery.")
    ] = None,
    against: Annotated[
        Against, typer.Option(help="What they are compared with.")
    ] = Against.ALL,
    processes: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that compare.")
    ] = 1,
    as_json: options.AsJson = False,
) -> None:
    """Match recoveries on record against the register and against each other.

    A run that was cut off goes on where it stood when the same command is given
    again. What was found is listed on the page of the run.
    """
    by = system_actor(Purpose.TRACING)
    now = datetime.now(UTC)
    run = matching_runs.begin_run(
        against=MatchAgainst(against.value.upper()), year=year, by=by, at=now
    )
    compute = None
    if processes > 1:
        task = Task(MatchAgainst(run.against), run.last_recovery, run.model_version)
        compute = parallel.computer(task, by, processes=processes)
    with progress.shown(say(message("Matching"))) as context:
        run = matching_runs.run_matching(
            run=run, by=by, at=now, context=context, compute=compute
        )
    told = queries.matching_run(run.pk, viewer=by)
    if as_json:
        telling.show_json(_document(told, by))
        return
    _show(told, by)


def _document(run: queries.RunCard, by: Actor) -> dict[str, object]:
    counted = {
        question.value.lower(): queries.found_rows(
            run.id,
            queries.ResultFilter(question=question, least=matching_runs.LIKELY),
            viewer=by,
            page=PageRequest(size=1),
        ).total
        for question in MatchQuestion
    }
    return {
        "run": run.id,
        "against": run.against.value.lower(),
        "year": run.year,
        "model_version": run.model_version,
        "recoveries": run.recoveries,
        "matched": run.done,
        "compared": run.compared,
        "likely": run.likely,
        "likely_by_question": counted,
    }


def _show(run: queries.RunCard, by: Actor) -> None:
    where = queries.ResultFilter(least=matching_runs.LIKELY, undecided=True)
    rows = queries.found_rows(
        run.id, where, viewer=by, page=PageRequest(size=SHOWN)
    ).rows
    for row in rows:
        found = row.arm.reference if row.arm else ""
        found = row.earlier.reference if row.earlier else found
        typer.echo(
            f"{row.recovery.reference:>10}  {found:<10} "
            f"{row.probability:.3f}  {say(row.why)}"
        )
    said = message(
        "Run %(run)s matched %(done)s of %(count)s recoveries. Those that said enough "
        "to be compared: %(compared)s; with a candidate of %(least)s or more: "
        "%(likely)s. A person decides on the run's page.",
        run=run.id,
        done=run.done,
        count=run.recoveries,
        compared=run.compared,
        least=matching_runs.LIKELY,
        likely=run.likely,
    )
    telling.tell(said)
