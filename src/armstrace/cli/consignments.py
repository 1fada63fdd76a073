"""`armstrace consignments`: what is due of goods on their way."""

from dataclasses import asdict
from datetime import UTC, datetime

import typer

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.transfers import queries
from armstrace.translation import translate, write_list
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.messages import Message, message

app = options.group("Say what is due of consignments.")


@app.command()
def overdue(*, as_json: options.AsJson = False) -> None:
    """List what is due today or was due before; nothing is changed."""
    viewer, now = system_actor(Purpose.REGISTRATION), datetime.now(UTC)
    where = queries.ConsignmentFilter(is_due=True)
    rows = list(queries.every_consignment(where, viewer=viewer, at=now))
    if as_json:
        told = [
            {"number": each.reference, "authorisation": f"G{each.authorisation_id}"}
            | {name: said for name, said in asdict(each).items() if name in KEPT}
            for each in rows
        ]
        telling.show_json(told)
        return
    for each in rows:
        wrong = [each.alarm, *each.others] if each.alarm else []
        words = write_list(translate(Message(alarm.label)) for alarm in wrong)
        typer.echo(f"{each.reference} {each.due_on} {words} ({each.import_country})")
    if not rows:
        typer.echo(translate(message("Nothing is due of any consignment.")))


KEPT = (
    *("direction", "waybill", "sent", "departed_on", "step", "alarm", "due_on"),
    "others",
)
