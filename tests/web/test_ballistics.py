"""The bench: marks, comparisons, searches, conclusions and reference sets."""

import json
from io import BytesIO

import numpy as np
import pytest
from django.urls import reverse
from PIL import Image

from armstrace.analysis.ballistics import reports
from armstrace.analysis.ballistics.limits import LIMITS
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.analysis.ballistics.x3p import writer
from armstrace.ballistics.inputs import ClassInput, ReceivedScan
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    Conclusion,
    Link,
    MarkRegion,
    Review,
    SearchRun,
)
from armstrace.vocabulary.ballistics import RegionOrigin
from tests.ballistics import marks as bench
from tests.web.at_bench import CLASS, enrolled, folder, kept, read, send, uploaded

__all__ = ["enrolled", "folder", "kept"]

pytestmark = pytest.mark.django_db


def test_a_mark_is_enrolled_and_its_region_is_to_be_checked(at_desk, known, folder):
    client = at_desk("elena")
    answer = send(
        client,
        "mark-enrol",
        file=uploaded(),
        mark_type="BREECH_FACE",
        origin="EXHIBIT",
        owner=f"R{known.recovered[0]}",
        **CLASS,
    )

    mark = BallisticMark.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("mark-region", args=[mark.pk])
    assert "proposed, not yet checked" in read(client, "ballistics")


def test_a_file_that_is_no_scan_is_explained_on_the_form(at_desk, known, folder):
    answer = send(
        at_desk("elena"),
        "mark-enrol",
        file=uploaded(b"no zip", "x.x3p"),
        mark_type="BREECH_FACE",
        origin="EXHIBIT",
        owner=f"R{known.recovered[0]}",
        **CLASS,
    )

    assert "x.x3p" in answer.content.decode()
    assert not BallisticMark.objects.exists()


@pytest.mark.parametrize("owner", ["12", "R", "X3", ""])
def test_an_owner_that_cannot_be_read_is_asked_for_again(at_desk, known, folder, owner):
    answer = send(
        at_desk("elena"),
        "mark-enrol",
        file=uploaded(),
        mark_type="BREECH_FACE",
        origin="EXHIBIT",
        owner=owner,
        **CLASS,
    )

    assert answer.context["form"].errors["owner"]
    assert not BallisticMark.objects.exists()


def test_a_region_is_set_by_numbers(at_desk, enrolled):
    ring = {"centre_x": "1.8", "centre_y": "1.8", "outer": "1.7", "pin": "0.85"}
    send(at_desk("elena"), "mark-region", enrolled[0].pk, **ring)

    region = MarkRegion.objects.current().get(mark=enrolled[0])
    assert region.origin == RegionOrigin.SET.value
    assert region.outer_radius_m == pytest.approx(1.7e-3)


def test_the_suggestion_finds_the_firing_pin(at_desk, enrolled):
    page = at_desk("elena").get(
        reverse("mark-region", args=[enrolled[0].pk]), {"suggested": "1"}
    )

    ring = page.context["form"].initial
    assert ring["centre_x"] == pytest.approx(1.8, abs=0.1)
    assert ring["pin"] == pytest.approx(0.85, abs=0.2)
    assert ring["outer"] == pytest.approx(1.7, abs=0.1)


@pytest.mark.parametrize("shown", ["surface", "kept"])
def test_pictures_of_a_mark_move_with_the_light(at_desk, enrolled, shown):
    client = at_desk("ana")
    address = reverse("mark-picture", args=[enrolled[0].pk, shown])

    one, two = (client.get(address, {"azimuth": deg}).content for deg in (0, 180))

    assert one.startswith(b"\x89PNG")
    assert one != two


def test_a_fine_scan_is_enlarged_to_its_points(at_desk, known, folder):
    points = np.random.default_rng(1).normal(0, 1e-6, (700, 700))
    fine = Surface(points, 5e-6, 5e-6)
    writer.write(folder / "fine.x3p", fine, bench.LENS)
    received = ReceivedScan((folder / "fine.x3p").read_bytes(), "fine.x3p")
    mark = bench.enrolled(folder, received=received, recovery_id=known.recovered[0])
    client, address = at_desk("ana"), reverse("mark-picture", args=[mark.pk, "surface"])

    widths = [
        Image.open(BytesIO(client.get(address, {name: 1}).content)).width
        for name in ("azimuth", "large")
    ]

    assert widths == [560, 700]


@pytest.mark.parametrize("shown", ["first", "second", "overlay", "difference"])
def test_a_comparison_has_its_pictures(at_desk, kept, shown):
    address = reverse("comparison-picture", args=[kept.pk, shown])

    answer = at_desk("ana").get(address)

    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["mark-picture", "comparison-picture"])
