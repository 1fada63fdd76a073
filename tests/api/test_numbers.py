"""Numbers by which other systems name their records."""

import pytest

from armstrace.vocabulary.actors import Role
from tests.api.test_api import SEIZURE, post


@pytest.mark.parametrize("number", ["  ", " 7", "7\u200b"])
def test_RS_07_a_number_is_stated_alone(caller, number) -> None:
    told = SEIZURE | {"source_number": number}

    answer = post(caller(Role.OFFICER, "VNP"), "/api/v1/recoveries", told).json()

    assert (answer["rule"], answer["field"]) == ("RS-07", "source_number")
