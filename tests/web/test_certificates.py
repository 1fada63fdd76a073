"""The pages of certificates."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from armstrace.certificates.models import Certificate
from armstrace.licensing.models import Holder
from armstrace.web.certificates import verifier
from tests.certificates import desk
from tests.registry import trade

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
    again = clerk.get("/certificates/issue/?licence=L-1", follow=True)
    assert "There is already a certificate for L-1" in again.content.decode()
    assert again.request["PATH_INFO"] == f"/certificates/{made.pk}/"


def test_a_dealer_prints_and_downloads_the_certificates_of_the_own_business(at_desk):
    own, other = desk.certified("L-1"), desk.certified("L-2")
    dirk = at_desk("dirk")
    listed = "/trade/certificates/"
    before = dirk.get(listed).content.decode()
    trade.assigned("H-L-1", "DEALER-1")

    page = dirk.get(listed).content.decode()
    file = dirk.get(f"{listed}{own.pk}/")

    assert own.number not in before
    assert own.number in page
    assert "paper-code" in page
    assert other.number not in page
    assert file.content.decode() == own.token
    assert dirk.get(f"{listed}{other.pk}/").status_code == 404


def test_CF_02_a_refusal_is_said_beside_the_form(at_desk):
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
    assert "The list of revoked certificates is dated" in listed.content.decode()


def test_CF_10_what_was_signed_meanwhile_is_not_refused_unseen(at_desk):
    made = desk.certified()
    sent = {"reason": "asked for twice", "seen": "WAITING"}

    page = at_desk("sam").post(f"/certificates/{made.pk}/revoke/", sent)

    assert page.status_code == 409
    assert page.context["form"].refused_by == "CF-10"
    made.refresh_from_db()
    assert made.ended_at is None


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


def test_a_signed_pdf_is_made_and_checked_whole(at_desk):
    pypdf, _ = map(pytest.importorskip, ("pypdf", "pyhanko"))
    desk.licence("L-1")
    clerk = at_desk("rita")
    clerk.post("/certificates/issue/", {"licence": "L-1"})
    made = Certificate.objects.get_queryset().get()

    pdf = clerk.post(f"/certificates/{made.pk}/document/").content

    def checked(content):
        file = SimpleUploadedFile("shown.pdf", content, "application/pdf")
        sent = at_desk("otto").post("/certificates/check/", {"document": file})
        return sent.content.decode()

    lines = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()
    told = [line.split() for line in lines]
    assert ["Of", "L-1"] in told
    assert ["Valid", "until", "30", "Jun", "2027"] in told
    days = [line[1] for line in told if line[:1] == ["Valid"]]
    assert days == ["from", "until"]
    assert "Valid until" in checked(pdf)
    assert "Not a certificate, or altered" in checked(pdf + b"\n")


def test_the_files_for_a_stick_are_a_page_and_what_it_loads(at_desk):
    desk.certified()

    sent = at_desk("otto").get("/certificates/bundle/")

    packed = zipfile.ZipFile(io.BytesIO(sent.content))
    reader = verifier.READER.read_text()
    page = packed.read("verify.html").decode()
    assert reader in page
    page = page.replace(reader, "")
    assert packed.namelist() == ["verify.html", "trust.js"]
    assert packed.read("trust.js").startswith(b"TRUST=")
    assert "http://" not in page
    assert "https://" not in page


def test_pages_name_a_holder_once_the_reason_was_said_on_the_holders_pages(at_desk):
    made = desk.certified()
    holder = Holder.objects.get()
    supervisor = at_desk("sam")
    addresses = ("/certificates/", f"/certificates/{made.pk}/")

    for address in addresses:
        shown = supervisor.get(address).content.decode()
        assert "Eva Sample" not in shown
        assert made.token not in shown
        assert f"/holders/{holder.pk}/" in shown
    supervisor.post(f"/holders/{holder.pk}/", {"reason": "complaint 7"})
    for address in addresses:
        assert "Eva Sample" in supervisor.get(address).content.decode()
