"""A lot in the browser, from its opening to its certificate."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from armstrace.analysis.synthetic.pictures import plate
from armstrace.custody.models import CustodyEvent
from armstrace.disposal.models import Lot, LotRecord
from tests.custody.desk import decided
from tests.web import test_custody
from tests.web.test_custody import act, text
from tests.web.test_work import PNG

cleo, exhibit = test_custody.cleo, test_custody.exhibit
ANSWERS = {"title": "CONFISCATED", "claims": "CLAIM_ENDED", "release": "RELEASED"}


def decide(client, exhibit, condition, **said):
    given = {"authority": "Court", "document": "12/26", "decided_on": "2025-07-01"}
    address = reverse("disposal-decide", args=[exhibit.reference, condition])
    return client.post(address, given | said)


def do(client, lot, slug, **said):
    return client.post(reverse("lot-act", args=[lot.pk, slug]), said)


def test_DX_01_a_custodian_destroys_an_exhibit_in_a_lot_when_all_is_decided(
    exhibit, cleo, at_desk
):
    page = reverse("disposal-item", args=[exhibit.reference])
    assert "No final decision on the confiscation" in text(cleo.get(page))
    for condition, answer in ANSWERS.items():
        assert decide(cleo, exhibit, condition, answer=answer).status_code == 302
    decided(exhibit)
    assert decide(cleo, exhibit, "check").status_code == 302
    # A stolen pistol on the register bears the number, but for a sign not read.
    assert "not reported lost or stolen" not in text(cleo.get(page))
    assert decide(cleo, exhibit, "nothing").status_code == 404
    act(cleo, exhibit, "proposed", way_out="DESTROY", reason="case closed")
    act(at_desk("sam"), exhibit, "approved", reason="all is decided")

    given = {"method": "SHREDDED", "works": "Steel works", "place": "Hill"}
    cleo.post(reverse("lot-open"), given)
    lot = Lot.objects.get()
    assert exhibit.reference in text(cleo.get(reverse("lots")))
    assert "is not the number of" in text(do(cleo, lot, "put-in", items="R1"))
    assert do(cleo, lot, "put-in", items=exhibit.reference).status_code == 302
    for name in ("Wanda", "Ulla"):
        do(cleo, lot, "witness", name=name, body="Observatory", is_observer="on")
    assert "cannot be destroyed yet" in text(cleo.get(reverse("lot", args=[lot.pk])))
    for moment, shown in (("BEFORE", PNG), ("AFTER", plate(["AB123"], seed=2))):
        picture = SimpleUploadedFile(f"{moment}.png", shown, "image/png")
        do(cleo, lot, "photograph", moment=moment, photograph=picture)
    ended = {"destroyed_on": timezone.localdate().isoformat(), "count_out": "2"}
    refused = do(cleo, lot, "end", **ended)
    assert refused.status_code == 409
    assert "Arms in the lot: 1; arms counted: 2" in text(refused)
    assert do(cleo, lot, "end", **ended | {"count_out": "1"}).status_code == 302

    assert CustodyEvent.objects.current().get().way_out_state == "CARRIED_OUT"
    assert do(cleo, lot, "certify").status_code == 302
    shown = text(cleo.get(reverse("lot", args=[lot.pk])))
    assert "waiting for a second person" in shown
    certificates = text(cleo.get(reverse("certificates") + "?state=WAITING"))
    assert "Name, or arms destroyed" in certificates
    assert "1 arm; Observatory" in certificates
    history = shown.partition("history-head")[2]
    assert "observer: <bdi>Wanda</bdi>, <bdi>Observatory</bdi>" in history
    assert "photograph: before" in history
    taken = reverse("lot-photograph", args=[lot.pk, lot.photographs.first().pk])
    assert cleo.get(taken).headers["Content-Type"] == "image/png"
    listed = cleo.get(reverse("lots") + "?is_destroyed=yes&format=csv")
    assert b"Y1" in b"".join(listed.streaming_content)


def test_an_arm_is_taken_out_and_a_lot_is_corrected_with_a_reason(cleo, exhibit):
    cleo.post(reverse("lot-open"), {"method": "CUT", "works": "Works", "place": "Hill"})
    lot = Lot.objects.get()
    said = {"method": "MELTED", "works": "Works", "place": "Hill"}

    assert do(cleo, lot, "correct", **said).status_code == 422
    assert do(cleo, lot, "correct", reason="misread", **said).status_code == 302
    assert LotRecord.objects.current().get().method == "MELTED"
    assert do(cleo, lot, "take-out", item="E9", reason="wrong").status_code == 422
    assert cleo.get(reverse("lot-act", args=[lot.pk, "burn"])).status_code == 404


def test_an_officer_sees_no_lot(at_desk):
    assert at_desk("otto").get(reverse("lots")).status_code == 403
