"""Options and words that the commands of ballistics share."""

from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.ballistics import comparison, gallery
from armstrace.analysis.ballistics.comparison import Settings
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.preparation import Band
from armstrace.analysis.ballistics.regions import Ring
from armstrace.cli.main import say
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

VERSION = metadata.version("armstrace")

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Scan = Annotated[Path, typer.Argument(help="A scan, X3P.")]
Reason = Annotated[
    str,
    typer.Option(
        "--accept-altered", help="Why points that differ from their checksum are used."
    ),
]
RingText = Annotated[
    str,
    typer.Option(
        help="Region in millimetres from the upper left corner: x,y of the centre, "
        "outer radius, firing-pin radius. All that is measured where none is given."
    ),
]


def ring_of(text: str) -> Ring | None:
    """Read four millimetres; none where nothing is written."""
    if not text:
        return None
    try:
        x, y, outer, pin = (float(part) / 1e3 for part in text.split(","))
    except ValueError as error:
        raise InvalidInput(
            message(
                "A region is four numbers in millimetres with commas: x, y, outer "
                "radius, firing-pin radius."
            ),
            field="region",
        ) from error
    return Ring(x, y, outer, pin)


def settings(accept_altered: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "method": comparison.METHOD,
        "band": asdict(Band()),
        "compare": asdict(Settings()),
        "search": asdict(gallery.SearchSettings()),
        "accepted_altered_because": accept_altered,
    }


def limits() -> Sequence[str]:
    return [
        say(message("Limits")) + ":",
        *(f"- {say(limit)}" for limit in LIMITS),
    ]
