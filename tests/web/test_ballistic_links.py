"""Marks and links where they are looked for: on recovery, arm and trace."""

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.ballistics import MarkOrigin
from tests.ballistics import marks as bench
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def linked(known, tmp_path):
    """A recovery, another and an arm, tied by one slide."""
    one, two, *_ = known.recovered
    arm = known.arms[0]
    marks = [
        bench.enrolled(tmp_path, 1, 1, recovery_id=one, origin=MarkOrigin.TEST_FIRE),
        bench.enrolled(tmp_path, 1, 2, recovery_id=two),
        bench.enrolled(tmp_path, 1, 3, arm_id=arm),
    ]
    bench.identified(tmp_path, marks[0], marks[1])
    bench.identified(tmp_path, marks[0], marks[2])
    return one, two, arm


def a_whole_serial():
    """Record a pistol whose serial number was read in full."""
    (made,) = recording.record_recoveries(
        source="TEST",
        stated=[
            world.a_recovery("N-9", description=Description("pistol", serial="BK48010"))
        ],
        by=actors.system_actor(),
        at=world.NOON,
    )
    return made.record_id


def read(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_links_show_on_the_recovery_the_arm_and_the_trace(at_desk, linked):
    one, two, arm = linked
    client = at_desk("elena")

    pages = [
        read(client, "recovery", one),
        read(client, "trace", one),
        read(client, "arm", arm),
    ]

    for page, other in zip(pages, (f"R{two}", f"R{two}", f"R{one}"), strict=True):
        assert "Ballistic marks and links" in page
        assert "slide or breech block" in page
        assert other in page


def test_a_role_that_sees_no_marks_sees_no_panel(at_desk, linked):
    page = read(at_desk("rita"), "arm", linked[2])

    assert "Ballistic marks" not in page


def test_the_trace_of_an_erased_arm_guides_and_lists(at_desk, known, linked):
    erased = known.recovered[1]
    read_in_full = a_whole_serial()
    client = at_desk("elena")

    guided = read(client, "trace", erased)
    plain = read(client, "trace", read_in_full)

    assert "Without a readable serial number" in guided
    assert "What remains unknown" in guided
    assert "Without a readable serial number" not in plain
