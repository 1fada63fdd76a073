"""Why a row is on file: by rules over columns, by words, or left undecided."""

from datetime import UTC, datetime

import pytest

from armstrace.intake import population
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, by_name
from armstrace.intake.mapping import Mapped, mapping_of
from armstrace.intake.planning import Seen, plan
from armstrace.intake.profiles import kind_rules, library
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.stating import Setting, state
from armstrace.intake.tables.rows import Row
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.registry.inputs import LossInput
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.recoveries import (
    ACQUISITION_OF,
    KINDS_OF,
    POPULATION_OF,
    Acquisition,
    Population,
    RecoveryKind,
)

pytestmark = pytest.mark.pure
HEADINGS = (
    "Controle Interno SCO", "Classe", "Tipo", "Número de Série", "Patrimoniada",
    "Laudo", "Acautelamento", "Número Lacre", "Origem Arma", "Tipo Delito",
    "Data Registro",
)  # fmt: skip
HELD, UNHELD = ("Sim", "77/2031", "L9"), ("Não", "", "")


def mapped(inventory: str, held: tuple[str, str, str], offence: str) -> dict[str, str]:
    """Map an invented row of the Rio workbook."""
    profile = library.built_in_profiles()["rio-seizures"]
    cells = ("1", "ARMA DE FOGO", "PISTOLA", "AB123", inventory, *held, "Ilícita")
    row = Row(2, (*cells, offence, "2019-03-04"))
    return mapping_of(profile, HEADINGS, name="x").map(row).values


@pytest.mark.parametrize(
    ("inventory", "held", "offence", "expected"),
    [
        ("", HELD, "Porte Ilegal De Arma De Fogo De Uso Permitido", "SEIZED"),
        ("POLÍCIA MILITAR", UNHELD, "Morte Por Intervenção Policial", "STATE_ARM"),
        ("Polícia Civil", HELD, "Resistência /// Tráfico De Drogas", "STATE_ARM"),
        ("POLÍCIA CIVIL", HELD, "Receptação", "SEIZED"),
        ("POLÍCIA CIVIL", UNHELD, "Furto De Arma De Fogo", "LOSS_REPORT"),
        ("Registro Particular", UNHELD, "Extravio De Arma De Fogo", "LOSS_REPORT"),
        ("", HELD, "Furto De Arma De Fogo", "SEIZED"),
        ("Registro Particular", UNHELD, "Roubo De Veículo", "OWNERS_ARM"),
        ("", UNHELD, "Entrega Voluntária De Arma De Fogo (Campanha)", "SURRENDERED"),
        ("", UNHELD, "Roubo Outros", "UNDECIDED"),
    ],
)
def test_several_columns_say_why_a_row_is_on_file(
    inventory: str, held: tuple[str, str, str], offence: str, expected: str
) -> None:
    values = mapped(inventory, held, offence)

    assert population.of_row(values, IntakeKind.RECOVERIES) == expected
    assert values["kind_reason"]


def test_a_police_district_is_in_the_national_territory() -> None:
    profile = library.built_in_profiles()["rio-seizures"]
    headings = (*HEADINGS, "Circunscrição")
    row = Row(2, ("1", *[""] * 10, "001A. DP - [CENTRO]"))

    values = mapping_of(profile, headings, name="x").map(row).values

    assert values["place_kind"] == "INLAND"


def test_a_reported_loss_becomes_a_loss_and_no_recovery() -> None:
    values = mapped("", UNHELD, "Extravio De Arma De Fogo")
    at = datetime(2031, 1, 1, tzinfo=UTC)
    profile = library.built_in_profiles()["rio-seizures"]

    stated, troubles = state(
        values, "1", 2, Setting(IntakeKind.RECOVERIES, profile.date_order, "", at)
    )

    assert not troubles
    assert isinstance(stated, LossInput)
    assert (stated.loss_kind, stated.description.serial) == ("LOST", "AB123")


def test_a_column_that_the_file_lacks_says_nothing() -> None:
    profile = library.built_in_profiles()["rio-seizures"]
    headings = ("Controle Interno SCO", "Tipo Delito", "Data Registro")
    row = Row(2, ("1", "Furto De Arma De Fogo", "2019-03-04"))

    values = mapping_of(profile, headings, name="x").map(row).values

    assert (
        population.of_row(values, IntakeKind.RECOVERIES) is not Population.LOSS_REPORT
    )


@pytest.mark.parametrize(
    ("text", "word", "is_there"),
    [
        ("remocao para verificacao", "caca", False),
        ("caca de animal", "caca", True),
        ("juncao da armacao", "puncao", False),
        ("roubos", "roubo", False),
    ],
)
def test_words_are_whole_words(text: str, word: str, is_there: bool) -> None:
    assert kind_rules.contains(text, (word,)) is is_there


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("entrega voluntaria en comisaría", "SURRENDERED"),
        ("surrendered under amnesty", "SURRENDERED"),
        ("police service weapon", "STATE_ARM"),
        ("in Verwahrung genommen", "OWNERS_ARM"),
        ("знайдено на вулиці", "FOUND"),
        ("stolen firearm, on file", "LOSS_REPORT"),
        ("routine paperwork", "UNDECIDED"),
    ],
)
def test_words_say_it_where_no_profile_does(words: str, expected: str) -> None:
    values = {
        **dict.fromkeys(("recovery_kind", "loss_kind", "item_kind", "kind_reason"), ""),
        "arm_type": "pistol",
        "offences": words,
    }

    population.told_by_words(values, [], is_open=True)

    assert population.of_row(values, IntakeKind.RECOVERIES) == expected


