"""Whose time is over leaves every record that names them, not the register alone."""

from datetime import date, timedelta

import pytest

from armstrace.audit import verify
from armstrace.certificates import queries as certificates
from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate
from armstrace.licensing import actions
from armstrace.licensing.models import Holder, Question
from armstrace.vetting.actions import vetting
from armstrace.vetting.models import VettingRequest
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.licensing import (
    GroundClass,
    LicenceAct,
    Restriction,
    StopCause,
)
from armstrace.vocabulary.retention import KeptKind, KeptState
from armstrace.vocabulary.vetting import Capacity, VettingAnswer
from tests import cast
from tests.licensing import desk as licensing
from tests.retention import desk
from tests.retention.test_erasing import everything
from tests.vetting import desk as lists

pytestmark = pytest.mark.django_db
HOLDER = KeptKind.HOLDER
NAME, HEARD = "Eva Sample", "heard from a neighbour"


def owner() -> Holder:
    return Holder.objects.get()


def answer_vetting() -> None:
    for asked in VettingRequest.objects.get_queryset():
        vetting.answer_vetting(
            request_id=asked.pk,
            answer=VettingAnswer.CLEAR,
            by=cast.SUPERVISOR,
            at=licensing.MONDAY,
        )


def told_of() -> Certificate:
    """Put on record all that an authority says of an applicant; certify the licence."""
    made = licensing.in_vetting(purpose=HEARD, storage=HEARD)
    answer_vetting()
    question = {"cause": StopCause.QUESTION, "words": HEARD}
    licensing.do(made, LicenceAct.ASK, **question)
    asked = Question.objects.get()
    replied = {"question": asked.pk, "words": HEARD}
    licensing.do(made, LicenceAct.ANSWER, by=cast.REGISTRAR, **replied)
    licensing.heard(made, words=HEARD, reference=HEARD)
    licensing.do(made, LicenceAct.PROPOSE, is_granted=True, reason=HEARD)
    grant = licensing.granted(reason=HEARD, conditions=HEARD)
    licensing.do(made, LicenceAct.DECIDE, by=licensing.DECIDER, **grant)
    number = licensing.do(made, LicenceAct.ISSUE).licence_number
    how = {"by": cast.REGISTRAR, "at": licensing.MONDAY}
    given = issuing.certify_licence(number=number, **how)
    actions.restrict_licence(
        number=number,
        act=Restriction.REVOKE,
        ground=GroundClass.BREACH,
        reason=HEARD,
        by=licensing.DECIDER,
        at=licensing.MONDAY,
    )
    return issuing.revoke_certificate(certificate_id=given.pk, reason=HEARD, **how)


def test_no_table_names_a_person_whose_holder_record_is_erased(tmp_path) -> None:
    told_of()
    lists.load(tmp_path, f"1,Person,{NAME},\n")
    assert lists.hits()

    desk.erase(HOLDER, owner().pk)

    left = everything()
    assert [each for each in (NAME, HEARD) if each in left] == ["Eva Sample"]
    assert left.count(NAME) == 1  # as the publisher of the list says it
    assert not lists.hits()
    assert verify.verify().is_sound


def test_an_erased_certificate_is_still_known_from_a_forgery() -> None:
    made = told_of()
    desk.erase(HOLDER, owner().pk)
    asking = {"viewer": cast.REGISTRAR, "at": desk.LATER}

    assert certificates.check(made.token, **asking).answer is Validity.REVOKED
    row = certificates.certificate_row(made.pk, **asking)
    assert (row.token, row.name) == ("", "")


@pytest.mark.parametrize("begun", [licensing.sent, licensing.refused])
def test_who_still_applies_or_stands_refused_is_in_use(begun) -> None:
    begun()
    answer_vetting()
    refused_until = licensing.MONDAY.date().replace(year=2036)

    def state(day: date) -> KeptState:
        return desk.state_of(HOLDER, owner().pk, day)

    assert state(refused_until) is KeptState.IN_USE
    is_over = begun is licensing.refused
    late = refused_until + timedelta(days=9_999)
    assert (state(late) is KeptState.IN_USE) == (not is_over)


def test_whose_vetting_nobody_answered_is_in_use() -> None:
    licensing.applicant()
    lists.ask(NAME, subject=owner().reference, capacity=Capacity.APPLICANT)

    assert desk.state_of(HOLDER, owner().pk) is KeptState.IN_USE
