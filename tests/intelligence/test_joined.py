"""A kind of link leads between some kinds of records, and no others."""

import pytest

from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.intelligence import ASSERTED_KINDS, JOINED
from armstrace.vocabulary.networks import LinkKind
from tests import builders, cast
from tests.intelligence import desk

pytestmark = pytest.mark.django_db


def test_LP_14_a_link_leads_only_between_what_its_kind_joins():
    person, arm = desk.subject(), f"A{builders.stolen_pistol()}"
    (recovery,) = builders.recovered()

    for start, kind, end in (
        (arm, LinkKind.HAD, person),
        (arm, LinkKind.LIVES_AT, person),
        (person, LinkKind.LIVES_AT, arm),
        (person, LinkKind.MEMBER_OF, f"R{recovery}"),
    ):
        with pytest.raises(RuleBroken) as refused:
            desk.link(start, end, kind, by=cast.ANALYST)
        assert refused.value.rule == "LP-14"
    with pytest.raises(RuleBroken) as refused:
        desk.link(arm, person, LinkKind.RELATIVE_OF)
    assert str(refused.value) == (
        "“relative of” leads from one of these (person, holder) to one of these "
        f"(person, holder); check {arm} and {person} and their order, or choose "
        "another kind of link."
    )
    assert desk.link(person, arm, LinkKind.HAD).kind == "HAD"
    assert desk.link(arm, person, LinkKind.OTHER).kind == "OTHER"


def test_every_kind_of_link_that_is_asserted_joins_something():
    assert JOINED.keys() | {LinkKind.OTHER} == set(ASSERTED_KINDS)
