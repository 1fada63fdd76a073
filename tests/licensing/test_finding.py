"""A holder is named by the number at its source, or by that of the record here."""

import pytest

from armstrace.licensing import queries
from armstrace.licensing.models import Application, Holder
from armstrace.vocabulary.errors import InvalidInput
from tests.cast import REGISTRAR
from tests.licensing import desk
from tests.licensing.desk import MONDAY

pytestmark = pytest.mark.django_db


def test_an_applicant_is_named_by_either_number() -> None:
    desk.applicant("REG-7")
    holder = Holder.objects.get()

    for number in ("REG-7", holder.reference, holder.reference.lower()):
        desk.drafted(holder=number)

    assert {each.holder for each in Application.objects.all()} == {holder}


def test_a_number_of_two_holders_is_refused_with_what_each_is_called() -> None:
    desk.applicant()
    desk.applicant("REG-7")
    one = Holder.objects.get(number="REG-7")
    desk.applicant(one.reference)
    other = Holder.objects.get(number=one.reference)

    with pytest.raises(InvalidInput) as refused:
        desk.drafted(holder=one.reference)

    assert refused.value.field == "holder"
    assert f"write {other.reference} for the one" in str(refused.value)
    assert "or REG-7 for the one" in str(refused.value)
    assert desk.drafted(holder="REG-7").holder == one
    assert desk.drafted(holder=other.reference).holder == other
    found = queries.receivers(one.reference, viewer=REGISTRAR, at=MONDAY)
    assert {each.holder_id for each in found} == {one.pk, other.pk}
