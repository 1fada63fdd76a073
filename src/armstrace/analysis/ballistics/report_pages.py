"""A comparison's report as printed pages, A4, in the language of who reads it."""

import importlib
from collections.abc import Mapping, Sequence
from html import escape
from types import ModuleType
from typing import Any

from armstrace.analysis.ballistics import (
    outlines,
    report_drawings,
    report_records,
    verbal,
)
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.report_drawings import Pictures
from armstrace.analysis.ballistics.report_words import ENGLISH, NOT_KNOWN, Reader, Words
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message

_NO_LIBRARY = message(
    "Reports as PDF need the part that writes them; install armstrace[pdf], or ask "
    "for the report as JSON."
)
_WAYS = {
    "first_in_second": message("Cells of the first mark, sought in the second"),
    "second_in_first": message("Cells of the second mark, sought in the first"),
}
_TITLE = message("Comparison of two ballistic marks")
_STYLE = """
@page { size: A4; margin: 16mm 15mm }
body { font: 9pt/1.35 "DejaVu Sans", sans-serif; color: #111 }
h1 { font-size: 14pt; margin: 0 0 4pt } h2 { font-size: 11pt; margin: 12pt 0 4pt }
table { border-collapse: collapse; width: 100%; font-size: 8pt }
th, td { text-align: start; padding: 1.5pt 5pt; border-bottom: .4pt solid #999;
  vertical-align: top } td.n, th.n { text-align: end }
tr { break-inside: avoid } .big { font-size: 12pt; font-weight: bold }
.pair { display: flex; gap: 5mm } figure { margin: 0 0 5mm; width: 86mm }
figcaption { font-size: 8pt } svg { width: 86mm; height: 86mm }
.limits { border: .8pt solid #111; padding: 4pt 8pt; break-inside: avoid }
code { font: 7.5pt "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
"""


def pdf(report: Document, drawn: Pictures, reader: Reader = ENGLISH) -> bytes:
    """Print a report.

    Args:
        report: As ``reports.document`` makes it.

    Raises:
        InvalidInput: The library that writes PDF is not installed.
    """
    return print_page(html(report, drawn, reader))


def print_page(page: str) -> bytes:
    """Print a page; nothing that it names outside of itself is fetched.

    Raises:
        InvalidInput: The library that writes PDF is not installed.
    """
    library = _library()
    inside_only = library.urls.URLFetcher(
        allowed_protocols=["data"], allow_redirects=False
    )
    content: bytes = library.HTML(string=page, url_fetcher=inside_only).write_pdf()
    return content


def html(report: Document, drawn: Pictures, reader: Reader = ENGLISH) -> str:
    """Give the pages as HTML that names no other address."""
    return _Pages(reader).html(report, drawn)


def _library() -> ModuleType:
    try:
        return importlib.import_module("weasyprint")
    except ImportError as error:
        raise InvalidInput(_NO_LIBRARY) from error


