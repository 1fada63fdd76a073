"""What a call does not know, or sends twice or too late, is refused by its name."""

import pytest

from armstrace.vocabulary.actors import Role
from tests import builders
from tests.api.test_api import Caller, post


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("recoveries?colour=red", "colour", "no field here"),
        ("recoveries?agency=VCG&agency=VNP", "agency", "more than once"),
        ("registry/candidates?serial=A1234&serial=B", "serial", "more than once"),
    ],
)
def test_what_a_query_does_not_know_is_refused_by_name(
    caller: Caller, address: str, field: str, words: str
) -> None:
    answer = caller(Role.OFFICER, "VNP").get(f"/api/v1/{address}")

    assert answer.status_code == 422
    assert (answer.json()["field"], words in answer.json()["detail"]) == (field, True)


@pytest.mark.django_db
def test_RG_01_a_state_that_is_no_longer_so_is_refused_by_the_name_of_its_field(
    caller: Caller,
) -> None:
    arm_id = builders.stolen_pistol()
    sent = {"make": "Beretta", "reason": "read again", "seen": 99999}

    answer = post(
        caller(Role.REGISTRAR, "REG"),
        f"/api/v1/registry/arms/A{arm_id}/correction",
        sent,
    )

    assert (answer.json()["rule"], answer.json()["field"]) == ("RG-01", "seen")
