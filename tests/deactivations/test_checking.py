"""The standard of the day decides what is asked; nothing passes with a part open."""

from dataclasses import replace
from datetime import date
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.deactivations import checking
from armstrace.deactivations.rules import Facts
from armstrace.licensing.checking import blocking
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import PartType
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck

pytestmark = pytest.mark.pure

DAYS = (date(2010, 1, 1), date(2017, 1, 1), date(2018, 6, 28), date(2026, 11, 24))
EU, PROTOCOL = profiles.load("eu"), profiles.load("protocol")
TODAY = DAYS[-1]


def whole(kind: ArmKind = ArmKind.PISTOL) -> Facts:
    """State a deactivation that lacks nothing, of the day before the first day."""
    return Facts(
        kind=kind,
        performed_on=date(2009, 12, 31),
        performed_by="Old Mill Gunsmiths",
        performer="Jo Smith",
        is_authorised=Known.YES,
        parts=tuple(PartType),
        checks=tuple(VerifiedCheck),
        marked=tuple(PartType),
        verified_by="Proof House",
        signatory="Vera Proof",
        title="Proof master",
    )


def codes(facts, law=EU, on=TODAY):
    return [each.code for each in checking.missing(facts, law, on)]


def blocked(facts, law=EU, on=TODAY):
    return blocking(checking.missing(facts, law, on))


@pytest.mark.parametrize("law", [EU, PROTOCOL])
@pytest.mark.parametrize("kind", list(ArmKind))
@pytest.mark.parametrize("on", DAYS)
def test_DA_02_of_all_subsets_of_parts_only_the_whole_passes(law, kind, on):
    asked = checking.provision_of(whole(kind), law, on)
    subsets = chain.from_iterable(
        combinations(asked.parts, many) for many in range(len(asked.parts) + 1)
    )

    for parts in subsets:
        told = replace(whole(kind), parts=parts)
        is_whole = set(parts) == set(asked.parts)
        assert (not blocked(told, law, on)) == is_whole
        assert ("DA-02" in codes(told, law, on)) == (not is_whole)
    assert len(asked.parts) >= 2


@given(
    parts=st.sets(st.sampled_from(PartType)),
    checks=st.sets(st.sampled_from(VerifiedCheck)),
    kind=st.sampled_from(ArmKind),
    on=st.sampled_from(DAYS),
    law=st.sampled_from([EU, PROTOCOL]),
)
def test_what_is_open_is_named_whatever_was_ticked(parts, checks, kind, on, law):
    told = replace(whole(kind), parts=tuple(parts), checks=tuple(checks))

    asked = checking.provision_of(told, law, on)

    assert set(asked.open_parts) == set(asked.parts) - parts
    assert set(asked.open_checks) == set(asked.standard.checks) - checks
    found = {each.code for each in checking.missing(told, law, on)}
    assert ("DA-02" in found) == bool(asked.open_parts)
    assert ("DA-03" in found) == bool(asked.open_checks)


def test_the_standard_is_that_of_the_day():
    named = [checking.provision_of(whole(), EU, day).standard.code for day in DAYS]

    assert named == ["FP-9", "EU-2015/2403", "EU-2018/337", "EU-2018/337"]


def test_DA_01_before_there_was_a_standard_nothing_is_verified():
    assert codes(whole(), on=date(2005, 7, 2)) == ["DA-01"]


def test_DA_03_each_check_is_signed():
    for each in checking.provision_of(whole(), EU, TODAY).standard.checks:
        rest = tuple(one for one in VerifiedCheck if one is not each)
        assert "DA-03" in blocked(replace(whole(), checks=rest))


@pytest.mark.parametrize("kind", list(ArmKind))
def test_DA_40_each_essential_part_bears_its_mark_in_the_union(kind):
    parts = checking.provision_of(whole(kind), EU, TODAY).parts

    for part in parts:
        rest = tuple(each for each in parts if each is not part)
        told = replace(whole(kind), marked=rest)
        assert blocked(told) == ("DA-40",)
        assert part.label in str(checking.missing(told, EU, TODAY)[0].said)


def test_DA_40_where_the_law_asks_no_mark_its_absence_is_a_warning():
    told = replace(whole(), marked=())

    assert codes(told, PROTOCOL) == ["DA-40"]
    assert blocked(told, PROTOCOL) == ()
    assert codes(whole(), PROTOCOL) == []


@pytest.mark.parametrize(
    "name", ["Jo Smith", "JO  SMITH", "jo smith", "Smith, Jo", "Mag. Jo Smith"]
)
def test_DA_04_who_deactivated_does_not_verify_whatever_the_law(name):
    told = replace(whole(), signatory=name)

    assert blocked(told) == ("DA-04",)
    assert blocked(told, PROTOCOL) == ("DA-04",)


def test_DA_04_that_another_body_verifies_is_a_duty_in_the_union_alone():
    told = replace(whole(), performer="", verified_by=whole().performed_by)

    assert blocked(told) == ("DA-04",)
    assert codes(told, PROTOCOL) == ["DA-04"]
    assert blocked(told, PROTOCOL) == ()


def test_DA_04_the_workshop_is_not_the_verifying_body_whoever_signs():
    # The second has a Cyrillic letter, and one that nobody sees.
    for name in ("old mill gunsmiths", "Old \u041cill Gun\u200bsmiths"):
        own = replace(whole(), verified_by=name)

        assert blocked(own) == ("DA-04",)
        assert codes(own, PROTOCOL) == ["DA-04"]


def test_DA_05_what_can_be_undone_is_no_deactivation():
    assert blocked(replace(whole(), is_reversible=True)) == ("DA-05",)


def test_DA_06_who_deactivates_is_licensed_a_duty_in_the_union_alone():
    for told in (Known.NO, Known.UNKNOWN):
        facts = replace(whole(), is_authorised=told)
        assert blocked(facts) == ("DA-06",)
        assert blocked(facts, PROTOCOL) == ()


def test_DA_07_the_certificate_names_bodies_and_signatory():
    for name in ("performed_by", "verified_by", "signatory", "title"):
        assert "DA-07" in blocked(replace(whole(), **{name: " "}))


def test_DA_08_nothing_is_verified_before_it_was_done():
    for day in (None, date(2026, 11, 25)):
        assert blocked(replace(whole(), performed_on=day)) == ("DA-08",)


def test_DA_09_one_done_abroad_comes_with_its_certificate():
    abroad = Facts(kind=ArmKind.PISTOL, performed_on=DAYS[0], country="AT")
    paper = {"foreign_standard": "EU-2018/337", "foreign_certificate": "AT-1"}

    assert blocked(abroad) == ("DA-09",)
    assert blocked(replace(abroad, **paper)) == ()
