"""Declarations come in as any other file; what is cut off is said, the rest stays."""

import pytest

from armstrace.intake import queries
from armstrace.intake.actions.held import mend_row
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import HeldRow
from armstrace.intake.profiles import propose
from armstrace.risk.models import Declaration, DeclarationRecord
from armstrace.vocabulary.paging import PageRequest
from tests.intake.loads import LOADER, NOON, load

pytestmark = pytest.mark.django_db
HEAD = "source_number,declared_on,hs_code,description,quantity,agency\n"


def lines(count: int) -> str:
    return "".join(
        f"M{n},2025-03-01,61091000,shirts {n},{n + 1},VCU\n" for n in range(count)
    )


def test_a_manifest_that_is_cut_in_the_middle_keeps_what_came(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text(HEAD + lines(5) + "M5,2025-03-01,6109", encoding="utf-8")

    batch = load(path, IntakeKind.DECLARATIONS)

    assert (batch.rows_loaded, batch.rows_held) == (5, 1)
    held = queries.held_rows(viewer=LOADER, page=PageRequest(), batch_id=batch.pk)
    assert "cut off" in str(held.rows[0].sentence)
    assert Declaration.objects.count() == 5


def test_the_whole_manifest_adds_what_was_missing(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text(HEAD + lines(3), encoding="utf-8")
    load(path, IntakeKind.DECLARATIONS)
    path.write_text(HEAD + lines(6), encoding="utf-8")

    batch = load(path, IntakeKind.DECLARATIONS)

    assert batch.rows_loaded == 3
    assert DeclarationRecord.objects.count() == 6


def test_a_column_that_a_file_lacks_states_nothing(tmp_path):
    path = tmp_path / "parcels.csv"
    path.write_text(HEAD + lines(1).replace("61091000", "93052000"), encoding="utf-8")

    load(path, IntakeKind.DECLARATIONS)

    assert DeclarationRecord.objects.get().points == []


def test_a_declaration_without_a_country_is_held_in_one_sentence(tmp_path):
    path = tmp_path / "manifest.csv"
    head = HEAD.replace("agency", "agency,origin,destination")
    told = lines(2).replace("VCU", "VCU,CN,", 1).replace("VCU\n", "VCU,,\n")
    path.write_text(head + told, encoding="utf-8")

    batch = load(path, IntakeKind.DECLARATIONS)

    assert (batch.rows_loaded, batch.rows_held) == (1, 1)
    held = queries.held_rows(viewer=LOADER, page=PageRequest(), batch_id=batch.pk)
    assert "no country of origin, departure or destination" in str(
        held.rows[0].sentence
    )


def test_a_quantity_below_zero_is_said_as_what_it_is(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text(HEAD + lines(1).replace(",1,VCU", ",-5,VCU"), encoding="utf-8")

    batch = load(path, IntakeKind.DECLARATIONS)

    held = queries.held_rows(viewer=LOADER, page=PageRequest(), batch_id=batch.pk)
    assert "“-5” is less than nothing" in str(held.rows[0].sentence)


def test_a_code_that_a_workbook_robbed_of_its_zero_has_it_again(tmp_path):
    path = tmp_path / "coffee.csv"
    path.write_text(HEAD + lines(1).replace("61091000", "90121"), encoding="utf-8")

    load(path, IntakeKind.DECLARATIONS)

    assert DeclarationRecord.objects.get().hs_code == "090121"


@pytest.mark.pure
@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("goods", "description"),
        ("Descripción de la mercancía", "description"),
        ("code marchandise", "hs_code"),
        ("Товар", "description"),
        ("Désignation", "description"),
        ("Position tarifaire", "hs_code"),
        ("country_of_dispatch", "departure"),
        ("hs_code", "hs_code"),
        ("No. of items", "quantity"),
        ("Número de artículos", "quantity"),
    ],
)
def test_goods_are_what_customs_offices_call_them(heading, field):
    proposed = propose.propose_profile(
        ["number", "declared_on", heading],
        [["P1", "2025-03-01", "shirts"]],
        kind=IntakeKind.DECLARATIONS,
        name="parcels.csv",
    )

    assert proposed.columns[-1].field == field


def test_a_column_that_stands_for_no_field_is_kept_in_the_notes(tmp_path):
    path = tmp_path / "manifest.csv"
    head = HEAD.replace("agency", "agency,Seal number,Remarks")
    told = lines(1).replace("VCU", "VCU,SEAL-77,opened by the carrier")
    path.write_text(head + told, encoding="utf-8")

    load(path, IntakeKind.DECLARATIONS)

    stated = DeclarationRecord.objects.get().stated
    assert stated["notes"] == "Seal number: SEAL-77. Remarks: opened by the carrier."


def test_a_declaration_that_a_person_mended_is_not_corrected_unseen(tmp_path):
    path = tmp_path / "manifest.csv"
    for day in ("2025-03-01", "someday"):
        path.write_text(HEAD + lines(1).replace("2025-03-01", day), encoding="utf-8")
        load(path, IntakeKind.DECLARATIONS)
    mend_row(
        held=HeldRow.objects.get(),
        values={"declared_on": "2025-03-02"},
        by=LOADER,
        at=NOON,
    )
    path.write_text(HEAD + lines(1).replace("shirts", "coats"), encoding="utf-8")

    batch = load(path, IntakeKind.DECLARATIONS)

    assert batch.by_reason == {"CONFLICT": 1}
    assert str(DeclarationRecord.objects.current().get().declared_on) == "2025-03-02"
