"""``armstrace ballistics enrol``: scans into the database."""

import importlib
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.cli import main, telling
from armstrace.cli.ballistics import options
from armstrace.cli.ballistics.options import AsJson, Reason, RingText
from armstrace.cli.main import say
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.messages import message


def enrol(
    files: Annotated[
        list[Path], typer.Argument(help="Scans, X3P.", exists=True, dir_okay=False)
    ],
    recovery: Annotated[str, typer.Option(help="Recovery, such as R12.")] = "",
    arm: Annotated[str, typer.Option(help="Registered arm, such as A5.")] = "",
    mark_type: Annotated[
        MarkType, typer.Option("--type", help="Type of mark.", case_sensitive=False)
    ] = MarkType.BREECH_FACE,
    test_fire: Annotated[
        bool, typer.Option("--test-fire", help="Test fires of the recovered arm.")
    ] = False,
    part_number: Annotated[
        str, typer.Option(help="Number on the part that left the marks, as read.")
    ] = "",
    calibre: Annotated[str, typer.Option(help="Calibre, if known.")] = "",
    maker: Annotated[str, typer.Option(help="Maker of the arm, if known.")] = "",
    ring: RingText = "",
    accept_altered: Reason = "",
    by: Annotated[
        str, typer.Option(help="Sign-in name of who enrols; the system where none.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Enrol scans as exhibits of a recovery or test fires of an arm."""
    main.set_up()
    recording = importlib.import_module("armstrace.cli.ballistics.recording")
    wish = recording.Wish(
        recovery=recovery,
        arm=arm,
        mark_type=mark_type,
        is_test_fire=test_fire or bool(arm),
        part_number=part_number,
        calibre=calibre,
        maker=maker,
        ring=options.ring_of(ring),
        accepted_because=accept_altered,
        by=by,
    )
    told: list[dict[str, Any]] = [recording.enrol_file(path, wish) for path in files]
    if as_json:
        typer.echo(telling.as_json({"files": told}))
    else:
        typer.echo("\n".join(_words(one) for one in told))
    if any(one["error"] for one in told):
        raise typer.Exit(1)


def _words(one: dict[str, Any]) -> str:
    if one["error"]:
        return f"{one['file']}: {one['error']}"
    is_drawn = one["region"] == "SET"
    return say(
        message(
            "%(file)s: %(mark)s of %(owner)s, region %(region)s.",
            file=one["file"],
            mark=one["mark"],
            owner=one["owner"],
            region=message("as drawn")
            if is_drawn
            else message("proposed; check it on its page"),
        )
    )
