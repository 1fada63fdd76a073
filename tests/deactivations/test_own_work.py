"""Whose work is verified, and until when the certificate of it holds."""

from dataclasses import replace

import pytest

from armstrace.accounts.models import Agency, User
from armstrace.certificates import queries as certificates
from armstrace.certificates.actions import issuing, publishing
from armstrace.certificates.models import Certificate
from armstrace.deactivations import actions
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions import happening
from armstrace.registry.inputs import Happening
from armstrace.vocabulary.arms import HolderKind, LifeEventKind
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.errors import RuleBroken
from tests import cast
from tests.deactivations import desk
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db


@written_directly()
def account_of_examiner(full_name):
    agency = Agency.objects.create(code=cast.EXAMINER.agency, name="Laboratory")
    User.objects.create(
        name=cast.EXAMINER.name,
        full_name=full_name,
        agency=agency,
        role=cast.EXAMINER.role,
        created_at=cast.NOW,
    )


@pytest.mark.parametrize(
    "did", [{"performer": "Smith, Jo"}, {"performer": "", "performed_by": "Jo Smith"}]
)
def test_DA_22_who_did_the_work_decides_nothing_on_it_under_another_signature(did):
    account_of_examiner("Jo Smith")
    made = desk.recorded(**did)
    refuse = {"deactivation_id": made.pk, "reason": "the barrel is open"}

    for act in (
        lambda: desk.verify(made, signatory="Vera Proof"),
        lambda: actions.refuse_deactivation(by=cast.EXAMINER, at=cast.NOW, **refuse),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.rule == "DA-22"

    other = desk.recorded("2", performer="Ivo Kos")
    assert desk.verify(other).decided_by == cast.EXAMINER.name


def test_DA_06_the_licence_is_that_of_who_deactivated(settings):
    settings.PROFILE = "eu"
    holder = HolderInput(
        *("G-1", "New Mill Gunsmiths", HolderKind.DEALER),
        licence_number="L-DEA",
        licence_type="DEACTIVATE",
    )
    licensing.enter_holder(
        taken_over="county register, sheet 7",
        stated=holder,
        by=cast.REGISTRAR,
        at=cast.NOW,
    )
    made = desk.recorded(licence="L-DEA")

    with pytest.raises(RuleBroken) as refused:
        desk.verify(made)
    assert refused.value.rule == "DA-06"

    own = desk.recorded("2", licence="L-DEA", performed_by="New Mill Gunsmiths Ltd.")
    assert desk.verify(own).mark


def test_DA_23_the_certificate_of_a_deactivated_arm_ends_when_that_is_destroyed():
    made, waits = desk.issued(), desk.recorded("2")
    desk.verify(waits)
    one, other = Certificate.objects.order_by("pk")

    def validity():
        return certificates.check(one.token, viewer=cast.OFFICER, at=cast.NOW).answer

    assert validity() is Validity.VALID
    gone = Happening(LifeEventKind.DESTROYED, cast.NOW.date(), document="D-7")
    for each in (made, waits):
        record = {"arm_id": each.arm_id, "happening": gone, "at": cast.NOW}
        happening.record_happening(by=cast.REGISTRAR, **record)

    assert validity() is Validity.REVOKED
    (said,) = certificates.withheld(one.pk, viewer=cast.REGISTRAR)
    assert f"the arm of {made.reference} was recorded as destroyed" in str(said)
    assert publishing.publish_list(by=cast.REGISTRAR, at=cast.NOW).revoked == 1
    clerk = replace(cast.REGISTRAR, name="second.vfr")
    with pytest.raises(RuleBroken) as refused:
        issuing.sign_certificate(certificate_id=other.pk, by=clerk, at=cast.NOW)
    assert refused.value.rule == "DA-23"
