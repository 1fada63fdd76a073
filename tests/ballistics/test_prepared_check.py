"""A prepared mark that was swapped or altered is named, though the ledger is sound."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from armstrace.analysis.ballistics import packing
from armstrace.ballistics import prepared_check
from armstrace.ballistics.models import PreparedMark
from armstrace.cli.rekey import app
from tests import builders
from tests.ballistics.marks import enrolled
from tests.builders import a_recovery, recovered

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]


@pytest.fixture
def marks(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    scenes = recovered(a_recovery("S-0"), a_recovery("S-1"))
    return [
        enrolled(tmp_path, tool, 1, recovery_id=scene).pk
        for tool, scene in enumerate(scenes, 1)
    ]


def wrong(tmp_path):
    return list(prepared_check.check(tmp_path, lambda _what, _count: None).wrong)


def test_marks_as_they_were_prepared_are_right(marks, tmp_path):
    found = prepared_check.check(tmp_path, lambda _what, _count: None)

    assert found == prepared_check.PreparedChecked(2, ())


@pytest.mark.parametrize("column", ["cells", "image"])
def test_marks_that_were_swapped_are_both_named(column, marks, tmp_path):
    kept = [getattr(PreparedMark.objects.get(pk=mark), column) for mark in marks]
    for mark, other in zip(marks, reversed(kept), strict=True):
        PreparedMark.objects.filter(pk=mark).update(**{column: other})

    assert wrong(tmp_path) == marks


def test_a_mark_under_the_region_of_another_is_named(marks, tmp_path):
    other = PreparedMark.objects.get(pk=marks[1])
    PreparedMark.objects.filter(pk=marks[0]).update(region=other.region_id)

    assert wrong(tmp_path) == [marks[0]]


def test_a_part_of_a_mark_that_was_wiped_is_named(marks, tmp_path):
    row = PreparedMark.objects.get(pk=marks[0])
    half = len(bytes(row.cells)) // 2
    PreparedMark.objects.filter(pk=row.pk).update(
        cells=bytes(row.cells)[:half] + bytes(len(bytes(row.cells)) - half)
    )

    assert wrong(tmp_path) == [marks[0]]


def test_a_step_of_rounding_is_no_other_mark(marks):
    packed = bytes(PreparedMark.objects.get(pk=marks[0]).cells)
    values = np.frombuffer(packed, "<i2", offset=20).copy()
    values[-1] += 1

    assert packing.agree(packed, packed[:20] + values.tobytes())
    assert not packing.agree(packed, packed[:-2])


def test_the_command_says_which_and_makes_them_anew(marks, tmp_path):
    builders.key_store()
    other = PreparedMark.objects.get(pk=marks[1])
    PreparedMark.objects.filter(pk=marks[0]).update(cells=other.cells)

    told = CliRunner().invoke(app, ["--check"])
    as_json = CliRunner().invoke(app, ["--check", "--json"])
    CliRunner().invoke(app, ["--anew"])

    assert told.exit_code == 1
    assert f"B{marks[0]} is not what its scan gives" in told.output
    assert json.loads(as_json.output)["wrong_marks"] == [marks[0]]
    assert wrong(tmp_path) == []
