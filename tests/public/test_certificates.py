"""The public check of a certificate: an answer by its code, and no name."""

import pytest

from armstrace.vocabulary.licensing import Restriction
from tests.certificates import desk

pytestmark = pytest.mark.django_db
ADDRESS = "/public/certificate/"


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path)


def test_everyone_checks_a_certificate_by_its_code_and_reads_no_name(client):
    made = desk.certified()

    sent = client.post(ADDRESS, {"code": f" {made.token} "})

    shown = sent.content.decode()
    assert "Valid until" in shown
    assert "licence · carry" in " ".join(shown.split())
    assert "Eva Sample" not in shown
    assert sent.headers["Cache-Control"] == "no-store"
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(
    ("cut", "said"), [(-2, "Not a certificate, or altered"), (2, "no code of a")]
)
def test_everyone_reads_that_a_code_is_altered_or_none(client, cut, said):
    made = desk.certified()

    assert said in client.post(ADDRESS, {"code": made.token[:cut]}).content.decode()


def test_everyone_reads_that_a_certificate_was_revoked(client):
    made = desk.revoke(desk.certified())

    shown = client.post(ADDRESS, {"code": made.token}).content.decode()

    assert "Revoked on" in shown
    assert "the licence was withdrawn" not in shown


def test_everyone_reads_that_a_licence_is_suspended_and_not_that_it_is_revoked(client):
    made = desk.certified()
    code = {"code": made.token}
    desk.restrict(Restriction.SUSPEND)

    suspended = client.post(ADDRESS, code).content.decode()
    desk.restrict(Restriction.REINSTATE)
    again = client.post(ADDRESS, code).content.decode()
    desk.restrict(Restriction.REVOKE)
    revoked = client.post(ADDRESS, code).content.decode()

    assert "Suspended on" in suspended
    assert "Revoked" not in suspended
    assert "Valid until" in again
    assert "Revoked on" in revoked


def test_the_page_of_signing_in_leads_to_the_check(client):
    assert f'href="{ADDRESS}"' in client.get("/sign-in/").content.decode()
    assert "<textarea" in client.get(ADDRESS).content.decode()
