"""``armstrace ballistics search``: rank a folder of scans."""

from pathlib import Path
from typing import Annotated, Any

import typer

from armstrace.analysis.ballistics import gallery, orientation, preparation
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.x3p import reader
from armstrace.cli import telling
from armstrace.cli.ballistics import options
from armstrace.cli.ballistics.options import AsJson, Reason, RingText, Scan
from armstrace.cli.main import say
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import counted, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)


def search(
    probe: Scan,
    folder: Annotated[Path, typer.Argument(help="Folder of scans, X3P.")],
    closer: Annotated[
        int, typer.Option(min=0, max=500, help="Candidates to compare in full.")
    ] = 20,
    ring: RingText = "",
    folder_ring: RingText = "",
    accept_altered: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Rank the scans of a folder by how well they agree with a mark."""
    mark = _mark(probe, options.ring_of(ring), accept_altered)
    marks, refused = _enrol_folder(folder, probe, options.ring_of(folder_ring))
    ranked = orientation.search_closer(mark, marks, closer=closer)
    document = {
        "probe": probe.name,
        "searched": len(marks),
        "refused": refused,
        "candidates": [
            _candidate(one, rank) for rank, one in enumerate(ranked, start=1)
        ],
        "settings": options.settings(accept_altered),
        "limits": LIMITS,
    }
    typer.echo(telling.as_json(document) if as_json else _search_words(document))


def _mark(path: Path, ring: Ring | None, accept_altered: str = "") -> Mark:
    scan = reader.read(path, override_reason=accept_altered)
    return preparation.prepare(scan.surface, ring=ring)


def _enrol_folder(
    folder: Path, probe: Path, ring: Ring | None
) -> tuple[list[tuple[gallery.Entry, Mark]], list[dict[str, str]]]:
    """Prepare the scans of a folder; a scan that cannot be read is listed."""
    if not folder.is_dir():
        raise InvalidInput(SAID.say("NO_FOLDER", name=folder.name))
    marks, refused = [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() != ".x3p" or path.resolve() == probe.resolve():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            mark = _mark(path, ring)
            entry = gallery.enrol(name, mark)
        except InvalidInput as error:
            refused.append({"file": name, "reason": say(error.message)})
        else:
            marks.append((entry, mark))
    return marks, refused


def _candidate(one: orientation.Closer, rank: int) -> dict[str, Any]:
    return {
        "file": one.candidate.name,
        "rank": rank,
        "congruent_cells": one.found.congruent_cells,
        "cells": one.found.cells,
        "score": round(one.found.score, 3),
        "is_compared_both_ways": one.comparison is not None,
    }


def _search_words(document: dict[str, Any]) -> str:
    searched = counted(
        "%(n)s scan searched for %(probe)s.",
        "%(n)s scans searched for %(probe)s.",
        n=document["searched"],
        probe=document["probe"],
    )
    ranked_only = say(message("(ranked only)"))
    lines = [say(searched)]
    lines += [
        f"{one['rank']:>4}  {one['congruent_cells']:>3} of {one['cells']:>3}  "
        f"{one['score']:>7.3f}  {one['file']}"
        + ("" if one["is_compared_both_ways"] else f"  {ranked_only}")
        for one in document["candidates"]
    ]
    lines += [
        say(SAID.say("LEFT_OUT", file=one["file"], reason=one["reason"]))
        for one in document["refused"]
    ]
    return "\n".join([*lines, "", *options.limits()])