def test_no_other_picture_is_drawn(at_desk, kept, name):
    assert at_desk("ana").get(reverse(name, args=[1, "other"])).status_code == 404


def test_a_mark_shows_what_filter_and_checksums_say_and_the_limits(at_desk, enrolled):
    page = read(at_desk("ana"), "ballistic-mark", enrolled[0].pk)

    assert enrolled[0].scans.get().file.sha256 in page
    assert "slide or breech block" in page
    assert str(LIMITS[1]) in page


def test_two_marks_are_compared_and_everything_is_shown(at_desk, enrolled):
    answer = send(
        at_desk("elena"), "mark-compare", enrolled[0].pk, other=f"B{enrolled[1].pk}"
    )

    kept = Comparison.objects.get()
    page = answer.content.decode()
    assert kept.congruent_cells >= 10
    assert f"{kept.congruent_cells} " in page
    assert "No reference set fits" in page
    for limit in LIMITS:
        assert str(limit).split("'")[0] in page
    assert page.count('class="cell ') == 2 * len(
        kept.result["first_in_second"]["each_cell"]
    )


def test_a_report_as_json_computes_again_to_the_same_numbers(at_desk, kept, folder):
    answer = at_desk("elena").get(reverse("comparison-report", args=[kept.pk, "json"]))
    report = json.loads(answer.content)
    scans = [path for path in folder.rglob("*") if path.is_file()]

    assert reports.recompute(report, scans) == []
    assert report["limits"] == list(map(str, LIMITS))


def test_a_report_is_printed(at_desk, kept):
    pytest.importorskip("weasyprint")
    answer = at_desk("ana").get(reverse("comparison-report", args=[kept.pk, "pdf"]))

    assert answer.content.startswith(b"%PDF")


def test_a_comparison_is_computed_again_on_demand(at_desk, kept):
    page = send(at_desk("elena"), "comparison-recompute", kept.pk).content.decode()

    assert "every number is the same" in page


def test_two_examiners_conclude_and_a_link_is_made(at_desk, kept):
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree throughout"}
    first = send(at_desk("elena"), "conclude", kept.pk, **told)
    said = Conclusion.objects.get()
    assert "awaits a second examiner" in first.content.decode()
    assert not Link.objects.exists()

    send(at_desk("egon"), "conclusion-review", said.pk, **told)

    assert Review.objects.get().conclusion == said
    assert Link.objects.count() == 1
    page = read(at_desk("ana"), "ballistic-mark", kept.first_id)
    assert "by the slide or breech block" in page


def test_the_first_examiner_is_not_the_second(at_desk, kept):
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree throughout"}
    page = send(at_desk("elena"), "conclude", kept.pk, **told).content.decode()

    assert "Record the second conclusion" not in page


def test_a_link_is_removed_with_a_reason(at_desk, enrolled, folder):
    bench.identified(folder, enrolled[0], enrolled[1])
    link = Link.objects.current().get()

    send(at_desk("elena"), "link-remove", link.pk, reason="the scan was mixed up")

    comparison = Comparison.objects.get()
    for page in (
        read(at_desk("ana"), "ballistic-mark", enrolled[0].pk),
        read(at_desk("ana"), "comparison", comparison.pk),
    ):
        assert "removed" in page
        assert "the scan was mixed up" in page


def test_a_comparison_shows_what_was_concluded_before(at_desk, kept):
    client = at_desk("elena")
    send(client, "conclude", kept.pk, verdict="ELIMINATION", reason="lines differ")
    assert "Replaced conclusions" not in read(client, "comparison", kept.pk)
    send(client, "conclude", kept.pk, verdict="INCONCLUSIVE", reason="too worn")

    page = read(client, "comparison", kept.pk)
    assert "Replaced conclusions" in page
    assert "lines differ" in page


def test_remarks_stand_above_a_mark_and_a_comparison(at_desk, known, folder):
    nine, forty = ClassInput(calibre="9x19"), ClassInput(calibre=".40 S&W")
    one, two, *_ = known.recovered
    marks = [
        bench.enrolled(folder, 1, 1, recovery_id=one, described=nine),
        bench.enrolled(folder, 1, 2, recovery_id=two, described=forty),
    ]
    found = bench.compared(folder, *marks)
    client = at_desk("ana")

    assert "is said to be of calibre .40" in read(client, "ballistic-mark", marks[1].pk)
    assert "The marks are of two calibres" in read(client, "comparison", found.pk)
    assert "another calibre" in read(client, "comparisons")


def test_a_candidate_of_another_calibre_is_said_to_be_one(at_desk, known, folder):
    one, two, *_ = known.recovered
    calibres = ("9x19", ".40 S&W")
    probe, _ = (
        bench.enrolled(
            folder, 1, number, recovery_id=key, described=ClassInput(calibre)
        )
        for number, (key, calibre) in enumerate(zip((one, two), calibres, strict=True))
    )
    asked = {"gallery": "ALL", "reach": "30", "closer": "0"}

    answer = send(at_desk("elena"), "mark-search", probe.pk, **asked)

    assert "another calibre" in answer.content.decode()


