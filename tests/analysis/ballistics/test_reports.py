"""A report holds all that computes it again, and says what differs."""

import importlib
import io
import json

import numpy as np
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    likelihood,
    orientation,
    outlines,
    pictures,
    preparation,
    references,
    report_drawings,
    report_pages,
    reports,
)
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.references import Pair, Population
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.reports import Side, Weight
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.analysis.ballistics.x3p import reader, writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput, NotFound
from tests.analysis.ballistics.marks import mark

pytestmark = pytest.mark.pure

CASE = Population("breech face", "Maker", "9 mm", "confocal", comparison.METHOD)
RING = Ring(1.8e-3, 1.8e-3, 1.7e-3, 0.85e-3)


def a_set():
    names = [f"slide {number}" for number in range(9)]
    rng = np.random.default_rng(1)
    pairs = [Pair(n, n, int(rng.integers(10, 20)), 30) for n in names for _ in "ab"]
    pairs += [
        Pair(one, two, int(rng.integers(0, 3)), 30)
        for i, one in enumerate(names)
        for two in names[:i]
    ]
    return references.build("nine slides", CASE, pairs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("scans")
    for number, turn_deg in ((1, 0.0), (2, 20.0)):
        scan = fire(Tool(1), Firing(number, turn_deg=turn_deg))
        writer.write(made / f"{number}.x3p", scan, Provenance(manufacturer="M"))
    return made


@pytest.fixture(scope="module")
def report(folder):
    scans = [reader.read(folder / f"{n}.x3p") for n in (1, 2)]
    marks = [preparation.prepare(scan.surface, ring=RING) for scan in scans]
    found, settings = orientation.compare_and_tell(*marks, comparison.Settings())
    weighed = likelihood.report(
        (found.congruent_cells, found.cells),
        CASE,
        [a_set()],
        rng=np.random.default_rng(reports.INTERVAL_SEED),
    )
    made = reports.document(
        [Side(f"{n}.x3p", s.checks.sha256, RING) for n, s in enumerate(scans, 1)],
        documents.numbers(found),
        documents.parameters(preparation.Band(), settings),
        Weight(CASE, weighed, a_set()),
        version="1",
    )
    return json.loads(json.dumps(made, default=str))


def scans_of(folder):
    return sorted(folder.glob("*.x3p"))


def test_a_report_computed_again_gives_the_same_numbers(report, folder):
    assert report["likelihood_ratio"]["log10"] is not None
    assert reports.recompute(report, scans_of(folder)) == []


def test_the_names_of_the_scans_do_not_matter(report, folder, tmp_path):
    for path in scans_of(folder):
        (tmp_path / f"copy of {path.name}").write_bytes(path.read_bytes())

    assert reports.recompute(report, scans_of(tmp_path)) == []


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("comparison.congruent_cells", 3),
        ("comparison.first_in_second.each_cell[2].correlation", 0.123),
        ("comparison.second_in_first.each_cell[1].is_congruent", None),
        ("angles.first_in_second[1].congruent", 99),
        ("likelihood_ratio.log10", 9.0),
    ],
)
def test_a_number_that_was_changed_is_named(report, folder, where, value):
    changed = json.loads(json.dumps(report))
    place = changed
    *way, last = where.replace("[", ".[").split(".")
    for step in way:
        place = place[int(step[1:-1]) - 1] if step[0] == "[" else place[step]
    place[last] = (not place[last]) if value is None else value

    differences = reports.recompute(changed, scans_of(folder))

    assert [one.where for one in differences] == [where]
    assert differences[0].reported == place[last]


def test_another_region_gives_other_numbers(report, folder):
    changed = json.loads(json.dumps(report))
    changed["marks"][0]["region"]["outer_radius_m"] = 1.2e-3

    assert reports.recompute(changed, scans_of(folder)) != []


def test_a_scan_that_is_missing_is_named_by_its_hash(report, folder):
    missing = report["marks"][1]["sha256"]

    with pytest.raises(NotFound, match=missing):
        reports.recompute(report, scans_of(folder)[:1])


@pytest.mark.parametrize("part", ["marks", "parameters"])
def test_a_report_that_lacks_a_part_is_refused(report, folder, part):
    with pytest.raises(InvalidInput, match="lacks"):
        reports.recompute({**report, part: {}}, scans_of(folder))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"document": 1}', "[" * 100_000])
def test_a_file_that_is_no_report_is_refused(tmp_path, text):
    path = tmp_path / "report.json"
    path.write_text(text)

    with pytest.raises(InvalidInput, match="not a report"):
        reports.read(path)


def test_a_report_of_another_method_is_refused(report, tmp_path):
    path = tmp_path / "report.json"
    other = {**report["parameters"], "method": "another"}
    path.write_text(json.dumps({**report, "parameters": other}))

    with pytest.raises(InvalidInput, match="version"):
        reports.read(path)


