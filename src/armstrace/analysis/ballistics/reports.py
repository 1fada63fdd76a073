"""A comparison as a document that another examiner computes again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    likelihood,
    outlines,
    preparation,
    reference_files,
)
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.analysis.ballistics.references import Population, ReferenceSet
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.x3p import container, reader
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
KIND = "armstrace ballistic comparison"
EDITION = 1
INTERVAL_SEED = 1
LARGEST_BYTES = 128 * 2**20
WAYS = ("first_in_second", "second_in_first")

# One unit of the last digit written: another processor rounds otherwise.
LAST_DIGIT = {
    "correlation": 1e-4,
    "score": 1e-3,
    "turn_deg": 1e-2,
    "log10": 1e-2,
    "interval_log10": 1e-2,
    "cllr_source_disjoint": 1e-3,
}
_LAST_DIGIT_UM = 0.1


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two marks, as a report names it."""

    # Name of the scan's file.
    file: str
    # Of the file as received.
    sha256: str
    # Region that was compared; None for all that is measured.
    ring: Ring | None
    remarks: tuple[Message, ...] = ()
    # Why points that differ from their checksum were used.
    accepted_because: str = ""
    # Instrument and dates, as written in the file.
    provenance: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """What the count was weighed by."""

    case: Population
    found: Ratio | NoRatio
    # The set behind the ratio; None where there is none.
    reference: ReferenceSet | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that came out otherwise."""

    # Path in the document, such as ``comparison.score``.
    where: str
    reported: object
    # As it was computed now.
    found: object


def document(
    sides: Sequence[Side],
    numbers: Document,
    parameters: Document,
    weight: Weight,
    *,
    version: str,
    record: Document | None = None,
) -> Document:
    """Put together all that computes a comparison again.

    Args:
        numbers: As ``documents.numbers`` writes them.
        parameters: As ``documents.parameters`` writes them.
        weight: The likelihood ratio and its set.
        record: What is on record of it, as ``report_records`` prints it; None for
            scans outside of records. Nothing of it is computed again.
    """
    told: Document = {
        "document": KIND,
        "edition": EDITION,
        "software": {"name": "armstrace", "version": version},
        "parameters": _plain(parameters),
        "marks": [_told(side) for side in sides],
        "comparison": numbers,
        "angles": _angles(numbers),
        "case": asdict(weight.case),
        "likelihood_ratio": documents.ratio(weight.found),
        "reference_set": _set(weight.reference),
        "limits": list(LIMITS),
    }
    return told if record is None else told | {"record": record}


def read(path: Path) -> Document:
    """Read a report.

    Raises:
        InvalidInput: It is no report, or of another method.
    """
    large = SAID.say("TOO_LARGE", name=path.name)
    try:
        told = documents.read_file(path, most_bytes=LARGEST_BYTES, too_large=large)
        is_report = told["document"] == KIND and told["edition"] == EDITION
        method = str(told["parameters"]["method"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise _no_report(path) from error
    if not is_report:
        raise _no_report(path)
    if method != comparison.METHOD:
        raise SAID.refuse(
            "ANOTHER_METHOD",
            name=path.name,
            method=method,
            used=comparison.METHOD,
            version=told.get("software", {}).get("version", "not known"),
        )
    report: Document = told
    return report


def marks_of(report: Document, scans: Sequence[Path]) -> list[Mark]:
    """Prepare both marks of a report again, from the scans with its hashes.

    Args:
        scans: Files among which the two are; their names do not matter.

    Raises:
        NotFound: No file has the hash of a mark.
        InvalidInput: A file cannot be read, or the report is incomplete.
    """
    wanted = {told["sha256"] for told in report["marks"]}
    at = {}
    for path in scans:
        if (found := container.sha256_of(path)) in wanted:
            at[found] = path
    band, _ = documents.settings_of(report["parameters"])
    made = []
    for told in report["marks"]:
        if told["sha256"] not in at:
            raise NotFound(
                SAID.say("NO_SCAN", file=told["file"], sha256=told["sha256"])
            )
        scan = reader.read(
            at[told["sha256"]], override_reason=told["accepted_altered_because"]
        )
        made.append(preparation.prepare(scan.surface, ring=ring_of(told), band=band))
    return made


def recompute(report: Document, scans: Sequence[Path]) -> list[Difference]:
    """Compute a report again; give each number that comes out otherwise.

    Raises:
        NotFound: A scan is not among the files.
        InvalidInput: The report lacks something or holds what cannot be used.
    """
    try:
        again = _compute(report, scans)
        return list(_differences("", _comparable_part(report), _comparable_part(again)))
    except (KeyError, TypeError, ValueError) as error:
        raise SAID.refuse("LACKS_VALUE") from error


def ring_of(told: Mapping[str, Any]) -> Ring | None:
    """Read the region of a mark as a report tells it."""
    region = told["region"]
    return Ring(**region) if isinstance(region, dict) else None


WHOLE = message("all that is measured")


def _no_report(path: Path) -> InvalidInput:
    return SAID.refuse("NO_REPORT", name=path.name)


def _compute(report: Document, scans: Sequence[Path]) -> Document:
    """Compute again what a report says that was found."""
    first, second = marks_of(report, scans)
    _, settings = documents.settings_of(report["parameters"])
    found = comparison.compare(first, second, settings)
    numbers = documents.numbers(found)
    written = report["reference_set"]
    weighed = likelihood.report(
        (found.congruent_cells, found.cells),
        Population(**report["case"]),
        [reference_files.built(written)] if written else [],
        rng=np.random.default_rng(INTERVAL_SEED),
    )
    again = {"comparison": numbers, "angles": _angles(numbers)}
    return again | {"likelihood_ratio": documents.ratio(weighed)}


def _comparable_part(report: Document) -> Document:
    """Give the part of a report that is computed; reasons without a set are not."""
    ratio = dict(report["likelihood_ratio"])
    if ratio["log10"] is None:
        ratio.pop("reasons", None)
    return {
        "comparison": report["comparison"],
        "angles": report["angles"],
        "likelihood_ratio": ratio,
    }


def _told(side: Side) -> Document:
    return {
        "file": side.file,
        "sha256": side.sha256,
        "region": asdict(side.ring) if side.ring else WHOLE,
        "remarks": list(side.remarks),
        "accepted_altered_because": side.accepted_because,
        "provenance": dict(side.provenance or {}),
    }


def _angles(numbers: Mapping[str, Any]) -> Document:
    return {
        way: [asdict(one) for one in outlines.angle_counts(numbers[way])]
        for way in WAYS
    }


def _set(reference: ReferenceSet | None) -> Document | None:
    return reference_files.written(reference) if reference else None


def _plain(parameters: Document) -> Document:
    plain: Document = json.loads(json.dumps(parameters))
    return plain


def _differences(where: str, one: object, two: object) -> Iterator[Difference]:
    """Walk through two documents side by side."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in sorted(one.keys() | two.keys()):
            path = f"{where}.{key}".lstrip(".")
            yield from _differences(path, one.get(key), two.get(key))
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, (mine, theirs) in enumerate(zip(one, two, strict=True), start=1):
            yield from _differences(f"{where}[{number}]", mine, theirs)
    elif not _is_equal(where, one, two):
        yield Difference(where, one, two)


def _is_equal(where: str, one: object, two: object) -> bool:
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, int | float) and isinstance(two, int | float):
        name = where.rpartition(".")[2].partition("[")[0]
        digit = _LAST_DIGIT_UM if name.endswith("_um") else LAST_DIGIT.get(name, 0.0)
        return abs(one - two) <= digit * 1.001
    return one == two
