"""Figures say what they rest on, on the day from which they are known."""

from datetime import UTC, date, datetime

import pytest

from armstrace.analysis.statistics.indicator import Caution, Method
from armstrace.indicators import queries
from armstrace.registry.models import Arm
from tests.indicators import records
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db
AFTER = datetime(2022, 3, 1, tzinfo=UTC)


@written_directly()
def an_arm_on_record(basis="REGISTERED"):
    return Arm.objects.create(
        source="REG", source_number=basis, basis=basis, known_at=records.BEGIN
    )


def cautions(as_of=AFTER, method=Method.METADATA):
    figure = queries.indicator(
        viewer=records.statistician(), year=2020, method=method, as_of=as_of
    )
    return set(figure.cautions)


def test_a_register_of_loss_reports_alone_is_none():
    records.an_arm_recovered(recovered_on=date(2020, 11, 1))
    an_arm_on_record("LOSS_REPORT")
    assert cautions() == {Caution.NO_REGISTER}

    an_arm_on_record()

    assert cautions() == set()


def test_a_year_is_unfinished_until_its_end():
    an_arm_on_record()
    records.an_arm_recovered(recovered_on=date(2020, 11, 1))

    assert cautions(datetime(2020, 12, 31, 12, tzinfo=UTC)) == {Caution.UNFINISHED}
    assert cautions(datetime(2021, 1, 1, tzinfo=UTC)) == set()


def test_a_year_of_two_months_says_so():
    an_arm_on_record()
    records.an_arm_recovered(recovered_on=date(2020, 2, 20))

    assert cautions() == {Caution.UNFINISHED}
    records.an_arm_recovered(recovered_on=date(2021, 2, 20))
    assert cautions() == set()
