"""A comparison's report as printed pages, English, A4."""

import base64
import importlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import ModuleType
from typing import Any

from armstrace.analysis.ballistics import outlines, pictures, report_records, verbal
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.outlines import Outline
from armstrace.analysis.ballistics.pictures import Pose
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

_NO_LIBRARY = message(
    "Reports as PDF need the part that writes them; install armstrace[pdf], or ask "
    "for the report as JSON."
)
_WAYS = {
    "first_in_second": "Cells of the first mark, sought in the second",
    "second_in_first": "Cells of the second mark, sought in the first",
}
_STYLE = """
@page { size: A4; margin: 16mm 15mm; @bottom-right { font: 8pt sans-serif;
  content: "page " counter(page) " of " counter(pages) } }
body { font: 9pt/1.35 "DejaVu Sans", sans-serif; color: #111 }
h1 { font-size: 14pt; margin: 0 0 4pt } h2 { font-size: 11pt; margin: 12pt 0 4pt }
table { border-collapse: collapse; width: 100%; font-size: 8pt }
th, td { text-align: left; padding: 1.5pt 5pt; border-bottom: .4pt solid #999;
  vertical-align: top } td.n, th.n { text-align: right }
tr { break-inside: avoid } .big { font-size: 12pt; font-weight: bold }
.pair { display: flex; gap: 5mm } figure { margin: 0 0 5mm; width: 86mm }
figcaption { font-size: 8pt } svg { width: 86mm; height: 86mm }
.limits { border: .8pt solid #111; padding: 4pt 8pt; break-inside: avoid }
code { font: 7.5pt "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
"""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a report, PNG, all in the frame of the first mark."""

    first: bytes
    second: bytes
    overlay: bytes
    difference: bytes
    half_um: float


def pictures_of(first: Mark, second: Mark, report: Document) -> Pictures:
    """Draw both marks, aligned as the report says.

    Args:
        first: The first mark.
        second: The second mark.
        report: As ``reports.document`` makes it.
    """
    way = report["comparison"]["first_in_second"]
    shift_m = (way["shift_y_um"] * 1e-6, way["shift_x_um"] * 1e-6)
    half = half_px(way, first.pixel_m)
    one = pictures.view_of_mark(first, half_px=half)
    two = pictures.view_of_mark(
        second, pose=Pose(way["turn_deg"], shift_m), half_px=half
    )
    steepness = pictures.steepness_of(one)
    return Pictures(
        pictures.relief(one, steepness=steepness),
        pictures.relief(two, steepness=steepness),
        pictures.overlay(one, two),
        pictures.difference(one, two),
        half * first.pixel_m * 1e6,
    )


def half_px(direction: Mapping[str, Any], pixel_m: float) -> int:
    """Give half the side of a picture that holds all cells with a margin, pixels."""
    reach_um = outlines.farthest_um(direction) + float(direction["cell_um"]) / 2
    return math.ceil(reach_um * 1e-6 / pixel_m)


def pdf(report: Document, drawn: Pictures) -> bytes:
    """Print a report.

    Args:
        report: As ``reports.document`` makes it.
        drawn: Its pictures.

    Raises:
        InvalidInput: The library that writes PDF is not installed.
    """
    return printed(html(report, drawn))


def printed(page: str) -> bytes:
    """Print a page; nothing that it names outside of itself is fetched.

    Args:
        page: HTML.

    Raises:
        InvalidInput: The library that writes PDF is not installed.
    """
    library = _library()
    inside_only = library.urls.URLFetcher(
        allowed_protocols=["data"], allow_redirects=False
    )
    content: bytes = library.HTML(string=page, url_fetcher=inside_only).write_pdf()
    return content


def html(report: Document, drawn: Pictures) -> str:
    """Give the pages as HTML that names no other address."""
    found = report["comparison"]
    parts = (
        "<h1>Comparison of two ballistic marks</h1>",
        f"<p>Armstrace {escape(str(report['software']['version']))}, method "
        f"{escape(str(report['parameters']['method']))}. Made from measured surfaces; "
        "an examiner concludes.</p>",
        report_records.head(report.get("record")),
        _marks(report["marks"]),
        "<h2>What was found</h2>",
        f'<p class="big">{found["congruent_cells"]} of {found["cells"]} cells are '
        "congruent in the weaker direction.</p>",
        _directions(found),
        _weight(report),
        _limits(report["limits"]),
        report_records.conclusions(report.get("record")),
        _drawings(found, drawn),
        *(_cells(found[way], words) for way, words in _WAYS.items()),
        _angles(report["angles"]),
        _parameters(report["parameters"]),
        "<h2>To compute it again</h2><p>Keep both scans under any name in one folder "
        "and the report as JSON, and run: <code>armstrace ballistics recompute "
        "REPORT.json FOLDER</code>. It finds the scans by their SHA-256 and says "
        "that the numbers are equal, or names each one that differs.</p>",
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>Comparison of two ballistic marks</title><style>{_STYLE}</style>"
        f"</head><body>{''.join(parts)}</body></html>"
    )


def _library() -> ModuleType:
    try:
        return importlib.import_module("weasyprint")
    except ImportError as error:
        raise InvalidInput(_NO_LIBRARY) from error


def _marks(marks: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for words, told in zip(("First", "Second"), marks, strict=True):
        remarks = " ".join(map(str, told["remarks"]))
        if told["accepted_altered_because"]:
            remarks += f" Altered points accepted: {told['accepted_altered_because']}"
        source = told["provenance"]
        instrument = " ".join(
            filter(None, (source.get("manufacturer"), source.get("model")))
        )
        rows.append(
            f"<tr><th>{words}</th><td>{escape(told['file'])}<br><code>SHA-256 "
            f"{escape(told['sha256'])}</code></td><td>{_region(told['region'])}</td>"
            f"<td>{escape(instrument or 'not known')}<br>calibrated "
            f"{escape(source.get('calibrated_at') or 'not known')}</td>"
            f"<td>{escape(remarks.strip() or 'none')}</td></tr>"
        )
    head = "<th></th><th>Scan</th><th>Region</th><th>Instrument</th><th>Remarks</th>"
    return f"<table><tr>{head}</tr>{''.join(rows)}</table>"


def _region(region: object) -> str:
    if not isinstance(region, dict):
        return escape(str(region))
    x, y, outer, pin = (
        f"{region[k] * 1e3:.3f}"
        for k in ("centre_x_m", "centre_y_m", "outer_radius_m", "pin_radius_m")
    )
    return f"centre {x}, {y} mm; ring {outer} mm; firing pin {pin} mm"


def _directions(found: Mapping[str, Any]) -> str:
    rows = "".join(
        f'<tr><th>{words}</th><td class="n">{one["congruent_cells"]} of '
        f'{one["cells"]}</td><td class="n">{one["turn_deg"]:.1f}°</td>'
        f'<td class="n">{one["shift_x_um"]:.1f} µm</td>'
        f'<td class="n">{one["shift_y_um"]:.1f} µm</td></tr>'
        for words, one in ((w, found[way]) for way, w in _WAYS.items())
    )
    return (
        '<table><tr><th>Direction</th><th class="n">Congruent</th><th class="n">'
        'Turned</th><th class="n">Moved in x</th><th class="n">Moved in y</th></tr>'
        f"{rows}</table><p>Score, the sum of the correlations of the congruent cells "
        f"in the weaker direction: {found['score']:.2f}.</p>"
    )


def _weight(report: Document) -> str:
    ratio = report["likelihood_ratio"]
    if ratio["log10"] is None:
        reasons = " ".join(escape(str(reason)) for reason in ratio["reasons"])
        return f"<h2>Likelihood ratio</h2><p>None is given. {reasons}</p>"
    value = _power(ratio["log10"])
    lowest, highest = map(_power, ratio["bounds_log10"])
    if ratio["is_at_bound"]:
        value = f"{verbal.reach(ratio['log10'])} {value}"
        interval = "Bounded by the reference set; no interval at the bound"
    else:
        low, high = map(_power, ratio["interval_log10"])
        interval = f"95 % interval over sources: {low} to {high}"
    return (
        f'<h2>Likelihood ratio</h2><p class="big">{value}</p>'
        f"<p>{interval}. Bounds beyond which the set supports no ratio: {lowest} to "
        f"{highest}. Reference set "
        f"{escape(str(ratio['reference_set']))}: {ratio['sources']} sources, "
        f"{ratio['pairs_of_one_source']} pairs of one source, "
        f"{ratio['pairs_of_two_sources']} of two; Cllr with the sources left out "
        f"{ratio['cllr_source_disjoint']:.3f}.</p>"
    )


def _power(log10: float) -> str:
    return f"10<sup>{log10:.2f}</sup>".replace("-", "\N{MINUS SIGN}")


def _limits(limits: Sequence[object]) -> str:
    items = "".join(f"<li>{escape(str(limit))}</li>" for limit in limits)
    return f'<div class="limits"><b>Limits</b><ul>{items}</ul></div>'


def _drawings(found: Mapping[str, Any], drawn: Pictures) -> str:
    way, half = found["first_in_second"], drawn.half_um
    shown = (
        ("First mark with its cells", drawn.first, outlines.sought(way)),
        (
            "Second mark, aligned, with the cells as found",
            drawn.second,
            outlines.found(way),
        ),
        ("Both: blue where the first is higher, orange the second", drawn.overlay, ()),
        ("Difference, both marks in standard deviations", drawn.difference, ()),
    )
    figures = [
        f"<figure>{_svg(png, half, cells)}<figcaption>{words}</figcaption></figure>"
        for words, png, cells in shown
    ]
    pairs = f'<div class="pair">{"".join(figures[:2])}</div>'
    pairs += f'<div class="pair">{"".join(figures[2:])}</div>'
    return (
        f"<h2>The marks</h2>{pairs}<p>Thick green: congruent; thin dashed red: not. "
        "Hatched: no data.</p>"
    )


def _svg(png: bytes, half_um: float, cells: Sequence[Outline]) -> str:
    side = 2 * half_um
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    box = f"{-half_um:g} {-half_um:g} {side:g} {side:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><image '
        f'href="{address}" x="{-half_um:g}" y="{-half_um:g}" width="{side:g}" '
        f'height="{side:g}"/>{"".join(map(_polygon, cells))}</svg>'
    )


def _polygon(cell: Outline) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in cell.corners_um)
    x, y = cell.middle_um
    look = (
        'stroke="#0a7a3c" stroke-width="26"'
        if cell.is_congruent
        else 'stroke="#c02a10" stroke-width="10" stroke-dasharray="40 30"'
    )
    return (
        f'<polygon points="{points}" fill="none" {look}/><text x="{x:g}" y="{y:g}" '
        'font-size="140" font-family="DejaVu Sans" text-anchor="middle" '
        f'stroke="#fff" stroke-width="30" paint-order="stroke">{cell.number}</text>'
        f'<text x="{x:g}" y="{y:g}" font-size="140" font-family="DejaVu Sans" '
        f'text-anchor="middle">{cell.number}</text>'
    )


def _cells(direction: Mapping[str, Any], words: str) -> str:
    head = "".join(
        f'<th class="n">{name}</th>'
        for name in ("Cell", "r", "Angle", "Moved x, µm", "Moved y, µm")
    )
    rows = "".join(
        f'<tr><td class="n">{one.number}</td><td class="n">{one.correlation:.4f}</td>'
        f'<td class="n">{one.angle_deg:g}°</td><td class="n">{one.moved_um[0]:.1f}</td>'
        f'<td class="n">{one.moved_um[1]:.1f}</td>'
        f"<td>{'congruent' if one.is_congruent else 'not congruent'}</td></tr>"
        for one in outlines.sought(direction)
    )
    return f"<h2>{words}</h2><table><tr>{head}<th></th></tr>{rows}</table>"


def _angles(angles: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    parts = ["<h2>Cells by the angle under which each was found best</h2>"]
    for way, words in _WAYS.items():
        rows = ", ".join(
            f"{one['angle_deg']:g}°: {one['congruent']} + {one['other']}"
            for one in angles[way]
        )
        parts.append(f"<p>{words} (congruent + other): {rows or 'none'}.</p>")
    return "".join(parts)


def _parameters(parameters: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(told)}</td></tr>"
        for name, told in report_records.parameters(parameters)
    )
    return f"<h2>Parameters</h2><table>{rows}</table>"
