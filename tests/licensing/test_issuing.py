"""What is issued after the decision, what is not, and who is seen meanwhile."""

from datetime import timedelta

import pytest

from armstrace.audit import consultations
from armstrace.licensing import queries
from armstrace.licensing.models import Holder, Licence
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import LicenceAct, LicenceStage
from armstrace.vocabulary.paging import PageRequest
from tests.cast import REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, MONDAY

pytestmark = pytest.mark.django_db
BRIEFLY = desk.granted(valid_until=MONDAY.date() + timedelta(days=2))


def refused(made, act, **how) -> str:
    with pytest.raises(RuleBroken) as broken:
        desk.do(made, act, **how)
    return broken.value.rule


def test_LI_08_a_licence_that_is_over_before_it_is_issued_is_not_issued() -> None:
    made = desk.decided(BRIEFLY)

    assert refused(made, LicenceAct.ISSUE, at=MONDAY + 3 * DAY) == "LI-08"
    assert not Licence.objects.exists()
    done = desk.do(made, LicenceAct.WITHDRAW, by=REGISTRAR, reason="too late")
    assert done.stage == LicenceStage.WITHDRAWN


def test_LI_08_a_licence_is_issued_on_its_last_day() -> None:
    made = desk.decided(BRIEFLY)

    assert desk.do(made, LicenceAct.ISSUE, at=MONDAY + 2 * DAY).licence_number


def test_LI_09_nobody_withdraws_from_a_decided_refusal() -> None:
    made = desk.decided(desk.REFUSED)
    page = queries.application_page(made.pk, viewer=ASSESSOR, at=MONDAY)

    assert refused(made, LicenceAct.WITHDRAW, reason="to escape it") == "LI-09"
    assert LicenceAct.WITHDRAW not in page.acts(ASSESSOR)


def test_a_look_at_an_application_is_a_look_at_the_applicant() -> None:
    made = desk.sent()
    how = {"viewer": ASSESSOR, "at": MONDAY}
    where, page = queries.ApplicationFilter(), PageRequest()

    for look in (
        lambda: queries.application_rows(where, page=page, **how),
        lambda: list(queries.every_application(where, **how)),
        lambda: queries.application_page(made.pk, **how),
    ):
        with consultations.gather() as seen:
            look()
        assert set(seen.seen[Holder]) == {Holder.objects.get().pk}
