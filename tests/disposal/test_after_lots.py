"""Certificates of lots, and disposals otherwise than by destruction."""

import pytest

from armstrace.certificates import queries as certificates
from armstrace.certificates.actions import issuing
from armstrace.disposal import queries
from armstrace.disposal.actions import ending
from armstrace.disposal.inputs import LotInput
from armstrace.registry.actions import life
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.certificates import CertificateState, Validity
from armstrace.vocabulary.custody import CustodyAct, WayOut
from armstrace.vocabulary.disposal import (
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from tests import builders, cast
from tests.custody import desk as custody
from tests.disposal import desk
from tests.disposal.desk import refused, state

pytestmark = pytest.mark.django_db
KIND, ANSWER = ConditionKind, ConditionAnswer


def test_DX_20_the_certificate_of_a_lot_comes_after_it_and_verifies(settings):
    exhibit, lot = desk.approved(), desk.opened()
    desk.put(lot, exhibit)

    def certify():
        return ending.certify_lot(lot_id=lot.pk, by=desk.KEEPER, at=cast.NOW)

    refused("DX-20", certify)
    desk.show(lot)
    desk.end(lot, 1)
    asked = certify()
    assert asked.state is CertificateState.WAITING
    one = issuing.sign_certificate(
        certificate_id=asked.pk, by=custody.SECOND_KEEPER, at=cast.NOW
    )

    found = certificates.check(one.token, viewer=cast.OFFICER, at=cast.NOW)
    assert found.answer is Validity.VALID
    assert (found.stated.subject, found.stated.name) == (
        lot.reference,
        "1; Peace Observatory",
    )


def test_DX_30_a_correction_revokes_the_certificate_and_another_may_be_asked(
    settings,
):
    lot = desk.destroyed(desk.approved())

    def certify():
        return ending.certify_lot(lot_id=lot.pk, by=desk.KEEPER, at=cast.NOW)

    def correct(reason, works="Steel works"):
        given = LotInput(DestructionMethod.MELTED, works, "Hill")
        ending.correct_lot(
            lot_id=lot.pk,
            given=given,
            destroyed_on=None,
            reason=reason,
            by=desk.KEEPER,
            at=cast.NOW,
        )

    one = issuing.sign_certificate(
        certificate_id=certify().pk, by=custody.SECOND_KEEPER, at=cast.NOW
    )
    correct("it was melted")
    desk.refused("DX-30", lambda: correct("it was melted again"))
    found = certificates.check(one.token, viewer=cast.OFFICER, at=cast.NOW)
    one.refresh_from_db()
    assert (found.answer, one.ended_reason) == (Validity.REVOKED, "it was melted")

    waiting = certify()
    correct("it was melted at noon", "Iron works")
    waiting.refresh_from_db()
    assert waiting.state is CertificateState.REFUSED
    page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())
    assert page.certificate == waiting


def test_EX_36_EX_37_a_museum_gets_an_arm_with_a_mark_and_nobody_buys_one():
    exhibit = custody.received()
    custody.decided(exhibit)
    desk.settle(exhibit)
    refused("EX-36", lambda: desk.propose(exhibit, WayOut.SELL))
    desk.propose(exhibit, WayOut.MUSEUM)
    custody.do(exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="of worth")
    told = {"name": "Museum", "office": "Capital", "document": "P-9"}
    told |= {"witness": "Wanda", "done_on": cast.NOW.date()}

    refused("EX-37", lambda: custody.do(exhibit, CustodyAct.CARRIED_OUT, **told))
    custody.do(exhibit, CustodyAct.CARRIED_OUT, mark="AB 123 XS", **told)
    assert state(exhibit) == "CARRIED_OUT"


def test_what_the_law_asks_before_a_destruction_is_asked_of_a_museum_too():
    exhibit = custody.received()
    custody.decided(exhibit)
    desk.propose(exhibit, WayOut.MUSEUM)

    refused(
        "EX-28",
        lambda: custody.do(
            exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="of worth"
        ),
    )


def test_a_lot_that_lacks_the_photograph_from_after_alone_is_ready():
    exhibit, lot = desk.approved(), desk.opened()
    desk.put(lot, exhibit)

    def is_ready():
        page = queries.lot_page(lot.pk, viewer=desk.KEEPER, today=cast.NOW.date())
        return page.is_ready

    desk.witness(lot, "Wanda Witt")
    desk.witness(lot, "Otto Oest", "Peace Observatory", is_observer=True)
    assert not is_ready()
    desk.photograph(lot, PictureMoment.BEFORE)
    assert is_ready()
    refused("DX-12", lambda: desk.end(lot, 1))


def test_RG_50_an_arm_in_a_certified_lot_stays_destroyed_on_the_register():
    arm_id = builders.registered(builders.an_arm("78"))[0]
    exhibit = desk.approved()
    desk.found_to_be(exhibit, arm_id)
    lot = desk.destroyed(exhibit)
    asked = ending.certify_lot(lot_id=lot.pk, by=desk.KEEPER, at=cast.NOW)
    told = LifeEvent.objects.current().get(arm_id=arm_id, kind="DESTROYED")

    def withdraw():
        event, reason = life.OfLife(arm_id, told.pk), "it never happened"
        by = {"by": cast.REGISTRAR, "at": cast.NOW}
        life.withdraw_event(event=event, reason=reason, **by)

    refused("RG-50", withdraw)
    issuing.revoke_certificate(
        certificate_id=asked.pk,
        reason="counted wrongly",
        by=cast.SUPERVISOR,
        at=cast.NOW,
    )
    withdraw()
    assert Arm.objects.get(pk=arm_id).state != "DESTROYED"
