"""Several files in one box: each is kept or refused by itself, and named."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.evidence.models import StoredFile
from armstrace.investigations.models import Case, CaseEntry
from armstrace.licensing.models import Application, ApplicationDocument
from tests.licensing import desk
from tests.web.test_cases import OPENED
from tests.web.test_licences import APPLIED

pytestmark = pytest.mark.django_db
SCRIPT = b"%PDF-1.7 <</S/JavaScript/JS()>>"


def text_of(response):
    return html.unescape(response.content.decode())


def pdf(name, more=b""):
    return SimpleUploadedFile(
        name, desk.PDF.replace(b"<<", more + b"\n<<"), "application/pdf"
    )


@pytest.fixture
def attach(at_desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    desk.applicant()
    rita = at_desk("rita")
    rita.post(reverse("licence-apply", args=["possess"]), APPLIED)
    address = reverse("application-act", args=[Application.objects.get().pk, "attach"])

    def send(*files):
        if not files:
            return rita.get(address)
        sent = {"document": "IDENTITY", "file": files}
        return rita.post(address, sent, follow=True)

    return send


def test_documents_of_an_application_are_attached_together(attach):
    assert "multiple" in text_of(attach())

    attach(pdf("a.pdf"), pdf("b.pdf", b"% b"))

    assert ApplicationDocument.objects.count() == 2


def test_of_several_files_the_refused_one_is_named_and_the_others_are_kept(attach):
    page = attach(
        pdf("a.pdf"), SimpleUploadedFile("evil.pdf", SCRIPT), pdf("b.pdf", b"% b")
    )

    assert page.status_code == 422
    said = text_of(page)
    assert "evil.pdf: The PDF is locked, or holds a script" in said
    assert "Kept already: a.pdf, b.pdf." in said
    assert "Nothing has been saved" not in said
    assert ApplicationDocument.objects.count() == 2


def test_each_file_of_a_case_is_an_entry_of_its_own(at_desk, known, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    ines = at_desk("ines")
    ines.post("/cases/open/", {**OPENED, "recovery_ids": f"R{known.recovered[0]}"})
    said = {"text": "letter", "handling": "H0"}
    files = [pdf("a.pdf"), pdf("b.pdf", b"% b"), SimpleUploadedFile("c.pdf", SCRIPT)]

    page = ines.post(
        f"/cases/{Case.objects.get().pk}/add/document/", {**said, "file": files}
    )

    assert "c.pdf: The PDF is locked, or holds a script" in text_of(page)
    assert [entry.text for entry in CaseEntry.objects.all()] == ["letter", "letter"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("n" * 5_000 + ".pdf", "n" * 251 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_kept_without_what_deceives_the_eye(attach, name, kept):
    attach(pdf(name))

    assert StoredFile.objects.get().name_as_given == kept
