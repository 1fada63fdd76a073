"""Certificates: issued of what is on record, revoked, and checked by anybody."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from armstrace.analysis.certificates import checking, numbers
from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.certificates import queries
from armstrace.certificates.actions import issuing, keys, publishing
from armstrace.certificates.models import Certificate, CertificateKey
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.certificates import CertificateState, Validity
from armstrace.vocabulary.errors import (
    NotFound,
    NotPermitted,
    RuleBroken,
    SourceUnavailable,
)
from armstrace.vocabulary.licensing import Restriction
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.certificates import desk

pytestmark = pytest.mark.django_db
LATER = cast.NOW + timedelta(days=1)


def answer(made: Certificate, days: int = 0) -> checking.Checked:
    """Check without the records, by what is handed out."""
    trust = checking.read_trust(queries.trust_file(viewer=desk.CLERK))
    return checking.check(made.token, trust, cast.NOW + timedelta(days=days))


def publish(at=LATER) -> None:
    publishing.publish_list(by=desk.CLERK, at=at)


def broken(act) -> str:
    with pytest.raises(RuleBroken) as refused:
        act()
    return refused.value.rule


def test_a_certificate_says_what_is_on_record_and_is_valid_anywhere() -> None:
    made = desk.certified()
    publish()

    found = answer(made, days=2)

    assert found.answer is Validity.VALID
    assert found.stated.name == "Eva Sample"
    assert found.stated.subject == "L-1"
    assert found.stated.last_day == date(2027, 6, 30)
    assert len(made.token) <= 350


def test_a_revoked_one_is_known_with_its_day_from_the_next_list_on() -> None:
    made = desk.certified()
    publish()
    desk.revoke(made)

    assert answer(made, days=2).answer is Validity.VALID
    publish(LATER + timedelta(hours=1))
    found = answer(made, days=2)
    assert (found.answer, found.on) == (Validity.REVOKED, cast.NOW.date())


def test_what_no_published_list_names_yet_is_counted() -> None:
    _, made = desk.certified(), desk.certified("L-2")
    publish(cast.NOW - timedelta(hours=1))
    assert queries.count_unpublished(viewer=desk.CLERK) == 0

    desk.revoke(made)
    desk.restrict(Restriction.SUSPEND)
    assert queries.count_unpublished(viewer=desk.CLERK) == 2

    publish(LATER)
    assert queries.count_unpublished(viewer=desk.CLERK) == 0


def test_it_expires_after_its_last_day_and_not_on_it() -> None:
    made = desk.certified(valid_until=cast.NOW.date() + timedelta(days=3))
    publish()

    assert answer(made, days=3).answer is Validity.VALID
    assert answer(made, days=4).answer is Validity.EXPIRED


def test_a_list_that_is_too_old_is_said_with_its_days() -> None:
    made = desk.certified()
    assert answer(made).answer is Validity.LIST_TOO_OLD
    publish(cast.NOW)

    assert answer(made, days=30).answer is Validity.VALID
    found = answer(made, days=31)
    assert (found.answer, found.list_days) == (Validity.LIST_TOO_OLD, 31)


def test_another_issuer_is_not_known() -> None:
    made = desk.certified()
    nobody = checking.Trust({}, {})

    found = checking.check(made.token, nobody, cast.NOW)
    assert (found.answer, found.stated) == (Validity.UNKNOWN_ISSUER, None)


def test_what_an_earlier_key_signed_stays_valid_and_what_it_signs_later_does_not(
    key_folder: Path,
) -> None:
    made = desk.certified()
    first = CertificateKey.objects.get_queryset().get()
    keys.rotate_key(by=cast.SYSTEM, at=LATER)
    publish(LATER)
    second = issuing.certify_licence(
        number=desk.licence("L-2"), by=desk.CLERK, at=LATER + timedelta(days=1)
    )

    assert answer(made, days=2).answer is Validity.VALID
    assert answer(second, days=2).answer is Validity.VALID
    assert second.number.rsplit("-", 2)[0] == made.number.rsplit("-", 2)[0]
    first.refresh_from_db()
    assert first.ended_at == LATER
    files = list(key_folder.iterdir())
    assert len(files) == 2
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in files)
    seeds = [each.read_text().strip() for each in files]
    assert not any(seed in str(first.__dict__) for seed in seeds)


def test_a_key_whose_file_is_gone_signs_nothing(key_folder: Path) -> None:
    desk.certified()
    next(key_folder.iterdir()).unlink()

    with pytest.raises(SourceUnavailable):
        desk.certified("L-2")
    assert Certificate.objects.get_queryset().count() == 1


def test_CF_01_a_certificate_is_not_revoked_without_a_reason() -> None:
    made = desk.certified()

    assert broken(lambda: desk.revoke(made, " ")) == "CF-01"
    made.refresh_from_db()
    assert made.state is CertificateState.ISSUED


@pytest.mark.parametrize(
    "dates",
    [
        {"valid_until": cast.NOW.date() - timedelta(days=1)},
        {"valid_from": cast.NOW.date() + timedelta(days=1)},
    ],
)
def test_CF_02_a_licence_that_is_not_valid_today_gets_none(dates) -> None:
    assert broken(lambda: desk.certified(**dates)) == "CF-02"
    assert not Certificate.objects.get_queryset().exists()


@pytest.mark.parametrize("act", [Restriction.SUSPEND, Restriction.REVOKE])
def test_CF_02_a_suspended_or_revoked_licence_gets_none(act: Restriction) -> None:
    number = desk.licence()
    desk.restrict(act)

    assert broken(lambda: issuing.certify_licence(number=number, **desk.HOW)) == "CF-02"


def test_CF_02_nobody_signs_for_a_licence_that_was_suspended_meanwhile(
    two_people,
) -> None:
    made = desk.certified()
    desk.restrict(Restriction.SUSPEND)

    def sign() -> object:
        return issuing.sign_certificate(
            certificate_id=made.pk, by=desk.COLLEAGUE, at=cast.NOW
        )

    assert broken(sign) == "CF-02"


def test_the_certificate_of_a_suspended_licence_counts_as_revoked_while_it_is() -> None:
    made = desk.certified()
    desk.restrict(Restriction.SUSPEND)
    publish()

    found = queries.check(made.token, viewer=desk.CLERK, at=LATER)
    (said,) = queries.withheld(made.pk, viewer=desk.CLERK)
    offline = answer(made, days=2)

    assert found.answer is Validity.SUSPENDED
    assert offline.answer is Validity.REVOKED
    assert "Revoked or suspended on" in str(offline.sentence)
    assert found.on == offline.on == cast.NOW.date()
    assert "counts as revoked" in str(said)
    desk.restrict(Restriction.REINSTATE, LATER)
    publish(LATER)
    assert queries.withheld(made.pk, viewer=desk.CLERK) == []
    assert answer(made, days=2).answer is Validity.VALID
    again = queries.check(made.token, viewer=desk.CLERK, at=LATER)
    assert again.answer is Validity.VALID


def test_CF_03_a_licence_has_one_certificate_until_it_is_revoked() -> None:
    made = desk.certified()

    again = lambda: issuing.certify_licence(number="L-1", **desk.HOW)  # noqa: E731
    assert broken(again) == "CF-03"
    desk.revoke(made)
    assert again().state is CertificateState.ISSUED


def test_CF_04_who_asked_does_not_sign_where_the_profile_asks_for_two(
    two_people,
) -> None:
    made = desk.certified()
    assert (made.state, made.token) == (CertificateState.WAITING, "")

    counted = [
        queries.waiting_count(viewer=each) for each in (desk.CLERK, desk.COLLEAGUE)
    ]
    assert counted == [0, 1]
    sign = {"certificate_id": made.pk, "at": LATER}
    assert broken(lambda: issuing.sign_certificate(by=desk.CLERK, **sign)) == "CF-04"
    signed = issuing.sign_certificate(by=desk.COLLEAGUE, **sign)
    publish()
    assert answer(signed, days=2).answer is Validity.VALID
    assert broken(lambda: issuing.sign_certificate(by=desk.COLLEAGUE, **sign)) == (
        "CF-06"
    )


def test_a_certificate_that_waits_can_be_refused_and_has_no_number(two_people) -> None:
    made = desk.revoke(desk.certified(), "the address is wrong")

    assert (made.state, made.number) == (CertificateState.REFUSED, None)


def test_CF_05_a_number_for_which_the_code_has_no_room_is_refused() -> None:
    assert broken(lambda: desk.certified("Ω" * 60)) == "CF-05"
    assert not Certificate.objects.get_queryset().exists()


def test_a_long_name_is_cut_so_that_the_code_stays_small() -> None:
    made = desk.certified(name="ﻣﺤﻤﺪ " * 40)
    publish()

    found = answer(made, days=2)
    assert len(made.token) <= 350
    assert found.stated.name.endswith("…")


def test_CF_06_a_certificate_is_revoked_once() -> None:
    made = desk.revoke(desk.certified())

    assert broken(lambda: desk.revoke(made)) == "CF-06"


def test_the_records_know_what_no_list_shows_yet() -> None:
    made = desk.certified()
    known = lambda text: queries.check(text, viewer=cast.OFFICER, at=LATER).answer  # noqa: E731
    assert known(made.token) is Validity.VALID

    desk.revoke(made)

    assert known(made.token) is Validity.REVOKED


def test_what_our_key_signed_and_no_record_holds_is_not_genuine() -> None:
    """A stolen key signs well; the register says that nobody issued it."""
    made = desk.certified()
    token = made.token
    other = desk.certified("L-2")

    with desk.written_directly():
        Certificate.objects.filter(pk=made.pk).update(token=other.token)
    found = queries.check(token, viewer=desk.CLERK, at=LATER)
    assert found.answer is Validity.NOT_GENUINE


def test_a_number_is_found_as_a_person_types_it() -> None:
    made = desk.certified()
    typed = made.number.lower().replace("-", " ").replace("0", "o")

    page = queries.certificate_rows(
        queries.CertificateFilter(typed),
        viewer=desk.CLERK,
        at=LATER,
        page=PageRequest(),
    )
    assert [row.number for row in page.rows] == [made.number]
    assert queries.certificate_called(typed, viewer=desk.CLERK) == made.pk
    with pytest.raises(NotFound, match="no certificate XV-1 here"):
        queries.certificate_called("XV-1", viewer=desk.CLERK)


def test_a_number_that_another_office_gave_is_never_taken_for_an_own() -> None:
    own = numbers.serial_of(desk.certified().number)
    foreign = numbers.number_of("XV-BCDFGH", own)

    with pytest.raises(NotFound, match=f"no certificate {foreign} here"):
        queries.certificate_called(foreign, viewer=desk.CLERK)


def test_an_officer_checks_certificates_and_neither_sees_nor_issues_any() -> None:
    made = desk.certified()

    with pytest.raises(NotPermitted):
        queries.certificate(made.pk, viewer=cast.OFFICER, at=LATER)
    with pytest.raises(NotPermitted):
        issuing.certify_licence(number="L-1", by=cast.OFFICER, at=LATER)
    with pytest.raises(NotPermitted):
        publishing.publish_list(by=cast.OFFICER, at=LATER)


def test_a_clerk_of_another_office_revokes_none_of_ours() -> None:
    made = desk.certified()
    other = cast.actor(cast.Role.REGISTRAR, "ELSE")

    with pytest.raises(NotPermitted):
        issuing.revoke_certificate(
            certificate_id=made.pk, reason="not ours", by=other, at=LATER
        )


def test_every_act_is_in_the_ledger_and_proves(settings, tmp_path) -> None:
    desk.revoke(desk.certified())
    publish()

    acts = set(LedgerEntry.objects.values_list("act", flat=True))
    assert {
        "certificate.asked",
        "certificate.revoked",
        "certificate.list_published",
    } <= acts
    assert verify.verify().is_sound


def test_a_name_and_the_code_that_holds_it_are_shown_for_a_reason_on_the_ledger():
    made = desk.certified()
    viewer = cast.actor(Role.AUDITOR, "VFO")

    def row(**given):
        return queries.certificate_row(made.pk, viewer=viewer, at=LATER, **given)

    assert (row().name, row().token) == ("H-L-1", "")
    assert not LedgerEntry.objects.filter(act="certificate.viewed").exists()
    told = row(reason="complaint 7")
    assert (told.name, told.token) == ("Eva Sample", made.token)
    assert LedgerEntry.objects.get(act="certificate.viewed").actor == viewer.name


def test_blanks_and_line_ends_around_a_code_alter_nothing():
    made = desk.certified()

    for shown in (f" {made.token}", f"{made.token}\n"):
        found = queries.check(shown, viewer=desk.CLERK, at=LATER)
        assert found.answer is Validity.VALID


def test_CF_09_no_document_is_made_of_one_that_counts_as_revoked() -> None:
    made = desk.certified()
    (row,) = queries.certificate_rows(
        queries.CertificateFilter(), viewer=desk.CLERK, at=cast.NOW, page=PageRequest()
    ).rows
    assert not row.is_failing
    desk.restrict(Restriction.SUSPEND)

    def sign() -> object:
        return issuing.sign_document(certificate_id=made.pk, pdf=b"%PDF", **desk.HOW)

    (row,) = queries.certificate_rows(
        queries.CertificateFilter(), viewer=desk.CLERK, at=cast.NOW, page=PageRequest()
    ).rows
    assert row.is_failing
    assert broken(sign) == "CF-09"
    desk.revoke(made)
    assert broken(sign) == "CF-09"


def test_the_licence_of_a_certificate_is_told_to_whom_may_see_it() -> None:
    made = desk.certified()

    held, terms = queries.licence_certified(made.pk, viewer=desk.CLERK) or (None, None)

    assert held is not None
    assert held.number == "L-1"
    assert terms is None
    with pytest.raises(NotPermitted):
        queries.licence_certified(made.pk, viewer=cast.OFFICER)
