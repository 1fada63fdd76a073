"""The indicator apart for each type of arm: the types add up to the whole."""

import pytest

from armstrace.analysis.statistics.indicator import SIDE_BY_SIDE, Method
from armstrace.indicators import queries
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.errors import NotPermitted
from tests import cast
from tests.web import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def recovered(db):
    world.people()
    world.holders()
    world.arms()
    return world.recovered()


@pytest.mark.parametrize("year", [2021, 2022])
def test_the_types_add_up_to_the_whole(recovered, year):
    whole = queries.indicator(viewer=cast.ANALYST, year=year, method=Method.METADATA)

    apart = queries.indicator_by_type(viewer=cast.ANALYST, year=year)

    assert [f.method for f in apart[0].figures] == list(SIDE_BY_SIDE)
    for side in ("numerator", "denominator"):
        parts = [getattr(row.figures[0], side) or 0 for row in apart]
        assert sum(parts) == getattr(whole, side)


def test_only_types_that_were_recovered_are_listed(recovered):
    apart = queries.indicator_by_type(viewer=cast.ANALYST, year=2022)

    assert [row.arm_type for row in apart] == [ArmType.PISTOL]
    assert queries.indicator_by_type(viewer=cast.ANALYST, year=1999) == ()


def test_a_stranger_sees_no_type(recovered):
    with pytest.raises(NotPermitted):
        queries.indicator_by_type(viewer=cast.STRANGER, year=2022)