def test_BL_11_the_scan_of_another_exhibit_asks_for_a_reason(at_desk, known, enrolled):
    told = {
        "mark_type": "BREECH_FACE",
        "origin": "EXHIBIT",
        "owner": f"R{known.recovered[1]}",
        **CLASS,
    }
    answer = send(at_desk("elena"), "mark-enrol", file=uploaded(), **told)
    assert answer.context["form"].errors["accepted_because"]

    told["accepted_because"] = "one case, two exhibits by mistake"
    send(at_desk("elena"), "mark-enrol", file=uploaded(), **told)

    made = BallisticMark.objects.order_by("pk").last()
    page = read(at_desk("ana"), "ballistic-mark", made.pk)
    assert told["accepted_because"] in page


def test_a_conclusion_needs_its_reason(at_desk, kept):
    answer = send(at_desk("elena"), "conclude", kept.pk, verdict="INCONCLUSIVE")

    assert answer.status_code == 422
    assert not Conclusion.objects.exists()


def test_a_search_ranks_candidates_and_never_says_hit(at_desk, enrolled):
    answer = send(
        at_desk("elena"),
        "mark-search",
        enrolled[0].pk,
        gallery="ALL",
        reach="180",
        closer="1",
    )

    run = SearchRun.objects.get()
    page = answer.content.decode()
    assert run.job.state == "DONE"
    assert f"B{enrolled[1].pk}" in page
    assert "Candidates" in page
    assert " hit" not in page.lower().replace("white", "")
    assert str(LIMITS[-1]) in page


def test_a_class_filter_can_be_switched_off(at_desk, known, folder):
    nine, forty = ClassInput(calibre="9x19"), ClassInput(calibre=".40 S&W")
    one, two, *_ = known.recovered
    probe = bench.enrolled(folder, 1, 1, recovery_id=one, described=nine)
    bench.enrolled(folder, 1, 2, recovery_id=two, described=forty)
    client = at_desk("elena")
    asked = {"gallery": "ALL", "reach": "30", "closer": "0"}

    send(client, "mark-search", probe.pk, **asked, only_calibre="on")
    send(client, "mark-search", probe.pk, **asked)

    assert [run.entries for run in SearchRun.objects.order_by("pk")] == [0, 1]


def test_the_lists_of_the_bench_open(at_desk, kept, folder):
    client = at_desk("ana")
    for name in ("ballistics", "searches", "comparisons", "conclusions"):
        read(client, name)
    read(client, "conclusions", standing="AWAITED")
    read(client, "conclusions", standing="nonsense")

    assert kept.reference in read(client, "comparisons")
    assert client.get(reverse("ballistics"), {"format": "csv"}).status_code == 200


@pytest.mark.parametrize("name", ["rita", "stan", "ada"])
def test_who_may_not_see_marks_sees_none(at_desk, kept, name):
    client = at_desk(name)
    for address in (
        reverse("ballistics"),
        reverse("ballistic-mark", args=[kept.first_id]),
        reverse("comparison", args=[kept.pk]),
        reverse("mark-picture", args=[kept.first_id, "surface"]),
        reverse("comparison-report", args=[kept.pk, "json"]),
    ):
        assert client.get(address).status_code in {403, 404}


def test_an_officer_of_another_agency_finds_nothing(at_desk, kept):
    client = at_desk("sara")
    for address in (
        reverse("ballistic-mark", args=[kept.first_id]),
        reverse("comparison-picture", args=[kept.pk, "first"]),
        reverse("comparison-report", args=[kept.pk, "json"]),
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["ana", "otto"])
def test_only_examiners_enrol_and_conclude(at_desk, kept, name):
    client = at_desk(name)
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree"}

    assert send(client, "conclude", kept.pk, **told).status_code == 403
    assert client.get(reverse("mark-enrol")).status_code == 403
    assert not Conclusion.objects.exists()


def test_another_scan_takes_the_place_of_the_first(at_desk, enrolled):
    send(
        at_desk("elena"),
        "mark-scan",
        enrolled[0].pk,
        file=uploaded(bench.content(1, 3), "T1-3.x3p"),
        reason="measured again with a clean lens",
    )

    assert enrolled[0].scans.count() == 2


def test_class_characteristics_are_described_anew(at_desk, enrolled):
    send(
        at_desk("elena"),
        "mark-class",
        enrolled[0].pk,
        **CLASS,
        reason="seen under the microscope",
    )

    page = read(at_desk("ana"), "ballistic-mark", enrolled[0].pk)
    assert "parallel lines" in page
