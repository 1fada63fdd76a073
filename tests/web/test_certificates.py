"""The pages of certificates."""

import pytest

from armstrace.certificates.models import Certificate
from armstrace.licensing.models import Holder
from tests.certificates import desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path)


def test_a_clerk_issues_a_certificate_from_the_page_of_a_holder(at_desk):
    desk.licence("L-1")
    clerk = at_desk("rita")
    holder = clerk.get(f"/holders/{Holder.objects.get().pk}/").content.decode()
    assert "/certificates/issue/?licence=L-1" in holder

    sent = clerk.post("/certificates/issue/", {"licence": "L-1"}, follow=True)

    made = Certificate.objects.get_queryset().get()
    shown = sent.content.decode()
    assert made.number in shown
    assert "paper-code" in shown
    assert made.number in clerk.get("/certificates/").content.decode()


def test_CE_02_a_refusal_is_said_beside_the_form(at_desk):
    sent = at_desk("rita").post("/certificates/issue/", {"licence": "L-404"})

    assert sent.status_code == 422
    assert "There is no licence L-404" in sent.content.decode()


def test_a_clerk_revokes_a_certificate_and_publishes_the_list(at_desk):
    made = desk.certified()
    supervisor = at_desk("sam")

    sent = supervisor.post(
        f"/certificates/{made.pk}/revoke/", {"reason": "withdrawn"}, follow=True
    )
    assert "withdrawn" in sent.content.decode()
    listed = at_desk("rita").post("/certificates/publish/", follow=True)
    assert "The list of revoked certificates is of" in listed.content.decode()


def test_an_officer_checks_what_somebody_shows(at_desk):
    made = desk.certified()
    officer = at_desk("otto")
    assert officer.get("/certificates/").headers["Location"] == "/certificates/check/"

    sent = officer.post("/certificates/check/", {"code": f" {made.token}\n"})
    shown = sent.content.decode()
    assert "Valid until" in shown
    assert "Eva Sample" in shown
    sent = officer.post("/certificates/check/", {"code": made.token[:-2]})
    assert "Not a certificate, or altered" in sent.content.decode()
    assert "Eva Sample" not in sent.content.decode()
