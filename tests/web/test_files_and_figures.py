"""What comes in through intake, what figures say, what the ledger keeps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.audit.models import DigestBlock, Justification
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import Batch, HeldRow
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import RecoveryRecord
from tests.intake import files
from tests.intake.loads import LOADER, NOON, load, recovery, table

pytestmark = pytest.mark.django_db


def test_figures_open_the_records_behind_them(at_desk, known):
    client = at_desk("stan")
    page = client.get(reverse("figures-year", args=[2022])).content.decode()
    address = reverse("figure-records", args=[2022, "metadata", "DENOMINATOR"])
    assert address in page

    behind = client.get(address).content.decode()

    assert reverse("recovery", args=[known.recovered[0]]) in behind
    assert reverse("recovery", args=[known.recovered[1]]) not in behind


def test_figures_as_known_before_anything_was_known_are_empty(at_desk, known):
    page = at_desk("stan").get(reverse("figures") + "?as_of=2020-01-01")

    assert "No recovery was known here on this day" in page.content.decode()


def test_a_day_that_cannot_be_read_is_told(at_desk, known):
    for text in ("yesterday", "2026-13-99"):
        answer = at_desk("stan").get(reverse("figures"), {"as_of": text})
        assert answer.status_code == 422


CSV = (
    "source_number,item_kind,recovery_kind,recovered_on,agency,arm_type,make,serial\n"
    "Q-1,ARM,SEIZED,2024-05-01,PC-NORTE,pistol,Glock,AB123\n"
    "Q-2,ARM,SEIZED,not a day,PC-NORTE,pistol,Glock,AB124\n"
)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def test_a_file_is_seen_loaded_and_its_held_row_mended(at_desk, known, home):
    client = at_desk("ana")
    file = SimpleUploadedFile("new.csv", CSV.encode(), "text/csv")

    seen = client.post(
        reverse("intake"), {"file": file, "kind": "recoveries"}, follow=True
    )
    assert b"would need attention" in seen.content
    address = seen.redirect_chain[-1][0].split("?")[0]
    loaded = client.post(
        address + "load/", {"profile": seen.context["profile"].name}, follow=True
    )
    assert loaded.status_code == 200

    batch = Batch.objects.latest("pk")
    assert (batch.rows_read, batch.rows_loaded, batch.rows_held) == (2, 1, 1)
    held = HeldRow.objects.get(batch=batch)
    client.post(
        reverse("held-row", args=[held.pk]),
        {"recovered_on": "2024-05-02"}
        | {
            name: value for name, value in held.values.items() if name != "recovered_on"
        },
    )
    held.refresh_from_db()
    assert held.state == "MENDED"
    card = client.get(reverse("batch", args=[batch.pk])).context["batch"].card
    assert (card.rows_loaded, card.rows_held) == (2, 0)


def test_a_file_of_another_person_is_not_opened_by_its_token(at_desk, known, home):
    file = SimpleUploadedFile("new.csv", CSV.encode(), "text/csv")
    answer = at_desk("ana").post(
        reverse("intake"), {"file": file, "kind": "recoveries"}
    )

    assert at_desk("sam").get(answer["Location"]).status_code == 404


def test_a_file_that_cannot_be_read_is_told_in_one_sentence(at_desk, known, home):
    file = SimpleUploadedFile("new.xlsx", b"PK\x03\x04 no workbook", "x")
    client = at_desk("ana")
    answer = client.post(reverse("intake"), {"file": file, "kind": "recoveries"})

    assert client.get(answer["Location"]).status_code == 422


def test_the_auditor_reads_the_ledger_and_that_is_an_entry(at_desk, known):
    client = at_desk("audrey")
    client.get(reverse("ledger"))

    page = client.get(reverse("ledger"), {"actor": "audrey"}).content.decode()

    assert "ledger.read" in page


def test_a_file_that_was_cut_off_is_not_taken_for_the_whole(at_desk, known, home):
    client = at_desk("ana")

    def send():
        file = SimpleUploadedFile("new.csv", CSV.encode(), "text/csv")
        return client.post(reverse("intake"), {"file": file, "kind": "recoveries"})

    address = send()["Location"]
    (kept,) = (home / "incoming").iterdir()
    kept.write_bytes(CSV.encode()[:100])
    assert client.get(address).status_code == 404

    again = send()["Location"]

    assert again == address
    assert kept.read_bytes() == CSV.encode()
    assert client.get(address).status_code == 200


def test_a_conflict_shows_both_sides_and_is_settled(at_desk, known, tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1"))))
    recovery_id = RecoveryRecord.objects.latest("pk").recovery_id
    correcting.correct_recovery(
        recovery_id=recovery_id,
        changes=Changes(description={"serial": "XY7654"}),
        reason="photograph",
        by=LOADER,
        at=NOON,
    )
    load(files.csv_file(tmp_path / "b.csv", table(recovery("1", serial="NEW123"))))
    held = HeldRow.objects.get()
    client = at_desk("ana")
    address = reverse("held-row", args=[held.pk])

    page = client.get(address).content.decode()
    done = client.post(
        reverse("held-settle", args=[held.pk]),
        {"settlement": "TAKE", "reason": "the force is right"},
        follow=True,
    )

    assert "XY7654" in page
    assert "NEW123" in page
    assert "loaded as a correction" in done.content.decode()
    record = RecoveryRecord.objects.current().get(recovery_id=recovery_id)
    assert record.serial_as_marked == "NEW123"


def test_a_held_row_names_its_person_only_to_whoever_may_see_holders(
    at_desk, known, tmp_path, settings
):
    settings.HOME = tmp_path
    row = recovery("1", recovered_on="no day", taken_from="Person Ten")
    load(files.csv_file(tmp_path / "a.csv", table(row)))
    address = reverse("held-row", args=[HeldRow.objects.get().pk])
    client = at_desk("stan")

    answer = client.post(address, {"show_person": "just so"})

    assert answer.status_code == 403
    assert b"Person Ten" not in answer.content
    assert b"show_person" not in client.get(address).content


def test_the_form_of_a_held_row_tells_all_that_is_wrong_at_once(
    at_desk, known, tmp_path
):
    wrong = recovery("1", recovered_on="no day", recovery_kind="PERHAPS", country="Oz")
    load(files.csv_file(tmp_path / "a.csv", table(wrong)))
    address = reverse("held-row", args=[HeldRow.objects.get().pk])

    told = at_desk("ana").post(address, wrong | {"make": "CZ"})

    errors = told.context["form"].errors
    assert errors.keys() >= {"recovered_on", "recovery_kind", "country"}


HOLDERS = [["holder_number", "name", "place"], ["H-50", "Person Ten", "Low Street 4"]]


def test_a_report_names_persons_only_to_whoever_may_see_and_says_why(
    at_desk, known, home
):
    path = files.csv_file(home / "holders.csv", HOLDERS)
    batch = load(path, IntakeKind.HOLDERS)
    address = reverse("batch-every-row", args=[batch.pk])

    blank = b"".join(at_desk("stan").get(address).streaming_content).decode()
    sam = at_desk("sam")
    page = sam.get(reverse("batch", args=[batch.pk])).content.decode()
    unreasoned = sam.get(address)
    whole = b"".join(sam.post(address, {"reason": "to mend"}).streaming_content)

    assert "H-50" in blank
    assert "Person Ten" not in blank
    assert "Low Street" not in blank
    assert 'name="reason"' in page
    assert unreasoned.status_code == 422
    assert b"Person Ten" in whole
    assert Justification.objects.get().text == "to mend"
    shown = DigestBlock.objects.filter(label="licensing.holder", kind="SEEN")
    assert shown.exists()


def test_held_rows_leave_without_persons_for_a_statistician(at_desk, known, home):
    row = recovery("1", recovered_on="no day", taken_from="Person Ten")
    batch = load(files.csv_file(home / "a.csv", table(row)))

    sent = at_desk("stan").get(reverse("batch-report", args=[batch.pk]))

    told = b"".join(sent.streaming_content).decode()
    assert "no day" in told
    assert "Person Ten" not in told
