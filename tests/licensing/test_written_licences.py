"""What a procedure issued changes by a procedure; no clerk writes past it."""

from datetime import date

import pytest

from armstrace.certificates.actions import issuing
from armstrace.licensing import actions
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Licence
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import GroundClass, LicenceType, Restriction
from armstrace.vocabulary.outcomes import RowOutcome
from tests.cast import REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import DECIDER, MONDAY

pytestmark = pytest.mark.django_db
LONG = date(2099, 12, 31)


def stated(licence: str, **more: object) -> HolderInput:
    told = {"licence_type": LicenceType.POSSESS, "valid_until": LONG} | more
    return HolderInput("H-1", "Eva Sample", licence_number=licence, **told)


def correct(told: HolderInput) -> None:
    how = {"reason": "typo", "by": REGISTRAR, "at": MONDAY}
    actions.correct_holder(stated=told, **how)


def refused(told: HolderInput) -> str:
    with pytest.raises(RuleBroken) as broken:
        correct(told)
    return broken.value.rule


def revoked() -> str:
    number = desk.issued()
    told = {"act": Restriction.REVOKE, "ground": GroundClass.CONVICTION}
    how = {"reason": "convicted", "by": DECIDER, "at": MONDAY}
    actions.restrict_licence(number=number, **told, **how)
    return number


@pytest.mark.parametrize(
    "changed", [{}, {"licence_type": LicenceType.CARRY, "valid_until": None}]
)
def test_HO_08_a_licence_that_was_applied_for_is_not_rewritten(changed) -> None:
    number = desk.issued()

    assert refused(stated(number, **changed)) == "HO-08"
    held = Licence.objects.current().get()
    assert (held.licence_type, held.valid_until) == ("POSSESS", date(2031, 3, 1))


def test_HO_08_what_a_file_says_as_it_is_on_record_is_taken() -> None:
    number = desk.issued()
    held = Licence.objects.current().get()
    days = {"valid_from": held.valid_from, "valid_until": held.valid_until}

    correct(stated(number, place="Hill", **days))


def test_HO_09_no_licence_is_written_beside_one_that_was_revoked() -> None:
    revoked()

    assert refused(stated("L-7")) == "HO-09"
    (loaded,) = actions.record_holders(
        source="A FILE",
        stated=[stated("L-7")],
        reason="typo",
        by=REGISTRAR,
        at=MONDAY,
    )
    assert (loaded.fate, loaded.rule) == (RowOutcome.REFUSED, "HO-09")
    assert Licence.objects.count() == 1


def test_CF_07_who_wrote_a_licence_on_record_issues_no_certificate_of_it() -> None:
    desk.applicant()
    correct(stated("L-7"))

    with pytest.raises(RuleBroken) as broken:
        issuing.certify_licence(number="L-7", by=REGISTRAR, at=MONDAY)

    assert broken.value.rule == "CF-07"
    assert issuing.certify_licence(number="L-7", by=desk.ASSESSOR, at=MONDAY).number


def test_CF_07_holds_for_a_licence_written_with_a_new_holder() -> None:
    actions.enter_holder(stated=stated("L-8"), by=REGISTRAR, at=MONDAY)

    with pytest.raises(RuleBroken) as broken:
        issuing.certify_licence(number="L-8", by=REGISTRAR, at=MONDAY)

    assert broken.value.rule == "CF-07"
