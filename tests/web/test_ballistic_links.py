"""Marks and links where they are looked for: on recovery, arm and trace."""

import re

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.ballistics.erased import Joined, Standing
from armstrace.analysis.marks.description import Description
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.ballistics import MarkOrigin
from armstrace.web.ballistics import links
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


def test_the_steps_lead_to_where_they_are_done(at_desk, known, linked):
    erased = known.recovered[0]
    client = at_desk("elena")

    page = read(client, "trace", erased)

    assert f"{reverse('mark-enrol')}?owner=R{erased}&amp;origin=TEST_FIRE" in page
    assert f'href="{reverse("ballistic-mark", args=[1])}"' in page
    assert reverse("mark-enrol") not in read(at_desk("ana"), "trace", erased)


def test_arms_about_which_the_same_is_known_are_one_row():
    alike = [Joined(n, 0.096, 0.096, None, Standing.OPEN, ("Glock",)) for n in (3, 4)]

    group = links._group(alike, {})

    assert links._alike(alike[0]) == links._alike(alike[1])
    assert [one.reference for one in group.arms] == ["A3", "A4"]
    assert group.chance == 0.096


def test_of_another_agencys_recovery_a_link_tells_only_whose_it_is(
    at_desk, known, tmp_path
):
    north, _, south, _ = known.recovered
    marks = [
        bench.enrolled(tmp_path, 1, 1, recovery_id=north),
        bench.enrolled(tmp_path, 1, 2, recovery_id=south),
    ]
    bench.identified(tmp_path, *marks)
    client = at_desk("otto")

    for page in (
        read(client, "recovery", north),
        read(client, "ballistic-mark", marks[0].pk),
    ):
        assert "of PC-SUL" in page
        assert reverse("recovery", args=[south]) not in page
        assert reverse("ballistic-mark", args=[marks[1].pk]) not in page
        assert not re.search(rf"\bB{marks[1].pk}\b", page)
