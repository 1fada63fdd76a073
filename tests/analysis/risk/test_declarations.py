"""What may be an input of risk, and what may never be one."""

from dataclasses import fields, make_dataclass
from typing import Any

import pytest

from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.on_traced import TracedArm
from armstrace.analysis.risk.warnings.facts import Lost, Recovered, Source

PROTECTED = {
    *("nation", "nationality", "citizenship", "citizen", "race", "ethnicity"),
    *("religion", "belief", "faith", "sex", "gender", "born", "birth", "age"),
    *("birthplace", "language", "politics", "health", "disability", "union"),
}


def protected_in(kind: Any) -> set[str]:
    words = {word for field in fields(kind) for word in field.name.split("_")}
    return words & PROTECTED


@pytest.mark.parametrize("kind", [Declaration, TracedArm, Recovered, Source, Lost])
def test_no_protected_attribute_of_a_person_is_an_input(kind: type) -> None:
    assert not protected_in(kind)


@pytest.mark.parametrize("name", ["consignee_nationality", "born_on", "sex"])
def test_such_an_input_would_be_noticed(name: str) -> None:
    assert protected_in(make_dataclass("Goods", ["number", name]))
