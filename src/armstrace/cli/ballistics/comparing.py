"""``armstrace ballistics compare`` and ``recompute``."""

import importlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    likelihood,
    orientation,
    preparation,
    reference_files,
    regions,
    report_drawings,
    report_pages,
    reports,
    verbal,
)
from armstrace.analysis.ballistics.comparison import Comparison, Settings
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.preparation import Band, Mark
from armstrace.analysis.ballistics.references import Population, ReferenceSet
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.x3p import reader
from armstrace.cli import main, telling, writing
from armstrace.cli.ballistics import options
from armstrace.cli.ballistics.options import AsJson, Reason, RingText, Scan
from armstrace.cli.main import say
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
WAYS = {
    "first_in_second": message("First in second"),
    "second_in_first": message("Second in first"),
}


def compare(
    first: Scan,
    second: Scan,
    reference: Annotated[
        Path | None, typer.Option(help="A reference set, JSON, for the ratio.")
    ] = None,
    maker: Annotated[str, typer.Option(help="Maker of the arms, if known.")] = "",
    calibre: Annotated[str, typer.Option(help="Calibre, if known.")] = "",
    instrument: Annotated[str, typer.Option(help="Kind of instrument.")] = "",
    first_ring: RingText = "",
    second_ring: RingText = "",
    accept_altered: Reason = "",
    report: Annotated[
        Path | None,
        typer.Option(
            help="Write a report to this file: JSON, which computes it again, or PDF."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two breech-face marks, each one's cells sought in the other."""
    _require_report(report)
    sides = [
        _side(first, first_ring, accept_altered),
        _side(second, second_ring, accept_altered),
    ]
    case = Population("breech face", maker, calibre, instrument, comparison.METHOD)
    found, used = orientation.compare_and_tell(sides[0].mark, sides[1].mark, Settings())
    references = [reference_files.load(reference)] if reference else []
    weighed = _weigh(found, case, references)
    numbers = documents.numbers(found)
    if report is not None:
        fits = references[0] if isinstance(weighed, Ratio) else None
        written = reports.document(
            [_report_side(side, accept_altered) for side in sides],
            numbers,
            documents.parameters(Band(), used),
            reports.Weight(case, weighed, fits),
            version=options.VERSION,
        )
        _write_report(report, written, sides)
    document = {
        "files": [_told(side) for side in sides],
        **numbers,
        "likelihood_ratio": documents.ratio(weighed),
        "settings": options.settings(accept_altered),
        "limits": LIMITS,
    }
    typer.echo(telling.as_json(document) if as_json else _comparison_words(document))


def recompute(
    report: Annotated[Path, typer.Argument(help="A report that --report wrote.")],
    folder: Annotated[Path, typer.Argument(help="Folder of the two scans.")],
    as_json: AsJson = False,
) -> None:
    """Compute a report again; leave with 1 where a number comes out otherwise."""
    scans = [path for path in folder.rglob("*") if path.suffix.lower() == ".x3p"]
    found = reports.recompute(reports.read(report), scans)
    if as_json:
        told = [asdict(one) for one in found]
        typer.echo(telling.as_json({"is_same": not found, "differences": told}))
    else:
        typer.echo("\n".join(map(say, _difference_words(found))))
    if found:
        raise typer.Exit(1)


def _difference_words(found: list[reports.Difference]) -> list[Message]:
    if not found:
        return [message("All numbers come out as reported.")]
    return [
        SAID.say(
            "NOT_AS_REPORTED",
            where=one.where,
            reported=str(one.reported),
            found=str(one.found),
        )
        for one in found
    ]


def _require_report(report: Path | None) -> None:
    """Refuse a report that nobody can write before anything is computed."""
    if report is not None and report.suffix.lower() not in {".json", ".pdf"}:
        raise InvalidInput(
            SAID.say("REPORT_FORMATS", name=report.stem),
            field="report",
        )
    writing.require_writable(report)


def _write_report(path: Path, written: dict[str, Any], sides: list["_Side"]) -> None:
    if path.suffix.lower() == ".json":
        writing.keep(path, telling.as_json(written).encode())
        return
    drawn = report_drawings.pictures_of(sides[0].mark, sides[1].mark, written)
    main.set_up()  # the page is a template
    loader = importlib.import_module("django.template.loader")
    page = loader.render_to_string(
        "ballistics/report.html", report_pages.values(written, drawn)
    )
    writing.keep(path, report_pages.print_page(page))


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One of the two marks: its file, its region and itself."""

    name: str
    scan: reader.Scan
    ring: Ring | None
    mark: Mark


def _side(path: Path, ring_text: str, accept_altered: str) -> _Side:
    ring = options.ring_of(ring_text)
    scan = reader.read(path, override_reason=accept_altered)
    if ring is not None:
        regions.require_on(ring, scan.surface)
    return _Side(path.name, scan, ring, preparation.prepare(scan.surface, ring=ring))


def _report_side(side: _Side, accept_altered: str) -> reports.Side:
    return reports.Side(
        side.name,
        side.scan.checks.sha256,
        side.ring,
        side.scan.remarks,
        accept_altered if side.scan.checks.are_points_altered else "",
        asdict(side.scan.provenance),
    )


def _told(side: _Side) -> dict[str, Any]:
    return {
        "file": side.name,
        "sha256": side.scan.checks.sha256,
        "region": asdict(side.ring) if side.ring else reports.WHOLE,
        "remarks": side.scan.remarks,
    }


def _weigh(
    found: Comparison, case: Population, references: list[ReferenceSet]
) -> Ratio | NoRatio:
    return likelihood.report(
        (found.congruent_cells, found.cells),
        case,
        references,
        rng=np.random.default_rng(reports.INTERVAL_SEED),
    )


def _comparison_words(document: dict[str, Any]) -> str:
    ratio = document["likelihood_ratio"]
    lines = [
        SAID.say(
            "CONGRUENT",
            congruent=document["congruent_cells"],
            cells=document["cells"],
            score=str(document["score"]),
        ),
        *(_way_words(words, document[key]) for key, words in WAYS.items()),
    ]
    if ratio["log10"] is None:
        lines += ratio["reasons"]
    else:
        low, high = (f"10^{bound:.2f}" for bound in ratio["bounds_log10"])
        lines.append(
            SAID.say(
                "LIKELIHOOD_RATIO",
                ratio=_ratio_words(ratio),
                low=low,
                high=high,
                name=ratio["reference_set"],
                sources=ratio["sources"],
            )
        )
    return "\n".join([*map(say, lines), "", *options.limits()])


def _way_words(words: Message, one: dict[str, Any]) -> Message:
    return SAID.say(
        "ONE_WAY",
        way=words,
        congruent=one["congruent_cells"],
        cells=one["cells"],
        turn=str(one["turn_deg"]),
        x=str(one["shift_x_um"]),
        y=str(one["shift_y_um"]),
    )


def _ratio_words(ratio: dict[str, Any]) -> Message:
    value = f"10^{ratio['log10']:.2f}"
    if ratio["is_at_bound"]:
        return SAID.say("BOUNDED", reach=verbal.reach(ratio["log10"]), value=value)
    low, high = (f"10^{end:.2f}" for end in ratio["interval_log10"])
    return SAID.say("WITH_INTERVAL", value=value, low=low, high=high)
