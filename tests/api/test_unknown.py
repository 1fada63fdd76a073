"""What a call does not know, or sends twice or too late, is refused by its name."""

from collections.abc import Iterator

import pytest
from pydantic import ValidationError

from armstrace.api.errors import Sent
from armstrace.api.holders import HolderCorrection
from armstrace.api.main import api
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.rules import NEEDS_REASON
from tests import builders
from tests.api.test_api import Caller, post


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field", "words"),
    [
        ("recoveries?colour=red", "colour", "no field called “colour”"),
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
@pytest.mark.parametrize("address", ["traces", "recoveries/1", "registry/arms/A1"])
def test_a_method_that_an_address_does_not_take_is_refused_in_the_one_shape(
    caller: Caller, address: str
) -> None:
    answer = caller(Role.OFFICER, "VNP").delete(f"/api/v1/{address}")

    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/api/docs#not-allowed"
    assert answer.headers["Allow"]


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


@pytest.mark.django_db
def test_all_that_is_wrong_with_a_body_is_said_at_once(caller: Caller) -> None:
    answer = post(
        caller(Role.OFFICER, "VNP"), "/api/v1/recoveries", {"quantity": "x", "odd": 1}
    )

    said = answer.json()["detail"]
    assert "“source_number” is missing. “kind” is missing." in said
    assert "There is no field called “odd” here." in said


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "limit"), [("make", 200), ("calibre", 120)])
def test_a_text_that_is_too_long_meets_one_limit_with_its_length(
    caller: Caller, field: str, limit: int
) -> None:
    address = f"/api/v1/registry/arms/A{builders.stolen_pistol()}/correction"
    by = caller(Role.REGISTRAR, "REG")

    for length in (limit + 1, 501):
        answer = post(by, address, {field: "9" * length, "reason": "read again"})

        assert answer.status_code == 422
        assert answer.json()["detail"] == (
            f"“{field}” has {length} characters, and the limit is {limit}; shorten it."
        )


def test_a_body_states_the_limits_that_columns_have() -> None:
    told = HolderCorrection.json_schema()["properties"]

    assert {name: told[name]["maxLength"] for name in ("name", "licence_number")} == {
        "name": 200,
        "licence_number": 64,
    }
    assert told["country"]["maxLength"] == 2


@pytest.mark.django_db
def test_a_refusal_names_the_field_as_it_is_sent_in_every_language(
    caller: Caller,
) -> None:
    answer = caller(Role.OFFICER, "VNP").post(
        "/api/v1/recoveries",
        {"kind": "SEIZED"},
        content_type="application/json",
        headers={"Accept-Language": "fr"},
    )

    assert answer.json()["field"] == "source_number"
    assert answer.json()["detail"].startswith("«\u202fsource_number\u202f» manque")


def _asking_reason() -> Iterator[tuple[str, type[Sent]]]:
    """Give each route that changes something and asks for its reason."""
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for model in (m for each in view.operations for m in each.models):
                for body in model.model_fields.values():
                    shape = body.annotation
                    if isinstance(shape, type) and issubclass(shape, Sent):
                        reason = shape.model_fields.get("reason")
                        if reason is not None and reason.is_required():
                            yield f"{prefix}{path}", shape


@pytest.mark.parametrize("reason", ["", " \u200b", "x", "asdf", "..."])
def test_no_route_that_asks_for_a_reason_goes_on_without_one(reason: str) -> None:
    asking = list(_asking_reason())

    assert len(asking) > 30
    for path, shape in asking:
        with pytest.raises(ValidationError) as refused:
            shape.model_validate({"reason": reason})

        told = {(each["type"], each["loc"]) for each in refused.value.errors()}
        assert ("no_reason", ("reason",)) in told, path


@pytest.mark.django_db
def test_a_refusal_for_want_of_a_reason_is_said_as_elsewhere(caller: Caller) -> None:
    address = f"/api/v1/registry/arms/A{builders.stolen_pistol()}/reinstatement"

    answer = post(caller(Role.REGISTRAR, "REG"), address, {"reason": "x"})

    assert answer.status_code == 422
    assert answer.json()["field"] == "reason"
    assert answer.json()["detail"] == str(NEEDS_REASON)
