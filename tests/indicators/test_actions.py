"""Keeping figures."""

from datetime import timedelta

import pytest

from armstrace.analysis.statistics.indicator import Method
from armstrace.audit.models import LedgerEntry
from armstrace.indicators import queries
from armstrace.indicators.actions import figures as actions
from armstrace.indicators.models import Figure
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.paging import PageRequest
from tests.indicators import records

pytestmark = pytest.mark.django_db


def keep(**changes) -> Figure:
    return actions.keep_figure(
        **{
            "year": 2020,
            "method": Method.METADATA,
            "by": records.statistician(),
            "at": records.NOW,
            **changes,
        }
    )


def test_a_kept_figure_says_who_when_by_which_method_and_from_what():
    records.a_decision(records.a_trace(records.an_arm_recovered()))
    records.an_arm_recovered()

    keep()

    (kept,) = queries.kept_figures(
        viewer=records.statistician(), page=PageRequest(), year=2020
    ).rows
    assert (kept.numerator, kept.denominator, kept.value) == (1, 2, 50)
    assert kept.method is Method.METADATA
    assert (kept.kept_by, kept.kept_at) == ("statistician", records.NOW)
    assert kept.as_of == records.NOW
    assert len(kept.content_hash) == 64


def test_keeping_a_figure_is_an_entry_of_the_ledger():
    records.an_arm_recovered()

    keep()

    assert [entry.act for entry in LedgerEntry.objects.all()] == ["figure.kept"]


def test_keeping_the_same_figure_again_changes_nothing():
    records.an_arm_recovered()

    first = keep()
    second = keep()

    assert first.pk == second.pk
    assert LedgerEntry.objects.count() == 1


def test_the_hash_changes_with_the_records_even_where_the_figure_does_not():
    first = records.an_arm_recovered()
    kept = keep()
    records.a_version(
        first, recovered_on="2021-01-01", known_at=records.NOW + timedelta(days=1)
    )
    records.an_arm_recovered(known_at=records.NOW + timedelta(days=1))

    later = keep(at=records.NOW + timedelta(days=2))

    assert (later.numerator, later.denominator) == (kept.numerator, kept.denominator)
    assert later.content_hash != kept.content_hash


def test_last_years_figure_can_be_computed_again_as_then_known():
    recovery = records.an_arm_recovered()
    kept = keep()
    trace = records.a_trace(recovery, records.NOW + timedelta(days=1))
    records.a_decision(trace, known_at=records.NOW + timedelta(days=1))

    again = keep(as_of=records.NOW, at=records.NOW + timedelta(days=2))
    revised = keep(at=records.NOW + timedelta(days=2))

    assert again.pk == kept.pk
    assert revised.numerator == 1


def test_a_year_without_a_figure_is_kept_with_its_reason():
    kept = keep()

    assert kept.value is None
    assert str(Message.read(kept.reason)) == "Nothing is filed or recorded for 2020."


def test_FG_01_a_figure_is_not_kept_as_known_at_a_later_time():
    with pytest.raises(RuleBroken) as refused:
        keep(as_of=records.NOW + timedelta(days=1))

    assert refused.value.rule == "FG-01"
    assert not Figure.objects.exists()


def test_an_analyst_reads_figures_but_does_not_keep_them():
    with pytest.raises(NotPermitted):
        keep(by=records.an_actor(Role.ANALYST))

    assert not Figure.objects.exists()
