"""Shares that the readers reach on two years of a real police register."""

from collections import Counter
from collections.abc import Iterator

import pytest
from python_calamine import CalamineWorkbook

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.marks import Certainty, SerialStatus
from tests.shared_data import shared_path

pytestmark = pytest.mark.pure

COLUMNS = ("Tipo", "Marca", "Modelo", "Calibre", "Número de Série", "País")
SURE = {Certainty.CERTAIN, Certainty.LIKELY}


@pytest.fixture(scope="module", params=["2018", "2019"])
def arms(request: pytest.FixtureRequest) -> list[identify.Identification]:
    path = shared_path(f"rio/seizures_{request.param}.xlsx")
    return [
        found
        for description in descriptions(str(path))
        if (found := identify.identify(description)).item_kind is ItemKind.ARM
    ]


def descriptions(path: str) -> Iterator[Description]:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    places = [rows[0].index(column) for column in COLUMNS]
    for row in rows[1:]:
        yield Description(*(str(row[place]) for place in places))


def share(arms: list[identify.Identification], field: str) -> float:
    readings = [one for arm in arms for one in arm.readings if one.field == field]
    read = sum(
        one.certainty in SURE or one.rule in {"UNKNOWN_WORD", "EMPTY"}
        for one in readings
    )
    return read / len(readings)


def test_nearly_every_make_is_known_or_said_to_be_unknown(
    arms: list[identify.Identification],
) -> None:
    assert share(arms, "make") > 0.995


def test_nearly_every_calibre_is_known_or_said_to_be_unknown(
    arms: list[identify.Identification],
) -> None:
    assert share(arms, "calibre") > 0.975


def test_a_serial_status_is_understood_nearly_everywhere(
    arms: list[identify.Identification],
) -> None:
    doubtful = Counter(arm.readings[-1].rule for arm in arms)

    assert doubtful["WORDS"] / len(arms) < 0.003


def test_statuses_are_many_and_never_numbers(
    arms: list[identify.Identification],
) -> None:
    erased = [arm for arm in arms if arm.serial_status is SerialStatus.OBLITERATED]
    complete = [arm for arm in arms if arm.serial_status is SerialStatus.COMPLETE]

    assert len(erased) / len(arms) > 0.15
    assert all(any(map(str.isdigit, arm.serial_search)) for arm in complete)
