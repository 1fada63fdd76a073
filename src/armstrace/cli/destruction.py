"""`armstrace destruction`: a lot, what is in it, and what it lacks."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from django.utils import timezone

from armstrace.accounts.actors import system_actor
from armstrace.cli import options, telling
from armstrace.disposal import queries
from armstrace.translation import translate
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = options.group("Say what lots of destruction hold and lack; nothing is changed.")


@app.command()
def lot(
    number: Annotated[str, typer.Argument(help="Number of the lot, such as Y12.")],
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what is in a lot and what is missing; status 1 while something is."""
    digits = number.strip().upper().removeprefix("Y")
    if not digits.isdecimal():
        raise SAID.refuse("NO_LOT", number=number)
    viewer = system_actor(Purpose.CUSTODY)
    today = timezone.localdate(datetime.now(UTC))
    page = queries.lot_page(int(digits), viewer=viewer, today=today)
    if as_json:
        telling.show_json(_document(page))
    else:
        _print(page)
    if page.is_blocked:
        raise typer.Exit(1)


def _document(page: queries.LotPage) -> dict[str, object]:
    now = page.now
    there = [each for each in page.witnesses if each.was_there]
    return {
        "number": page.lot.reference,
        "agency": page.lot.agency,
        "method": now.method,
        "works": now.works,
        "place": now.place,
        "destroyed_on": now.destroyed_on.isoformat() if now.destroyed_on else None,
        "count_in": len(page.items),
        "count_out": now.count_out,
        "is_blocked": page.is_blocked,
        "missing": [_plain(each) for each in page.missing],
        "items": [
            {"number": each.reference, "missing": [_plain(one) for one in each.missing]}
            for each in page.items
        ],
        "taken_out": [
            {"number": each.reference, "reason": each.reason} for each in page.withdrawn
        ],
        "witnesses": [
            {"name": each.name, "body": each.body, "is_observer": each.is_observer}
            for each in there
        ],
        "photographs": [each.moment for each in page.photographs],
        "certificate": page.certificate_number,
    }


def _plain(missing: RuleBroken) -> dict[str, str]:
    said = translate(missing.message)
    return {"code": missing.rule, "said": said, "source": str(missing.source)}


def _print(page: queries.LotPage) -> None:
    for said in (*page.missing, *(one for each in page.items for one in each.missing)):
        typer.echo(f"{said.rule}: {translate(said.message)}")
        typer.echo(f"  {said.source}")
    told = SAID.say(
        "LOT_COUNTS",
        lot=page.lot.reference,
        went_in=len(page.items),
        came_out="—" if page.now.count_out is None else str(page.now.count_out),
    )
    typer.echo(translate(told))
