"""Authorisations are found by any part of the name of a party."""

from importlib import import_module

import pytest
from django.db import connection

from armstrace.records import parts
from armstrace.transfers import actions, queries
from armstrace.transfers.inputs import AuthorisationInput
from armstrace.transfers.models import PARTS
from armstrace.vocabulary.paging import PageRequest
from tests.transfers import desk
from tests.transfers.desk import CLERK, MONDAY, SAME, SOUND

pytestmark = pytest.mark.django_db
KEPT = {name: getattr(SOUND, name) for name in SAME}
MIGRATION = import_module("armstrace.transfers.migrations.0012_find_parties")


def found(text: str) -> list[str]:
    where = queries.AuthorisationFilter(text=text)
    how = {"viewer": CLERK, "at": MONDAY, "page": PageRequest()}
    return [each.reference for each in queries.authorisation_rows(where, **how).rows]


@pytest.mark.parametrize("few", [parts.FEW, 0])
def test_a_party_is_found_by_any_part_of_the_name_as_it_is_now(few, monkeypatch):
    monkeypatch.setattr(parts, "FEW", few)
    one = desk.recorded(recipient='Range "Old" House', end_user="Guard 7")
    other = desk.recorded(exporter="Oldham Arms")

    assert found("range") == found('"old" h') == found("ARD 7") == [one.reference]
    assert found("ol") == found("old") == [other.reference, one.reference]
    assert found("range guard") == found("%") == found("NEAR") == []
    actions.change_authorisation(
        authorisation_id=one.pk,
        given=AuthorisationInput(**KEPT | {"recipient": "New House"}),
        by=CLERK,
        at=MONDAY,
    )
    assert found("range") == []
    assert found("new house") == [one.reference]


def test_what_finds_parts_is_taken_away_and_made_again_over_what_is_there():
    if connection.vendor != "sqlite":
        pytest.skip("the application's role may not change tables")
    one = desk.recorded(recipient="Range House")

    editor = connection.schema_editor(atomic=False)
    MIGRATION.find_no_parties(None, editor)
    MIGRATION.find_parties(None, editor)

    assert not PARTS.few_with(["range\0ho"])
    assert PARTS.few_with(["range ho"]) == [one.records.current().get().pk]
    assert found("range ho") == [one.reference]
