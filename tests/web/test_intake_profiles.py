"""A file's columns and values are mapped in the page; profiles are kept in order."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.intake.models import Batch, ColumnProfile, HeldRow
from armstrace.recoveries.models import RecoveryRecord
from tests.intake import files
from tests.intake.loads import LATER, load, recovery, table
from tests.intake.test_foretelling import correct

pytestmark = pytest.mark.django_db

CSV = (
    "Acta,Fecha,Situación,Marca,Matrícula,Oficina\n"
    "1,25/03/2019,RETENIDA,Bersa,A12345,Norte\n"
    "2,26/03/2019,INCAUTADA,Rossi,B23456,Norte\n"
)
GIVEN = {
    "name": "actas",
    "source": "POLICE",
    "date_order": "dmy",
    "column-0": "case_number",
    "column-1": "recovered_on",
    "column-2": "recovery_kind",
    "column-3": "make",
    "column-4": "serial",
    "column-5": "",
}
PROFILE = """
name = "actas"
kind = "recoveries"
source = "POLICE"
recognise = ["Acta"]

[columns]
"Acta" = "case_number"
"Fecha" = "recovered_on"
"Situación" = "recovery_kind"
"""


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


def upload(client, text=CSV, name="actas.csv", **given):
    file = SimpleUploadedFile(name, text.encode(), "text/csv")
    return client.post(reverse("intake"), {"file": file, **given}, follow=True)


def token(answer):
    return answer.request["PATH_INFO"].split("/")[3]


def propose(client, answer, **given):
    address = reverse("intake-propose", args=[token(answer), "recoveries"])
    return client.post(address, GIVEN | given, follow=True)


def test_an_unknown_file_is_proposed_with_reasons_and_asks_for_no_kind(at_desk, known):
    page = upload(at_desk("ana")).content.decode()

    assert "the heading names it" in page
    assert 'id="id_value-2-0"' in page
    assert "RETENIDA" in page


def test_a_value_is_mapped_to_a_word_of_the_vocabulary_and_stays_so(at_desk, known):
    client = at_desk("ana")
    answer = upload(client)

    page = propose(client, answer, **{"value-2-0": "SEIZED", "value-2-1": "SEIZED"})

    assert page.context["seen"].tally.rows_loaded == 2
    assert '"RETENIDA" = "SEIZED"' in ColumnProfile.objects.get().text
    assert "INCAUTADA" not in ColumnProfile.objects.get().text


def test_the_agency_of_who_sends_a_file_is_not_stated_of_its_rows(at_desk, known):
    client = at_desk("ana")
    answer = upload(client)
    seen = propose(client, answer, **{"value-2-0": "SEIZED"})

    client.post(
        reverse("intake-load", args=[token(seen)]), {"profile": "actas"}, follow=True
    )

    batch = Batch.objects.get()
    assert batch.agency == known.people["ana"].agency.code
    assert batch.rows_loaded == 2
    rows = RecoveryRecord.objects.filter(recovery__source="POLICE")
    assert {row.agency for row in rows} == {""}


def test_an_empty_constant_that_rows_need_is_refused_on_its_field(at_desk, known):
    client = at_desk("ana")
    answer = upload(client)

    page = propose(client, answer, **{"column-1": ""}).content.decode()

    assert "Every row needs “day of recovery”" in page
    assert not ColumnProfile.objects.exists()


LICENCES = "Licence Number,Surname,First name\nL-1,Okonkwo,Emeka\nL-2,Adeyemi,Tola\n"
OF_LICENCES = {
    "name": "licences",
    "source": "FLA",
    "column-0": "licence_number",
    "column-1": "name",
    "column-2": "name",
}


@pytest.mark.parametrize("first", ["licence_number", ""])
def test_a_list_of_licences_is_read_by_their_numbers(at_desk, known, first):
    client = at_desk("rita")
    answer = upload(client, LICENCES, "licences.csv", kind="holders")
    address = reverse("intake-propose", args=[token(answer), "holders"])

    seen = client.post(address, OF_LICENCES | {"column-0": first}, follow=True)

    if first:
        assert seen.context["seen"].tally.rows_loaded == 2
        return
    said = "Every row needs “number of the holder”: choose the column that gives it."
    assert said in seen.content.decode()
    assert not ColumnProfile.objects.exists()


def test_two_columns_for_one_field_are_refused(at_desk, known):
    client = at_desk("ana")

    page = propose(client, upload(client), **{"column-5": "make"}).content.decode()

    assert "choose one of the two" in page
    assert not ColumnProfile.objects.exists()


def test_the_values_of_another_column_are_shown_before_anything_is_saved(
    at_desk, known
):
    client = at_desk("ana")

    page = propose(client, upload(client), look="1", **{"column-5": "item_kind"})

    assert 'id="id_value-5-0"' in page.content.decode()
    assert not ColumnProfile.objects.exists()


@pytest.mark.unledgered
def test_a_profile_that_lacks_what_rows_need_locks_no_file_out(at_desk, known):
    lacking = PROFILE.replace('"Fecha" = "recovered_on"\n', "")
    for name, text in (("actas", lacking), ("broken", "name = ")):
        ColumnProfile.objects.create(
            name=name, kind="recoveries", text=text, saved_by="ana", known_at=LATER
        )

    page = upload(at_desk("ana")).content.decode()

    assert "How should its columns be read?" in page


def test_a_profile_is_changed_copied_and_deleted_with_a_reason(at_desk, known):
    client = at_desk("ana")
    copy = PROFILE.replace('"actas"', '"copy"')
    for text in (PROFILE, copy):
        page = client.post(
            reverse("intake-profile", args=["rio-seizures"]),
            {"text": text, "reason": "for the north"},
            follow=True,
        )
        assert page.status_code == 200

    address = reverse("intake-profile-delete", args=["actas"])
    without = client.post(address, {"reason": ""})
    assert "is-wrong" in without.content.decode()
    client.post(address, {"reason": "made by mistake"})

    assert [row.name for row in ColumnProfile.objects.current()] == ["copy"]
    last = ColumnProfile.objects.filter(name="actas").order_by("pk").last()
    assert (last.reason, last.superseded_at) == ("made by mistake", last.known_at)


def test_a_profile_that_lacks_what_rows_need_is_not_saved(at_desk, known):
    lacking = PROFILE.replace('"Fecha" = "recovered_on"\n', "")

    page = at_desk("ana").post(
        reverse("intake-profile", args=["rio-seizures"]),
        {"text": lacking, "reason": "wrong"},
    )

    assert "day of recovery" in page.content.decode()
    assert not ColumnProfile.objects.exists()


@pytest.mark.parametrize("name", ["off", "ivo"])
def test_one_who_may_not_load_files_changes_no_profile(at_desk, known, name):
    if name not in known.people:
        pytest.skip("no such person in the cast")

    answer = at_desk(name).post(
        reverse("intake-profile", args=["rio-seizures"]),
        {"text": PROFILE, "reason": "wrong"},
    )

    assert answer.status_code in {403, 404}
    assert not ColumnProfile.objects.exists()


def test_a_text_that_is_named_like_a_picture_is_refused_plainly(at_desk, known):
    page = upload(at_desk("ana"), "only words", "notes.jpg").content.decode()

    assert "named like a picture" in page


def test_a_name_that_is_too_long_is_refused_on_its_field(at_desk, known):
    page = upload(at_desk("ana"), name="x" * 300 + ".csv")

    assert page.request["PATH_INFO"] == reverse("intake")
    assert "is-wrong" in page.content.decode() or "characters" in page.content.decode()


def test_a_held_row_names_its_fields_in_words_and_once(at_desk, known, tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("77", recovered_on="?"))))
    client = at_desk("ana")
    held = HeldRow.objects.get()
    address = reverse("held-row", args=[held.pk])

    page = client.get(address).content.decode()
    again = client.post(
        address, held.values | {"recovered_on": "soon"}
    ).content.decode()

    assert "day of recovery" in page
    assert "recovered_on</strong>" not in page
    assert "a.csv, row" not in again
    assert "“soon” is not a date" in again


def test_a_row_is_dismissed_on_its_own_page_or_its_reason_is_marked(
    at_desk, known, tmp_path
):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("77", recovered_on="?"))))
    held = HeldRow.objects.get()

    page = at_desk("ana").post(reverse("held-dismiss", args=[held.pk]), {"reason": ""})

    assert page.status_code == 200
    assert "is-wrong" in page.content.decode()
    held.refresh_from_db()
    assert held.state == "OPEN"


def test_a_conflict_without_a_choice_is_not_settled(at_desk, tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", notes="a"))))
    correct("XY7654")
    rows = table(recovery("1", serial="NEW123", notes="a"))
    load(files.csv_file(tmp_path / "b.csv", rows), at=LATER)
    held = HeldRow.objects.get()

    page = at_desk("ana").post(
        reverse("held-settle", args=[held.pk]), {"reason": "looked again"}
    )

    assert "Choose one of the two" in page.content.decode()
    held.refresh_from_db()
    assert held.state == "OPEN"


def test_a_profile_is_changed_in_a_form(at_desk, known):
    client = at_desk("ana")
    propose(client, upload(client), **{"value-2-0": "SEIZED", "value-2-1": "SEIZED"})
    address = reverse("intake-profile-edit", args=["actas"])
    form = client.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {
        "reason": "the office says so"
    }
    fecha = [heading for heading, _field in form.headings].index("Fecha")

    page = client.post(
        address,
        given
        | {
            f"column-{fecha}": "known_on",
            "heading-0": "Incautada el",
            "field-0": "recovered_on",
            "new-recovery_kind-0": "HALLADA",
            "code-recovery_kind-0": "FOUND",
        },
        follow=True,
    )

    assert page.redirect_chain[-1][0] == reverse("intake-profile", args=["actas"])
    saved = ColumnProfile.objects.current().get()
    assert '"Fecha" = "known_on"' in saved.text
    assert '"Incautada el" = "recovered_on"' in saved.text
    assert '"HALLADA" = "FOUND"' in saved.text
    assert '"RETENIDA" = "SEIZED"' in saved.text
    assert saved.reason == "the office says so"


def test_a_form_that_leaves_open_what_rows_need_saves_nothing(at_desk, known):
    client = at_desk("ana")
    propose(client, upload(client), **{"value-2-0": "SEIZED"})
    address = reverse("intake-profile-edit", args=["actas"])
    form = client.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields}
    fecha = [heading for heading, _field in form.headings].index("Fecha")

    page = client.post(address, given | {"reason": "wrong", f"column-{fecha}": ""})

    assert "no column gives" in page.content.decode()
    assert ColumnProfile.objects.count() == 1


def test_who_may_not_load_files_may_not_change_a_profile(at_desk, known):
    client = at_desk("ana")
    propose(client, upload(client), **{"value-2-0": "SEIZED"})
    address = reverse("intake-profile-edit", args=["actas"])

    assert at_desk("audrey").get(address).status_code == 403
