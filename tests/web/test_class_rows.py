"""Each count by class, before and after a file is loaded, opens its rows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.intake.models import Batch
from tests.intake import files
from tests.intake.loads import load, recovery, table

pytestmark = pytest.mark.django_db
ROWS = table(
    recovery("1", arm_type="Pistol"),
    recovery("2", arm_type="knife"),
    recovery("3", arm_type="revolver", recovery_kind="STATE_ARM", serial="XYZ9"),
)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def test_a_count_of_the_preview_opens_the_rows_of_the_file(at_desk, known, tmp_path):
    client = at_desk("ana")
    path = files.csv_file(tmp_path / "a.csv", ROWS)
    file = SimpleUploadedFile("a.csv", path.read_bytes(), "text/csv")
    answer = client.post(reverse("intake"), {"file": file}, follow=True)
    classes = answer.context["classes"]
    token = answer.request["PATH_INFO"].split("/")[3]

    assert classes == {"NOT_AN_ARM": 1, "SEIZED": 1, "STATE_ARM": 1}
    for code in classes:
        address = reverse("intake-file-class", args=[token, code])
        assert address in answer.content.decode()
        shown = client.get(address, {"profile": "armstrace-recoveries"})
        assert len(shown.context["rows"]) == 1
    assert [row.row for row in shown.context["rows"]] == [4]
    assert "XYZ9" in shown.content.decode()


def test_a_count_of_a_loaded_file_opens_its_rows(at_desk, known, tmp_path):
    load(files.csv_file(tmp_path / "a.csv", ROWS))
    batch = Batch.objects.get()
    client = at_desk("ana")
    page = client.get(reverse("batch", args=[batch.pk])).content.decode()

    for code, count in batch.arms_by_class.items():
        address = reverse("batch-class", args=[batch.pk, code])
        assert address in page
        assert len(client.get(address).context["rows"]) == count


def test_the_page_of_a_load_is_shown_anew_when_the_load_has_ended(
    at_desk, known, tmp_path
):
    load(files.csv_file(tmp_path / "a.csv", ROWS))
    address = reverse("batch", args=[Batch.objects.get().pk])

    part = at_desk("ana").get(address, headers={"HX-Request": "true"})

    assert part["HX-Refresh"] == "true"
    assert "Rows read: " not in part.content.decode()


def test_a_class_that_is_none_is_not_found(at_desk, known, tmp_path):
    load(files.csv_file(tmp_path / "a.csv", ROWS))
    address = reverse("batch-class", args=[Batch.objects.get().pk, "NOTHING"])

    assert at_desk("ana").get(address).status_code == 404


def test_a_file_that_is_gone_is_said_to_be_gone_and_not_linked(
    at_desk, known, tmp_path
):
    path = files.csv_file(tmp_path / "a.csv", ROWS)
    load(path)
    batch = Batch.objects.get()
    path.unlink()
    client = at_desk("ana")
    page = client.get(reverse("batch", args=[batch.pk])).content.decode()
    address = reverse("batch-class", args=[batch.pk, "SEIZED"])
    shown = client.get(address)

    assert address not in page
    assert "The file is no longer here" in page
    assert shown.status_code == 404
    assert "a.csv is no longer here" in shown.content.decode()