def test_congruent_cells_lie_where_they_were_cut_once_the_mark_is_aligned(report):
    way = report["comparison"]["first_in_second"]

    cut, found = outlines.sought(way), outlines.found(way)

    off_um = [
        np.hypot(*np.subtract(one.middle_um, two.middle_um))
        for one, two in zip(cut, found, strict=True)
        if one.is_congruent
    ]
    assert len(off_um) == way["congruent_cells"]
    assert max(off_um) <= 50.5


def test_every_cell_is_counted_under_one_angle(report):
    for way in reports.WAYS:
        counts = outlines.angle_counts(report["comparison"][way])

        assert (
            sum(c.congruent + c.other for c in counts)
            == (report["comparison"][way]["cells"])
        )


def drawn(report, folder):
    marks = reports.marks_of(report, scans_of(folder))
    return report_drawings.pictures_of(*marks, report)


def page_of(report, drawn):
    values = report_pages.values(report, drawn)
    return render_to_string("ballistics/report.html", values)


def test_the_pages_say_every_limit_and_name_no_other_address(report, folder):
    page = page_of(report, drawn(report, folder))

    for limit in LIMITS:
        assert str(limit).split("'")[0] in page
    assert report["marks"][0]["sha256"] in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_what_a_report_quotes_cannot_become_a_tag(report, folder):
    changed = json.loads(json.dumps(report))
    changed["marks"][0]["file"] = "<script>x</script>"

    assert "<script>" not in page_of(changed, drawn(report, folder))


def test_a_report_is_printed_with_its_four_pictures(report, folder):
    pytest.importorskip("weasyprint")
    pypdf = importlib.import_module("pypdf")

    page = page_of(report, drawn(report, folder))
    content = report_pages.print_page(page)

    read = pypdf.PdfReader(io.BytesIO(content))
    assert sum(len(page.images) for page in read.pages) >= 4
    assert str(LIMITS[-1]) in "".join(page.extract_text() for page in read.pages)


def test_nothing_outside_of_a_page_is_fetched(tmp_path):
    pytest.importorskip("weasyprint")
    pypdf = importlib.import_module("pypdf")
    picture = tmp_path / "x.png"
    picture.write_bytes(pictures.relief(pictures.view_of_mark(mark())))

    content = report_pages.print_page(f"<img src='{picture.as_uri()}'>")

    assert not any(page.images for page in pypdf.PdfReader(io.BytesIO(content)).pages)


RECORD = {
    "number": "K5",
    "compared": "2026-10-01 09:00 UTC by elena",
    "digest": "ab" * 32,
    "marks": [
        {
            "number": number,
            "owner": owner,
            "label": "L-7",
            "origin": "exhibit",
            "part": "slide or breech block",
            "calibre": "9x19",
            "maker": "Ruger",
            "enrolled": "2026-09-30 by elena",
        }
        for number, owner in (("B1", "R7"), ("B2", "A9"))
    ],
    "conclusions": [
        {
            "examiner": "elena",
            "verdict": "identification",
            "reason": "lines agree",
            "at": "2026-10-02 10:00 UTC",
        }
    ],
}


def test_what_is_on_record_is_printed_and_not_computed_again(report, folder):
    recorded = report | {"record": RECORD}
    page = page_of(recorded, drawn(report, folder))

    for told in ("K5", "B1", "R7", "A9", "L-7", "9x19", "ab" * 32, "identification"):
        assert told in page
    assert "A second examiner has not concluded." in page
    assert reports.recompute(recorded, scans_of(folder)) == []


def test_a_report_is_printed_in_the_language_of_its_reader(report, folder):
    recorded = report | {"record": RECORD, "limits": list(LIMITS)}

    with translation.override("ar"):
        page = page_of(recorded, drawn(report, folder))
        words = [gettext("Comparison of two ballistic marks"), translate(LIMITS[-1])]
        words += [gettext("Likelihood ratio"), gettext("First examiner")]
        numbers = gettext("page %(page)s of %(pages)s")

    assert '<html lang="ar" dir="rtl">' in page
    assert not any(each.isascii() for each in (*words, numbers))
    assert all(each in page for each in words)
    counted = {"page": '" counter(page) "', "pages": '" counter(pages) "'}
    assert f'content: "{numbers % counted}"' in page


def test_lengths_are_printed_in_units(report):
    told = dict(report_pages.parameters({"pixel_m": 25e-6, "offset_m": [0.0, 1e-4]}))

    assert told == {"pixel": "25 µm", "offset": "0.000 mm, 0.100 mm"}


def test_a_ratio_at_the_bound_has_no_interval(report, folder):
    cut = json.loads(json.dumps(report))
    cut["likelihood_ratio"] |= {"log10": 1.56, "is_at_bound": True}

    page = page_of(cut, drawn(report, folder))

    assert "at least 10<sup>1.56</sup>" in page
    assert "no interval at the bound" in page
    assert "95 % interval" not in page
