"""What a comparison and a mark say in numbers, on the page and on paper."""

import pytest

from armstrace.ballistics.models import MarkRegion
from armstrace.web.ballistics import presenters
from tests.web.at_bench import enrolled, folder, kept, read, send

__all__ = ["enrolled", "folder", "kept"]

pytestmark = pytest.mark.django_db


def test_a_comparison_tells_rings_parameters_and_case_numbers(at_desk, kept):
    page = read(at_desk("ana"), "comparison", kept.pk)
    told = page.split('id="again-head"')[1]

    region = kept.first_region
    assert f"outer radius {region.outer_radius_m * 1e3:.2f} mm" in told
    assert f"firing-pin radius {region.pin_radius_m * 1e3:.2f} mm" in told
    assert "tolerance" in told
    record = kept.first.recovery.records.current().get()
    assert record.case_number
    assert record.case_number in told


def test_the_history_of_a_region_has_its_numbers(at_desk, enrolled):
    ring = {"centre_x": "1.8", "centre_y": "1.8", "outer": "1.61", "pin": "0.85"}
    send(at_desk("elena"), "mark-region", enrolled[0].pk, **ring)

    history = read(at_desk("ana"), "ballistic-mark", enrolled[0].pk)
    history = history.split('id="before-head"')[1]

    for region in MarkRegion.objects.filter(mark=enrolled[0]):
        assert f"outer radius {region.outer_radius_m * 1e3:.2f} mm" in history


def test_a_region_beyond_the_scan_is_refused_on_its_page(at_desk, enrolled):
    ring = {"centre_x": "1.8", "centre_y": "1.8", "outer": "1e99", "pin": "0.85"}

    page = send(at_desk("elena"), "mark-region", enrolled[0].pk, **ring)

    assert "outer radius of at most" in page.content.decode()
    assert not MarkRegion.objects.filter(origin="SET").exists()


@pytest.mark.parametrize(
    ("log10_ratio", "words"),
    [
        (1.55, "about 35 times"),
        (-1.55, "about 35 times"),
        (0.1, "about 1.3 times"),
        (3.0, "about 1\u202f000 times"),
        (40.0, ""),
    ],
)
def test_a_ratio_is_said_as_a_number_of_times(log10_ratio, words):
    assert presenters.times_words(log10_ratio) == words
