"""Types, models, countries, import and proof marks."""

import pytest

from armstrace.analysis.marks import (
    import_marks,
    makes,
    models,
    other_numbers,
    places,
    proof_marks,
    types,
)
from armstrace.vocabulary.arms import AmmunitionKind, ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "arm_type"),
    [
        ("PISTOLA", ArmType.PISTOL),
        ("Pistola semiautomática", ArmType.PISTOL),
        ("REVÓLVER", ArmType.REVOLVER),
        ("FUZIL", ArmType.RIFLE),
        ("GARRUCHA", ArmType.PISTOL),
        ("espigarda", ArmType.SHOTGUN),
        ("SUBMETRALHADORA", ArmType.SUBMACHINE_GUN),
        ("fusil de chasse", ArmType.SHOTGUN),
        ("Maschinenpistole", ArmType.SUBMACHINE_GUN),
        ("пистолет-пулемёт", ArmType.SUBMACHINE_GUN),
        ("手枪", ArmType.PISTOL),
        ("بندقية صيد", ArmType.SHOTGUN),
        ("SUBMACHINE_GUN", ArmType.SUBMACHINE_GUN),
        ("INDETERMINADO", ArmType.UNKNOWN),
        ("", ArmType.UNKNOWN),
    ],
)
def test_the_kind_of_arm_is_read_in_many_languages(
    text: str, arm_type: ArmType
) -> None:
    read = types.read_type(text)

    assert (read.item_kind, read.arm_type) == (ItemKind.ARM, arm_type)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CARTUCHO (INTACTO)", AmmunitionKind.COMPLETE_ROUND),
        ("CARTUCHO PERCUTIDO E NÃO DEFLAGRADO", AmmunitionKind.COMPLETE_ROUND),
        ("estojo", AmmunitionKind.CARTRIDGE_CASE),
        ("Patronenhülse", AmmunitionKind.CARTRIDGE_CASE),
        ("пуля", AmmunitionKind.BULLET_OR_PROJECTILE),
        ("munición", AmmunitionKind.UNKNOWN),
    ],
)
def test_ammunition_is_not_an_arm(text: str, kind: AmmunitionKind) -> None:
    read = types.read_type(text)

    assert (read.item_kind, read.ammunition_kind) == (ItemKind.AMMUNITION, kind)


def test_a_home_made_arm_is_rudimentary() -> None:
    read = types.read_type("ARMA DE FABRICAÇÃO CASEIRA")

    assert read.production_class is ProductionClass.RUDIMENTARY


@pytest.mark.parametrize(
    ("text", "make", "arm_type", "value"),
    [
        ("PT-92", "TAURUS", ArmType.PISTOL, "PT 92"),
        ("92", "TAURUS", ArmType.PISTOL, "PT 92"),
        ("92", "BERETTA", ArmType.PISTOL, "92"),
        ("838", "TAURUS", ArmType.REVOLVER, "838"),
        ("838.0", "TAURUS", ArmType.PISTOL, "PT 838"),
        ("2021-07-24", "TAURUS", ArmType.PISTOL, "PT 24/7"),
        ("GLOCK 17", "GLOCK", ArmType.PISTOL, "17"),
        ("17 GEN 4", "GLOCK", ArmType.PISTOL, "17 GEN4"),
        ("M 16 A2 COMMANDO", "COLT", ArmType.RIFLE, "M16 A2 COMMANDO"),
        ("AR15", "", ArmType.RIFLE, "AR-15"),
        ("IMBEL", "IMBEL", ArmType.RIFLE, ""),
        ("NÃO IDENTIFICADO", "IMBEL", ArmType.RIFLE, ""),
        ("XYZ100A", "", ArmType.UNKNOWN, "XYZ 100 A"),
    ],
)
def test_a_model_is_written_as_its_maker_writes_it(
    text: str, make: str, arm_type: ArmType, value: str
) -> None:
    assert models.read_model(text, make, arm_type).value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Brasil", "BR"),
        ("EUA", "US"),
        ("Áustria", "AT"),
        ("TURQUIA", "TR"),
        ("Coréia do Sul", "KR"),
        ("Rep. Tcheca", "CZ"),
        ("Allemagne", "DE"),
        ("Deutschland", "DE"),
        ("Испания", "ES"),
        ("中国", "CN"),
        ("إيطاليا", "IT"),
        ("BEL", "BE"),
        ("Ignorado", ""),
        ("Sem país", ""),
        ("Outros", ""),
    ],
)
def test_a_country_is_read_in_many_languages(text: str, code: str) -> None:
    assert places.read_country(text).value == code


def test_a_former_state_is_read_with_a_note_and_less_certainty() -> None:
    read = places.read_country("Tchecoslováquia")

    assert (read.value, read.certainty) == ("CZ", Certainty.LIKELY)
    assert "Slovakia" in str(read.note)


@pytest.mark.parametrize(
    ("text", "country", "year", "importer"),
    [
        ("BE 2021", "BE", 2021, ""),
        ("DE19", "DE", 2019, ""),
        ("FR-87", "FR", 1987, ""),
        ("IMPORTED BY INTERARMS, ALEXANDRIA, VA USA", "US", None, "INTERARMS"),
        ("CAI GEORGIA VT", "US", None, "CENTURY ARMS"),
        ("KBI INC HBG PA", "US", None, ""),
        ("Import Germany 1998", "DE", 1998, ""),
        ("MADE IN CHINA", "", None, ""),
        ("", "", None, ""),
    ],
)
def test_an_import_mark_gives_the_importing_state(
    text: str, country: str, year: int | None, importer: str
) -> None:
    read = import_marks.read_import_mark(text)

    assert (read.country, read.year, read.importer) == (country, year, importer)


def test_an_importer_named_after_georgia_vermont_is_not_a_georgian_maker() -> None:
    assert import_marks.read_import_mark("CENTURY ARMS GEORGIA VT").country == "US"
    assert makes.read_make("CENTURY ARMS").role is makes.MakeRole.IMPORTER


@pytest.mark.parametrize(
    ("text", "country"),
    [("BNP", "GB"), ("Liège, perron", "BE"), ("Eagle over N", "DE"), ("x", "")],
)
def test_a_proof_mark_names_the_country_of_its_house(text: str, country: str) -> None:
    assert proof_marks.read_proof_mark(text).value == country


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("INV 4821", "INV4821"),
        ("proof eagle N; inv. 0077", "INV0077"),
        ("Patrimônio 12/345", "INV12345"),
        ("PTB 123", ""),
        ("INVICTA 12", ""),
        ("inventory", ""),
        ("", ""),
    ],
)
def test_an_inventory_number_is_found_among_further_marks(text: str, number: str):
    assert other_numbers.inventory_number(text) == number
