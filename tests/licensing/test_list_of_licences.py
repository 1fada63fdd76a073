"""The list of licences: who holds what, what ends next, what is suspended."""

from datetime import date, timedelta

import pytest

from armstrace.licensing import actions, queries
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Licence
from armstrace.licensing.queries import LicenceFilter, LicencesShown
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.licensing import (
    GroundClass,
    LicenceStage,
    LicenceType,
    Restriction,
)
from armstrace.vocabulary.paging import PageRequest
from tests.cast import LICENSING, REGISTRAR, actor
from tests.licensing.desk import DECIDER, MONDAY

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()
ENDS = {
    "L-over": TODAY - timedelta(1),
    "L-today": TODAY,
    "L-soon": TODAY + timedelta(90),
    "L-later": TODAY + timedelta(91),
    "L-open": None,
    "L-revoked": TODAY - timedelta(30),
    "L-idle": TODAY + timedelta(30),
    "L-idle-over": TODAY - timedelta(2),
}
"""The last day of each licence."""


@pytest.fixture(autouse=True)
def _licences():
    for number, ends in ENDS.items():
        told = HolderInput(
            f"H-{number}",
            "Eva Sample",
            licence_number=number,
            licence_type=LicenceType.CARRY if ends is None else LicenceType.POSSESS,
            valid_until=ends,
        )
        at = MONDAY - timedelta(100)
        actions.enter_holder(taken_over="register", stated=told, by=REGISTRAR, at=at)
    restrict("L-revoked", Restriction.REVOKE)
    restrict("L-idle", Restriction.SUSPEND)
    restrict("L-idle-over", Restriction.SUSPEND)


def restrict(number, act):
    actions.restrict_licence(
        number=number,
        act=act,
        reason="found unreliable",
        ground=GroundClass.RELIABILITY,
        by=DECIDER,
        at=MONDAY - timedelta(60),
    )


def listed(**where):
    found = queries.licence_rows(
        LicenceFilter(**where), viewer=LICENSING, today=TODAY, page=PageRequest(1, 50)
    )
    return [row.number for row in found.rows]


def test_the_first_to_end_comes_first_and_what_has_no_end_last():
    every = listed()

    dated = sorted((day, number) for number, day in ENDS.items() if day)
    assert every == [number for _, number in dated] + ["L-open"]


def test_each_is_listed_under_the_status_that_its_page_says():
    said = {}
    for number in ENDS:
        key = Licence.objects.current().get(number=number).pk
        page = queries.licence_page(key, viewer=LICENSING, at=MONDAY)
        said.setdefault(page.stage, set()).add(number)

    shown = {
        LicenceStage.ISSUED: LicencesShown.VALID,
        LicenceStage.SUSPENDED: LicencesShown.SUSPENDED,
        LicenceStage.REVOKED: LicencesShown.REVOKED,
        LicenceStage.EXPIRED: LicencesShown.EXPIRED,
    }
    assert {stage: {*listed(shown=each)} for stage, each in shown.items()} == said


def test_what_ends_within_90_days_is_counted_and_listed():
    assert listed(shown=LicencesShown.ENDING) == ["L-today", "L-soon"]
    assert queries.count_ending(viewer=LICENSING, today=TODAY) == 2


def test_one_is_found_by_its_number_or_its_holder_and_narrowed():
    assert listed(text=" L-soon ") == ["L-soon"]
    assert listed(text="H-L-soon") == ["L-soon"]
    assert listed(activity=LicenceType.CARRY) == ["L-open"]
    assert listed(first=date(2026, 5, 30), last=ENDS["L-soon"]) == ["L-soon"]
    assert listed(text="L-none") == []


def test_the_file_holds_what_the_list_shows():
    rows = queries.every_licence(LicenceFilter(), viewer=LICENSING, today=TODAY)

    told = [(row.number, row.stage, row.holder_number) for row in rows]
    assert [number for number, _, _ in told] == listed()
    assert ("L-idle", LicenceStage.SUSPENDED, "H-L-idle") in told


def test_who_may_not_see_holders_sees_no_licence():
    with pytest.raises(NotPermitted):
        queries.licence_rows(
            LicenceFilter(),
            viewer=actor(Role.EXAMINER, "VFL"),
            today=TODAY,
            page=PageRequest(1, 50),
        )
