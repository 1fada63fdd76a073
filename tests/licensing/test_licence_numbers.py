"""A licence that is issued has a number of its own."""

import pytest

from armstrace.licensing import actions
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Licence
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import LicenceAct
from tests.cast import REGISTRAR
from tests.licensing import desk

pytestmark = pytest.mark.django_db


def test_a_number_that_another_holder_has_is_not_given_again() -> None:
    made = desk.proposed()
    desk.do(made, LicenceAct.DECIDE, by=desk.DECIDER, **desk.granted())
    taken = f"{desk.ASSESSOR.agency}-L-2026-{made.pk:06d}"
    other = HolderInput(
        *("H-9", "Other Sample", HolderKind.PERSON),
        licence_number=taken,
        licence_type="POSSESS",
    )
    actions.enter_holder(
        taken_over="sheet 7", stated=other, by=REGISTRAR, at=desk.MONDAY
    )

    issued = desk.do(made, LicenceAct.ISSUE)

    assert issued.licence_number == f"{taken}-2"
    known = Licence.objects.current().filter(number__startswith=taken)
    assert set(known.values_list("number", "holder__number")) == {
        (taken, "H-9"),
        (f"{taken}-2", made.holder.number),
    }
