"""LC-VETTING: from the stage in vetting on, the applicant has a clear answer."""

from datetime import date
from typing import Any

import pytest

from armstrace.licensing import queries
from armstrace.licensing.models import Application
from armstrace.translation import translate
from armstrace.vetting import standing
from armstrace.vetting.actions import vetting
from armstrace.vetting.models import VettingRequest
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import LicenceAct
from armstrace.vocabulary.vetting import Capacity, VettingAnswer
from tests.cast import OFFICER, SUPERVISOR
from tests.ledger_guard import written_directly
from tests.licensing import desk
from tests.licensing.desk import ASSESSOR, DAY, DECIDER, MONDAY
from tests.vetting import desk as vetting_desk

pytestmark = pytest.mark.django_db
AT_DESK: dict[str, Any] = {"viewer": ASSESSOR, "at": MONDAY}


def asked(made: Application, at: Any = MONDAY) -> Any:
    told = {"subject": f"H{made.holder_id}", "capacity": Capacity.APPLICANT}
    waits = standing.waiting(told["subject"], told["capacity"])
    return waits or vetting_desk.ask("Eva Sample", at=at, **told)


def answered(request: Any, answer: VettingAnswer, **told: Any) -> Any:
    how = {"request_id": request.pk, "answer": answer, "by": SUPERVISOR, "at": MONDAY}
    return vetting.answer_vetting(**how | told)


def kept_of_somebody_else(made: Application, told: dict[str, Any]) -> VettingRequest:
    """Keep a request as it could be asked before VE-16."""
    of = {"subject": f"H{made.holder_id}", "capacity": Capacity.APPLICANT}
    kept = {"name": "Eva Sample", "asked_by": ASSESSOR.name, "known_at": MONDAY}
    with written_directly():
        return VettingRequest.objects.create(**kept | of | told)


def lacking(made: Application, at: Any = MONDAY) -> list[str]:
    found = queries.standing_of(made.reference, viewer=ASSESSOR, at=at).missing
    return [translate(each.said) for each in found if each.code == "LC-VETTING"]


def test_LC_VETTING_is_asked_from_the_stage_in_vetting_on() -> None:
    made = desk.accepted()

    assert lacking(made) == []
    desk.do(made, LicenceAct.VET)

    (said,) = lacking(made)
    assert "not been answered yet" in said
    (request,) = VettingRequest.objects.get_queryset()
    assert (request.name, request.subject) == ("Eva Sample", f"H{made.holder_id}")


def test_an_application_shows_the_request_that_it_waits_for() -> None:
    made = desk.in_vetting()
    own = asked(made)
    kept_of_somebody_else(made, {"name": "Entirely Otherperson"})
    record = desk.record_of(made)

    shown = queries.vetting_that_counts(record, **AT_DESK)

    assert shown
    assert shown.reference == own.reference
    assert queries.vetting_that_counts(record, **AT_DESK | {"viewer": OFFICER}) is None


def test_LC_VETTING_says_that_it_waits_is_clear_and_has_expired() -> None:
    made = desk.in_vetting()
    request = asked(made)
    (waits,) = lacking(made)
    until = (MONDAY + 9 * DAY).date()

    answered(request, VettingAnswer.CLEAR, valid_until=until)

    assert "not been answered yet" in waits
    assert lacking(made) == lacking(made, MONDAY + 9 * DAY) == []
    (expired,) = lacking(made, MONDAY + 10 * DAY)
    assert "has expired" in expired


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Entirely Otherperson"},
        {"capacity": Capacity.ASSOCIATE},
        {"born_on": date(1999, 9, 9)},
    ],
)
def test_LC_VETTING_is_not_met_by_the_vetting_of_somebody_else(
    told: dict[str, Any],
) -> None:
    made = desk.in_vetting()
    own = asked(made)
    answered(own, VettingAnswer.REFER)
    other = kept_of_somebody_else(made, told)
    answered(other, VettingAnswer.CLEAR, at=MONDAY + DAY)

    (said,) = lacking(made, MONDAY + DAY)
    assert "“refer" in said
    shown = queries.vetting_that_counts(desk.record_of(made), **AT_DESK)
    assert shown
    assert shown.request_id == own.pk
    answered(own, VettingAnswer.CLEAR, reason="looked again", at=MONDAY + 2 * DAY)
    assert lacking(made, MONDAY + 2 * DAY) == []


@pytest.mark.parametrize(
    ("answer", "word"),
    [(VettingAnswer.ADVERSE, "“adverse”"), (VettingAnswer.REFER, "“refer")],
)
def test_LC_VETTING_says_the_answer_and_nothing_else(
    answer: VettingAnswer, word: str
) -> None:
    made = desk.in_vetting()
    request = asked(made)
    answered(request, VettingAnswer.CLEAR)
    answered(request, answer, reason="seen with smugglers", at=MONDAY + DAY)

    (said,) = lacking(made, MONDAY + DAY)

    assert word in said
    assert "smugglers" not in said


def test_LC_VETTING_blocks_the_grant_where_the_law_makes_it_a_duty(
    settings: Any,
) -> None:
    settings.PROFILE = "eu"
    made = desk.proposed()

    with pytest.raises(RuleBroken) as broken:
        desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted())
    answered(asked(made), VettingAnswer.CLEAR)
    desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted())

    assert broken.value.rule == "LI-02"
    assert "LC-VETTING" in str(broken.value)


def test_LC_VETTING_stops_the_issue_where_the_answer_turned_since(
    settings: Any,
) -> None:
    settings.PROFILE = "eu"
    made = desk.proposed()
    request = asked(made)
    answered(request, VettingAnswer.CLEAR)
    desk.do(made, LicenceAct.DECIDE, by=DECIDER, **desk.granted())
    answered(request, VettingAnswer.ADVERSE, reason="convicted since")

    with pytest.raises(RuleBroken) as broken:
        desk.do(made, LicenceAct.ISSUE)

    assert broken.value.rule == "LI-02"


def test_LC_VETTING_never_stops_a_refusal(settings: Any) -> None:
    settings.PROFILE = "eu"

    assert desk.refused()


def test_LC_VETTING_asks_of_many_applications_in_as_many_queries_as_of_one(
    django_assert_max_num_queries: Any,
) -> None:
    made = [desk.in_vetting(holder=desk.applicant(f"H-{n}")) for n in range(5)]
    for each in made:
        answered(asked(each), VettingAnswer.CLEAR)
    told = {"viewer": ASSESSOR, "at": MONDAY}

    with django_assert_max_num_queries(14):
        assert list(queries.otherwise_decided(**told)) == []
