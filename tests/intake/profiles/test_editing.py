"""A profile changed by a form keeps all that the form does not speak of."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.profiles import library
from armstrace.intake.profiles.editing import Edit, change_text, write_toml
from armstrace.intake.profiles.schema import read_profile

pytestmark = pytest.mark.pure
TEXT = """
# said once
name = "actas"
kind = "recoveries"
source = "POLICE"
date_order = "dmy"
recognise = ["Acta"]

[columns]
"Acta" = "case_number"
"Fecha" = "recovered_on"
"Motivo" = ["recovery_kind", "notes"]

[ignored]
"Foto" = "a link"

[constants.country]
value = "UY"
reason = "its own police"

[values.recovery_kind]
"RETENIDA" = "SEIZED"

[[kind_rules]]
kind = "STATE_ARM"
reason = "the inventory names it"
when = [{ column = "Acta", words = ["policía"] }]
"""
PROFILE = read_profile(TEXT, origin="a")


def edit(**given):
    plain = {
        "name": "actas", "source": "POLICE", "settings": {"date_order": "dmy"},
        "columns": {}, "left_out": (), "constants": {}, "values": {},
        "reason": "why",
    }  # fmt: skip
    return Edit(**(plain | given))


@pytest.mark.parametrize(
    "profile", library.built_in_profiles().values(), ids=lambda each: each.name
)
def test_a_change_of_nothing_changes_nothing(profile):
    settings = {n: str(getattr(profile, n)) for n in ("agency", "country")}
    settings["date_order"] = profile.date_order.value
    same = edit(name=profile.name, source=profile.source, settings=settings)

    again = read_profile(change_text(profile, same), origin="a")

    assert again.digest == profile.digest


def test_what_a_person_chose_is_said_and_the_rest_stays():
    chosen = edit(
        settings={"agency": "NORTE"},
        columns={"Acta": "source_number", "Foto": "", "Marca": "make"},
        left_out=("Fecha",),
        constants={"country": "", "recovered_on": "2019"},
        values={"recovery_kind": {"RETENIDA": "", "HALLADA": "FOUND"}},
    )

    told = tomllib.loads(change_text(PROFILE, chosen))

    assert told["agency"] == "NORTE"
    assert "date_order" not in told
    assert told["columns"] == {
        "Acta": "source_number",
        "Motivo": ["recovery_kind", "notes"],
        "Marca": "make",
    }
    assert told["ignored"] == {"Fecha": "why"}
    assert told["constants"] == {"recovered_on": {"value": "2019", "reason": "why"}}
    assert told["values"] == {"recovery_kind": {"HALLADA": "FOUND"}}
    assert told["kind_rules"] == tomllib.loads(TEXT)["kind_rules"]


def test_the_reason_of_what_holds_for_every_row_stays_with_it():
    told = tomllib.loads(change_text(PROFILE, edit(constants={"country": "UY"})))

    assert told["constants"]["country"]["reason"] == "its own police"


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


@given(st.dictionaries(texts, texts, min_size=1), st.lists(texts))
def test_any_wording_is_written_so_that_it_reads_back(words, names):
    told = {
        "recognise": names,
        "values": {"make": words},
        "kind_rules": [{"when": [{"column": each} for each in names]}],
    }

    assert tomllib.loads(write_toml(told)) == told
