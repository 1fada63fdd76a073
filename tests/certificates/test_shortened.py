"""Certificates that say other than what is on record; who is seen by them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

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
from armstrace.vocabulary.certificates import CertificateState, Validity
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import GroundClass, LicenceType, Restriction
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


def is_called(name: str, at: datetime = cast.NOW) -> None:
    """Let the name of the holder be corrected."""
    how = {"reason": "misread", "sent": ["name"], "by": desk.CLERK, "at": at}
    licensing.correct_holder(stated=HolderInput("H-L-1", name), **how)


def test_a_corrected_name_takes_its_certificate_along_and_asks_for_another() -> None:
    made = desk.certified()
    before = answers(made)
    is_called("Eva Simple")
    seen = {"viewer": desk.CLERK}

    assert before == {Validity.VALID}
    assert answers(made) == {Validity.REVOKED}
    (said,) = queries.withheld(made.pk, **seen)
    assert "name of its holder was corrected" in str(said)
    assert queries.count_outdated(**seen) == 1
    narrowed = CertificateFilter(is_outdated=True)
    (row,) = queries.certificate_rows(narrowed, page=PageRequest(), **SEEN).rows
    assert row.certificate_id == made.pk
    assert queries.certificate_of_licence("L-1", **seen) is None

    how = desk.HOW | {"by": desk.COLLEAGUE}
    again = issuing.certify_licence(number="L-1", **how)

    assert again.name == "Eva Simple"
    assert answers(again) == {Validity.VALID}
    assert answers(made) == {Validity.REVOKED}
    made.refresh_from_db()
    assert made.state is CertificateState.REVOKED
    assert queries.count_outdated(**seen) == 0


def test_the_day_of_a_corrected_name_stays_and_its_return_makes_it_valid() -> None:
    made = desk.certified()
    is_called("Eva Simple")
    licensing.correct_holder(
        stated=HolderInput("H-L-1", "Eva Simple", place="Vilna"),
        reason="moved",
        sent=["place"],
        by=desk.CLERK,
        at=LATER + timedelta(days=3),
    )
    told = queries.check(made.token, viewer=desk.CLERK, at=LATER + timedelta(days=4))
    is_called("eva  SAMPLE", LATER + timedelta(days=5))

    assert told.on == cast.NOW.date()
    assert answers(made) == {Validity.VALID}


def test_another_spelling_by_case_and_another_place_leave_it_valid() -> None:
    made = desk.certified()
    is_called("EVA SAMPLE")

    assert answers(made) == {Validity.VALID}
    assert queries.count_outdated(viewer=desk.CLERK) == 0


def test_a_suspended_licence_is_not_among_those_to_issue_anew() -> None:
    made = desk.certified()
    is_called("Eva Simple")
    licensing.restrict_licence(
        number="L-1",
        act=Restriction.SUSPEND,
        ground=GroundClass.SECURITY,
        reason="alert 7",
        by=cast.LICENSING,
        at=cast.NOW,
    )

    assert answers(made) == {Validity.SUSPENDED, Validity.REVOKED}
    assert queries.count_outdated(viewer=desk.CLERK) == 0


def test_CF_08_a_name_corrected_before_the_signature_is_not_signed(two_people) -> None:
    made = desk.certified()
    is_called("Eva Simple")
    how = {"certificate_id": made.pk, "by": desk.COLLEAGUE, "at": cast.NOW}

    with pytest.raises(RuleBroken) as refused:
        issuing.sign_certificate(**how)

    assert refused.value.rule == "CF-08"
    assert [str(each) for each in queries.withheld(made.pk, viewer=desk.CLERK)]
    issuing.revoke_certificate(reason="the name was misread", **how)
    again = issuing.certify_licence(number="L-1", **desk.HOW)
    assert again.name == "Eva Simple"


def test_a_stranger_counts_no_certificates_to_issue_anew() -> None:
    desk.certified()
    is_called("Eva Simple")

    stranger = replace(desk.CLERK, agency="X-OTHER")

    assert queries.count_outdated(viewer=desk.CLERK) == 1
    assert queries.count_outdated(viewer=stranger) == 0


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("America/Sao_Paulo", "2026-12-05T02:59"),
        ("Pacific/Kiritimati", "2026-12-04T09:59"),
    ],
)
def test_it_is_valid_to_the_end_of_its_last_day_in_its_state(
    settings, zone: str, last: str
) -> None:
    made = desk.certified(valid_until=date(2026, 12, 4))
    settings.TIME_ZONE = zone
    moment = datetime.fromisoformat(f"{last}:00+00:00")
    found = [
        queries.check(made.token, viewer=desk.CLERK, at=moment + timedelta(minutes=n))
        for n in (0, 1)
    ]

    assert [each.answer for each in found] == [Validity.VALID, Validity.EXPIRED]