def beside(heading: str, text: str, stated: str = "", *, is_open: bool = False) -> str:
    """Class a row of which a column that no field takes says something."""
    values = dict.fromkeys(("loss_kind", "item_kind", "offences", "kind_reason"), "")
    values |= {"arm_type": "pistol", "recovery_kind": stated}
    population.told_by_words(values, [(heading, text)], is_open=is_open)
    values["recovery_kind"] = values["recovery_kind"] or "SEIZED"  # as a heading says
    return str(population.of_row(values, IntakeKind.RECOVERIES))


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("Status", "State property", "STATE_ARM"),
        ("Motivo", "Canje voluntario", "SURRENDERED"),
        ("Propriétaire", "Police nationale", "STATE_ARM"),
        ("Dienstwaffe", "ja", "STATE_ARM"),
        ("Dienstwaffe", "nein", "SEIZED"),
        ("Observations", "Trouvée par un promeneur", "FOUND"),
        ("Основание", "Добровольная выдача", "SURRENDERED"),
        ("Власник", "поліція", "STATE_ARM"),
        ("所有权", "公安机关", "STATE_ARM"),
        ("سبب الورود", "تسليم طوعي", "SURRENDERED"),
        ("Situação", "Arma da vítima", "OWNERS_ARM"),
    ],
)
def test_a_column_that_nothing_asks_outweighs_a_heading_that_says_seized(
    heading: str, text: str, expected: str
) -> None:
    assert beside(heading, text) == expected
    assert beside(heading, text, "SEIZED") == expected


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Remarks", "stolen"),
        ("Remarks", "found in possession of a suspect"),
        ("Bemerkung", "in amtlicher Verwahrung"),
        ("Estado", "en custodia"),
        ("Owner", "unknown"),
        (
            "Notes",
            "the suspect said that a service weapon lay in the house of a friend",
        ),
        ("Observaciones", "Encontrada en allanamiento"),
    ],
)
def test_words_that_mean_something_else_there_take_no_arm_out(
    heading: str, text: str
) -> None:
    assert beside(heading, text) == "SEIZED"


def test_a_knife_that_a_column_calls_an_arm_is_held() -> None:
    values = {"item_kind": "ARM", "arm_type": "knife", "recovery_kind": "SEIZED"}
    values |= {"recovered_on": "2019-03-04", "agency": "POL"}
    at = datetime(2031, 1, 1, tzinfo=UTC)
    setting = Setting(IntakeKind.RECOVERIES, DateOrder.NOT_STATED, "", at)

    stated, troubles = state(values, "1", 2, setting)

    assert stated is None
    assert [each.reason for each in troubles] == ["NOT_AN_ARM"]


def test_marks_that_no_record_of_a_part_has_a_place_for_stand_in_its_notes() -> None:
    texts = dict.fromkeys(by_name(IntakeKind.RECOVERIES), "") | {
        "arm_type": "slide", "item_kind": "PART", "make": "GLOCK", "model": "17",
        "serial": "AB 1", "other_marks": "NPv", "recovery_kind": "SEIZED",
        "recovered_on": "2024-03-01", "taken_from": "Ana Paz", "notes": "Rusty.",
    }  # fmt: skip
    said: list[str] = []
    at = datetime(2026, 1, 2, tzinfo=UTC)
    setting = Setting(IntakeKind.RECOVERIES, DateOrder.NOT_STATED, "N", at)

    row = plan(
        Mapped(1, texts, [], ()), setting, Seen(), lambda it: said.append(str(it))
    )

    assert isinstance(row.stated, RecoveryInput)
    assert row.stated.notes == "Rusty. Model: 17. Other marks: NPv."
    assert "“person it was taken from” is not read" in said[-1]


def test_every_kind_has_one_population_and_a_counted_one_its_table() -> None:
    counted = {kind for kinds in KINDS_OF.values() for kind in kinds}

    assert POPULATION_OF.keys() == set(RecoveryKind)
    assert counted == ACQUISITION_OF.keys()
    assert KINDS_OF.keys() == set(Acquisition)


@pytest.mark.parametrize(
    "rule",
    [
        'kind = "SEIZED"\nreason = ""',
        'kind = "NOTHING"\nreason = "x"',
        'kind = "SEIZED"\nloss = "LOST"\nreason = "x"',
        'loss = "GONE"\nreason = "x"',
        'kind = "SEIZED"\nreason = "x"\nwhen = [{ column = "A" }]',
    ],
)
def test_a_rule_that_says_nothing_is_refused(rule: str) -> None:
    text = f"""
name = "x"
kind = "recoveries"
source = "x"
[columns]
"A" = "serial"
[[kind_rules]]
{rule}
"""
    with pytest.raises(InvalidInput):
        read_profile(text, origin="x")
