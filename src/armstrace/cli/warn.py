"""``armstrace warn``: work out early warnings and record them."""

from datetime import UTC, datetime

import typer

from armstrace.accounts.actors import system_actor
from armstrace.audit import consultations
from armstrace.cli import main, options, telling
from armstrace.jobs.running import JobContext
from armstrace.risk import jobs
from armstrace.risk.actions.warnings import Raised
from armstrace.risk.queries import early_warnings
from armstrace.risk.queries.early_warnings import WHOLE
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.warnings import UNDECIDED

app = typer.Typer(add_completion=False)


@app.command()
def warn(
    *,
    as_json: options.AsJson = False,
) -> None:
    """Raise early warnings: run it daily or weekly; it raises none twice.

    Warnings are worked out from what became known in the last week, or since the
    last run if that is longer ago, within the budget of false alarms of the profile.
    JSON has those that wait for a decision beside, under “standing”.
    """
    by, at = system_actor(Purpose.TRACING), datetime.now(UTC)
    job = jobs.begin(by=by, at=at)
    raised = jobs.warn(job, by, at, JobContext("armstrace warn"))
    standing = _standing(by, at)
    if as_json:
        telling.show_json(_document(raised) | {"standing": standing})
        return
    for each in raised.warnings:
        typer.echo(f"{each.reference} {each.agency or '—'}: {main.say(each.sentence)}")
    said = message(
        "Warnings raised: %(raised)s, of %(found)s found in the records from %(since)s "
        "to %(until)s; false alarms accepted for a unit and week: %(accepted)s.",
        raised=len(raised.warnings),
        found=raised.found,
        since=raised.since,
        until=raised.until,
        accepted=f"{raised.false_alarms:g}",
    )
    telling.note(said)
    new = {each.reference for each in raised.warnings}
    earlier = [row for row in standing if row["warning"] not in new]
    if earlier:
        waiting = message("Earlier ones without a decision: %(n)s", n=len(earlier))
        telling.tell(waiting)
    for row in earlier:
        typer.echo(f"  {row['warning']} {row['agency'] or '—'}: {row['sentence']}")


def _standing(by: Actor, at: datetime) -> list[dict[str, object]]:
    """Give the warnings that wait for a decision, those of earlier runs too."""
    with consultations.gather() as gathered:
        rows = [
            row
            for state in UNDECIDED
            for row in early_warnings.warning_rows(
                early_warnings.WarningFilter(state), viewer=by, page=WHOLE
            ).rows
        ]
    if not gathered.is_empty:
        gathered.write(route="WARN", by=by, at=at)
    return [
        {
            "warning": row.reference,
            "kind": row.kind,
            "state": row.state,
            "agency": row.agency,
            "records": row.records,
            "sentence": main.say(row.sentence),
        }
        for row in rows
    ]


def _document(raised: Raised) -> dict[str, object]:
    return {
        "since": raised.since.isoformat(),
        "until": raised.until.isoformat(),
        "false_alarms": raised.false_alarms,
        "found": raised.found,
        "raised": len(raised.warnings),
        "warnings": [
            {
                "warning": each.reference,
                "kind": each.kind,
                "agency": each.agency,
                "role": each.role,
                "chance": each.chance,
                "evidence": each.evidence,
                "sentence": main.say(each.sentence),
            }
            for each in raised.warnings
        ],
    }
