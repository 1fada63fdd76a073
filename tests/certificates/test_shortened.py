"""Certificates of licences that end earlier than they say; who is seen by them."""

from datetime import date, timedelta

import pytest

from armstrace.analysis.certificates import checking
from armstrace.audit import consultations
from armstrace.certificates import queries
from armstrace.certificates.actions import issuing, publishing
from armstrace.certificates.models import Certificate
from armstrace.certificates.queries import CertificateFilter
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.licensing import LicenceType
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.certificates import desk

pytestmark = pytest.mark.django_db
LATER = cast.NOW + timedelta(days=1)
SEEN = {"viewer": desk.CLERK, "at": LATER}


def ends(day: date) -> None:
    """Let the register say another end of the licence."""
    stated = HolderInput(
        "H-L-1",
        "Eva Sample",
        licence_number="L-1",
        licence_type=LicenceType.CARRY,
        valid_until=day,
    )
    licensing.correct_holder(stated=stated, reason="moved abroad", **desk.HOW)


def answers(made: Certificate) -> set[Validity]:
    """Check by the records, and by what is handed out."""
    publishing.publish_list(by=desk.CLERK, at=LATER)
    trust = checking.read_trust(queries.trust_file(viewer=desk.CLERK))
    online = queries.check(made.token, **SEEN)
    return {online.answer, checking.check(made.token, trust, LATER).answer}


@pytest.mark.parametrize("first", [date(2027, 6, 30), None])
def test_a_licence_that_ends_earlier_takes_its_certificate_along(first) -> None:
    made = desk.certified(valid_until=first)
    before = answers(made)
    ends(date(2026, 12, 1))

    assert before == {Validity.VALID}
    assert answers(made) == {Validity.REVOKED}
    (said,) = queries.withheld(made.pk, viewer=desk.CLERK)
    assert "shortened" in str(said)
    how = desk.HOW | {"by": desk.COLLEAGUE}
    again = issuing.certify_licence(number="L-1", **how)
    assert answers(again) == {Validity.VALID}


def test_a_licence_that_is_prolonged_leaves_its_certificate_valid() -> None:
    made = desk.certified()
    ends(date(2029, 1, 1))

    assert answers(made) == {Validity.VALID}


def test_a_look_at_a_certificate_is_a_look_at_its_holder() -> None:
    made = desk.certified()
    held = Holder.objects.get()
    page = PageRequest()

    for look in (
        lambda: queries.certificate(made.pk, **SEEN),
        lambda: queries.certificate_rows(CertificateFilter(), page=page, **SEEN),
    ):
        with consultations.gather() as seen:
            look()
        assert list(seen.seen[Holder]) == [held.pk]
