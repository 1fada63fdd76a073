"""From the arm to the certificate in two languages, and back when it fires again."""

import io
import re

import pytest
from django.urls import reverse

from armstrace.certificates.models import Certificate
from armstrace.deactivations.models import Deactivation
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.deactivation import VerifiedCheck
from tests.deactivations import desk
from tests.deactivations.conftest import key_folder  # noqa: F401 -- fixture
from tests.ledger_guard import written_directly


@pytest.fixture
def made(known, at_desk):
    """Have the clerk record the deactivation of an arm from its page."""
    clerk = at_desk("rita")
    address = reverse("deactivation-record") + f"?arm=A{known.arms[1]}"
    assert address in clerk.get(reverse("arm", args=[known.arms[1]])).content.decode()
    stated = {
        "arm": f"A{known.arms[1]}",
        "kind": "PISTOL",
        "performed_on": "2026-02-20",
        "performed_by": "Old Mill Gunsmiths",
        "parts": ["FRAME_OR_RECEIVER", "BARREL"],
    }
    clerk.post(reverse("deactivation-record"), stated)
    return Deactivation.objects.get()


def sign(client, made, **changes):
    changes = {"parts": desk.PARTS[:3], "checks": desk.BOTH} | changes
    changes.setdefault("marked", changes["parts"])
    signed = desk.signed(**changes)
    told = {
        "parts": [each.value for each in signed.parts],
        "marked": [each.value for each in signed.marked],
        "checks": [each.value for each in signed.checks],
        **{n: getattr(signed, n) for n in ("verified_by", "signatory", "title")},
        "reason": signed.reason,
    }
    return client.post(reverse("deactivation-verify", args=[made.pk]), told)


def test_DA_02_a_verifier_who_leaves_a_part_open_reads_which(made, at_desk):
    elena = at_desk("elena")

    answer = sign(elena, made, parts=desk.PARTS[:2])

    assert answer.status_code == 409
    assert "slide or cylinder" in answer.content.decode()
    assert "deactivations to verify" in elena.get(reverse("today")).content.decode()


def test_DA_40_a_verifier_ticks_the_mark_of_each_part(made, at_desk, settings):
    settings.PROFILE = "eu"
    elena = at_desk("elena")

    asked = elena.get(reverse("deactivation-verify", args=[made.pk])).content.decode()
    checks = [each for each in VerifiedCheck if each is not VerifiedCheck.MARKED]
    answer = sign(elena, made, parts=desk.PARTS, checks=checks, marked=())

    assert asked.count('name="marked"') == len(desk.PARTS)
    assert answer.status_code == 409
    assert "The mark of deactivation was not seen" in answer.content.decode()


def test_DA_40_without_a_mark_the_verifier_says_why_and_the_record_says_so(
    made, at_desk
):
    elena, page = at_desk("elena"), reverse("deactivation", args=[made.pk])
    refused = sign(elena, made, marked=(), reason="")
    assert refused.status_code == 409
    assert "DA-40" in refused.content.decode()

    sign(elena, made, marked=(), reason="the certificate attests it")

    shown = elena.get(page).content.decode()
    assert re.search(r"mark of deactivation</dt><dd><bdi>not marked<", shown)
    assert "the certificate attests it" in shown


def test_the_certificate_is_printed_in_two_languages_once_it_is_signed(made, at_desk):
    elena, paper = at_desk("elena"), reverse("deactivation-paper", args=[made.pk])
    assert sign(elena, made).status_code == 302
    assert elena.get(paper).status_code == 404
    waiting = Certificate.objects.get()

    at_desk("rita").post(reverse("certificate-sign", args=[waiting.pk]))

    printed = elena.get(paper).content.decode()
    assert re.findall(r'<section class="sheet" lang="(..)"', printed)[1] == "en"
    for said in ("Old Mill Gunsmiths", "Vera Proof", "Proof master", "FP-9"):
        assert printed.count(said) == 2
    listed = elena.get(reverse("deactivations") + "?state=VERIFIED&format=csv")
    assert made.reference in b"".join(listed.streaming_content).decode()


@pytest.mark.parametrize("name", ["cleo", "rita"])
def test_the_signed_pdf_names_the_arm_whoever_of_the_office_makes_it(
    made, at_desk, people, name
):
    pypdf, _ = map(pytest.importorskip, ("pypdf", "pyhanko"))
    sign(at_desk("elena"), made)
    waiting = Certificate.objects.get()
    at_desk("rita").post(reverse("certificate-sign", args=[waiting.pk]))
    with written_directly():
        Certificate.objects.update(agency=people[name].agency.code)
    arm = ArmRecord.objects.current().get(arm=made.arm_id)

    pdf = at_desk(name).post(reverse("certificate-document", args=[waiting.pk]))

    words = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split()
    printed = " ".join(words)
    for said in (arm.make_as_written, arm.serial_as_marked, "Vera Proof"):
        assert said in printed


def test_DA_12_nobody_is_asked_to_decide_again(made, at_desk):
    elena = at_desk("elena")
    sign(elena, made)

    for name in ("deactivation-verify", "deactivation-refuse"):
        shown = elena.get(reverse(name, args=[made.pk]))
        assert shown.status_code == 409
        assert "has already been decided" in shown.content.decode()


def test_what_fires_again_is_on_record_with_its_siblings(made, at_desk):
    elena, ines = at_desk("elena"), at_desk("ines")
    sign(elena, made)
    sibling = desk.recorded("G-2")
    desk.verify(sibling)

    answer = ines.post(
        reverse("deactivation-find", args=[made.pk]),
        {"found_on": "2026-02-28", "said": "it was test-fired"},
        follow=True,
    )

    shown = answer.content.decode()
    assert "Illicit reactivation of deactivated firearms. (OPT-2)" in shown
    assert reverse("deactivation", args=[sibling.pk]) in shown
    status = re.search(r"<dt>Status</dt>\s*<dd>(.*?)</dd>", shown, re.DOTALL)
    assert "fires again" in status[1]
    assert "It fires again" not in shown
    assert "Record a further finding" in shown


def test_the_page_of_an_arm_says_that_it_fires_again(made, at_desk):
    elena, arm = at_desk("elena"), reverse("arm", args=[made.arm_id])
    sign(elena, made)
    there = reverse("deactivation", args=[made.pk])
    assert "Inoperable for good" in elena.get(there).content.decode()
    assert there not in elena.get(arm).content.decode()

    desk.fires_again(made)

    assert there in elena.get(arm).content.decode()


def test_a_refused_deactivation_says_why(made, at_desk):
    address = reverse("deactivation-refuse", args=[made.pk])

    answer = at_desk("elena").post(address, {"reason": "it turns"}, follow=True)

    assert "it turns" in answer.content.decode()
    assert at_desk("otto").get(reverse("deactivations")).status_code == 403


def test_DA_11_the_form_of_a_verification_is_closed_to_who_recorded(made, at_desk):
    with written_directly():
        Deactivation.objects.filter(pk=made.pk).update(recorded_by="elena")

    for name in ("deactivation-verify", "deactivation-refuse"):
        answer = at_desk("elena").get(reverse(name, args=[made.pk]))
        assert answer.status_code == 409
        assert "DA-11" in answer.content.decode()