class _Pages(Words):
    """Writes the parts of a report in the language of its reader."""

    def html(self, report: Document, drawn: Pictures) -> str:
        found, record = report["comparison"], report.get("record")
        parts = (
            f"<h1>{self.say(_TITLE)}</h1><p>{self.made_by(report)}</p>",
            report_records.head(record, self) if record else "",
            self.marks(report["marks"]),
            self.heading(message("What was found")),
            self.count(found),
            self.directions(found),
            self.heading(message("Likelihood ratio")),
            self.weight(report["likelihood_ratio"]),
            self.limits(report["limits"]),
            report_records.conclusions(record["conclusions"], self) if record else "",
            report_drawings.figures(found, drawn, self),
            *(self.cells(found[way], words) for way, words in _WAYS.items()),
            self.angles(report["angles"]),
            self.parameters(report["parameters"]),
            self.again(),
        )
        reader = self.reader
        return (
            f'<!doctype html><html lang="{reader.language}" dir="{reader.direction}">'
            f'<head><meta charset="utf-8"><title>{self.say(_TITLE)}</title>'
            f"<style>{_STYLE}{self.page_numbers()}</style></head>"
            f"<body>{''.join(parts)}</body></html>"
        )

    def page_numbers(self) -> str:
        """Give the style that numbers the pages."""
        # The counters stand between the quoted words of the sentence.
        words = self.reader.say(
            message(
                "page %(page)s of %(pages)s",
                page='" counter(page) "',
                pages='" counter(pages) "',
            )
        )
        place = "@bottom-left" if self.reader.direction == "rtl" else "@bottom-right"
        return f'@page {{ {place} {{ font: 8pt sans-serif; content: "{words}" }} }}'

    def made_by(self, report: Document) -> str:
        return self.say(
            message(
                "Armstrace %(version)s, method %(method)s. Made from measured "
                "surfaces; an examiner concludes.",
                version=str(report["software"]["version"]),
                method=str(report["parameters"]["method"]),
            )
        )

    def marks(self, marks: Sequence[Mapping[str, Any]]) -> str:
        names = (message("First"), message("Second"))
        rows = "".join(
            self.mark(words, told) for words, told in zip(names, marks, strict=True)
        )
        head = "".join(
            f"<th>{self.say(words)}</th>"
            for words in (
                message("Scan"),
                message("Region"),
                message("Instrument"),
                message("Remarks"),
            )
        )
        return f"<table><tr><th></th>{head}</tr>{rows}</table>"

    def mark(self, words: Message, told: Mapping[str, Any]) -> str:
        remarks = [self.say(remark) for remark in told["remarks"]]
        if why := told["accepted_altered_because"]:
            remarks.append(
                self.say(message("Altered points accepted: %(why)s", why=why))
            )
        source = told["provenance"]
        instrument = " ".join(
            filter(None, (source.get("manufacturer"), source.get("model")))
        )
        day = source.get("calibrated_at") or NOT_KNOWN
        calibrated = self.say(message("calibrated %(when)s", when=day))
        return (
            f"<tr><th>{self.say(words)}</th><td>{self.say(told['file'])}<br><code>"
            f"SHA-256 {self.say(told['sha256'])}</code></td>"
            f"<td>{self.region(told['region'])}</td>"
            f"<td>{self.known(instrument)}<br>{calibrated}</td>"
            f"<td>{' '.join(remarks) or self.say(message('none'))}</td></tr>"
        )

    def region(self, region: object) -> str:
        if not isinstance(region, dict):
            return self.say(region)
        x, y, outer, pin = (
            f"{region[k] * 1e3:.3f}"
            for k in ("centre_x_m", "centre_y_m", "outer_radius_m", "pin_radius_m")
        )
        return self.say(
            message(
                "centre %(x)s, %(y)s mm; ring %(outer)s mm; firing pin %(pin)s mm",
                x=x,
                y=y,
                outer=outer,
                pin=pin,
            )
        )

    def count(self, found: Mapping[str, Any]) -> str:
        words = message(
            "%(congruent)s of %(cells)s cells are congruent in the weaker direction.",
            congruent=found["congruent_cells"],
            cells=found["cells"],
        )
        return f'<p class="big">{self.say(words)}</p>'

    def directions(self, found: Mapping[str, Any]) -> str:
        rows = "".join(
            f'<tr><th>{self.say(words)}</th><td class="n">'
            f"{one['congruent_cells']} / {one['cells']}</td>"
            f'<td class="n">{one["turn_deg"]:.1f}°</td>'
            f'<td class="n">{one["shift_x_um"]:.1f} µm</td>'
            f'<td class="n">{one["shift_y_um"]:.1f} µm</td></tr>'
            for words, one in ((w, found[way]) for way, w in _WAYS.items())
        )
        head = self.numbers_head(
            message("Congruent"),
            message("Turned"),
            message("Moved in x"),
            message("Moved in y"),
        )
        score = message(
            "Score, the sum of the correlations of the congruent cells in the weaker "
            "direction: %(score)s.",
            score=f"{found['score']:.2f}",
        )
        return (
            f"<table><tr><th>{self.say(message('Direction'))}</th>{head}</tr>{rows}"
            f"</table><p>{self.say(score)}</p>"
        )

    def weight(self, ratio: Mapping[str, Any]) -> str:
        if ratio["log10"] is None:
            reasons = " ".join(self.say(reason) for reason in ratio["reasons"])
            return f"<p>{self.say(message('None is given.'))} {reasons}</p>"
        value = _power(ratio["log10"])
        lowest, highest = map(_power, ratio["bounds_log10"])
        if ratio["is_at_bound"]:
            value = f"{self.say(verbal.reach(ratio['log10']))} {value}"
            interval = self.say(
                message("Bounded by the reference set; no interval at the bound.")
            )
        else:
            low, high = map(_power, ratio["interval_log10"])
            words = self.say(message("%(share)s interval over sources:", share="95 %"))
            interval = f"{words} {low} – {high}."
        bounds = self.say(message("Bounds beyond which the set supports no ratio:"))
        return (
            f'<p class="big">{value}</p><p>{interval} {bounds} {lowest} – {highest}. '
            f"{self.reference(ratio)}</p>"
        )

    def reference(self, ratio: Mapping[str, Any]) -> str:
        return self.say(
            message(
                "Reference set %(name)s: %(sources)s sources, %(same)s pairs of one "
                "source, %(different)s of two; Cllr with the sources left out "
                "%(cllr)s.",
                name=str(ratio["reference_set"]),
                sources=ratio["sources"],
                same=ratio["pairs_of_one_source"],
                different=ratio["pairs_of_two_sources"],
                cllr=f"{ratio['cllr_source_disjoint']:.3f}",
            )
        )

    def limits(self, limits: Sequence[object]) -> str:
        items = "".join(f"<li>{self.say(limit)}</li>" for limit in limits)
        words = self.say(message("Limits"))
        return f'<div class="limits"><b>{words}</b><ul>{items}</ul></div>'

    def cells(self, direction: Mapping[str, Any], words: Message) -> str:
        yes, no = self.say(message("congruent")), self.say(message("not congruent"))
        rows = "".join(
            f'<tr><td class="n">{one.number}</td>'
            f'<td class="n">{one.correlation:.4f}</td>'
            f'<td class="n">{one.angle_deg:g}°</td>'
            f'<td class="n">{one.moved_um[0]:.1f}</td>'
            f'<td class="n">{one.moved_um[1]:.1f}</td>'
            f"<td>{yes if one.is_congruent else no}</td></tr>"
            for one in outlines.sought(direction)
        )
        head = self.numbers_head(
            message("Cell"),
            Message("r"),
            message("Angle"),
            message("Moved x, µm"),
            message("Moved y, µm"),
        )
        return f"{self.heading(words)}<table><tr>{head}<th></th></tr>{rows}</table>"

    def angles(self, angles: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
        parts = [
            self.heading(message("Cells by the angle under which each was found best"))
        ]
        for way, words in _WAYS.items():
            rows = ", ".join(
                f"{one['angle_deg']:g}°: {one['congruent']} + {one['other']}"
                for one in angles[way]
            )
            told = message(
                "%(way)s (congruent + other): %(rows)s.",
                way=words,
                rows=rows or message("none"),
            )
            parts.append(f"<p>{self.say(told)}</p>")
        return "".join(parts)

    def parameters(self, parameters: Mapping[str, Any]) -> str:
        rows = "".join(
            f"<tr><th>{escape(name)}</th><td>{escape(told)}</td></tr>"
            for name, told in report_records.parameters(parameters)
        )
        return f"{self.heading(message('Parameters'))}<table>{rows}</table>"

    def again(self) -> str:
        how = message(
            "Keep both scans under any name in one folder and the report as JSON, and "
            "run the command below. It finds the scans by their SHA-256 and says that "
            "the numbers are equal, or names each one that differs."
        )
        return (
            f"{self.heading(message('To compute it again'))}<p>{self.say(how)}</p>"
            "<p><code>armstrace ballistics recompute REPORT.json FOLDER</code></p>"
        )


def _power(log10: float) -> str:
    return f"10<sup>{log10:.2f}</sup>".replace("-", "\N{MINUS SIGN}")
