"""What a certificate of deactivation says of its arm, and to whom."""

import pytest

from armstrace.certificates.models import Certificate
from armstrace.deactivations import queries
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted
from tests import cast
from tests.deactivations import desk

pytestmark = pytest.mark.django_db


def test_what_a_certificate_says_of_its_arm_is_for_who_may_see_the_certificate():
    made = desk.issued()
    issued = Certificate.objects.get(subject=made.reference)
    custodian = cast.actor(Role.CUSTODIAN, issued.agency)
    assert not custodian.may("deactivation.view")

    told = queries.paper_of_certificate(issued.pk, viewer=custodian)

    assert (told.record, told.arm.serial_as_marked) == (made, "ABC1")
    with pytest.raises(NotPermitted):
        queries.paper_of_certificate(issued.pk, viewer=cast.STRANGER)
