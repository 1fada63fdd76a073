"""What changed in a return since it was kept: every cell, and the records behind."""

from datetime import date, timedelta

import pytest

from armstrace.analysis.statistics.questionnaire.declared import From
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.recoveries.models import PartRecord
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.errors import NotFound
from tests.indicators import records

pytestmark = pytest.mark.django_db
LATER = records.NOW + timedelta(days=30)


def filled(year=2020, as_of=None):
    return queries.return_of(year=year, as_of=as_of, viewer=records.statistician())


def keep(at=records.NOW, **changes):
    return actions.keep_return(
        **{"year": 2020, "by": records.statistician(), "at": at, **changes}
    )


def test_a_revision_names_the_cells_and_the_records_that_moved():
    traced = records.an_arm_recovered()
    corrected = records.an_arm_recovered(arm_type="PISTOL")
    kept = keep()
    records.a_decision(records.a_trace(traced, LATER), known_at=LATER)
    records.a_version(
        corrected, known_at=LATER, arm_type="REVOLVER", reason="misread model"
    )
    moved_away = records.an_arm_recovered(known_at=LATER, recovered_on=date(2021, 1, 1))

    found = queries.revisions(year=2020, viewer=records.statistician())

    assert found.since.return_id == kept.pk
    assert ("5.1:IN:SEIZED", 0, 1) in found.cells
    assert ("B1:PISTOL:SEIZED", 1, 0) in found.cells
    moves = {(m.recovery_id, m.before, m.after): str(m.why) for m in found.records}
    assert moves[traced.pk, "5.1:NO:SEIZED", "5.1:IN:SEIZED"].startswith(
        "trace decided"
    )
    assert (
        moves[corrected.pk, "B1:PISTOL:SEIZED", "B1:REVOLVER:SEIZED"]
        == "corrected: misread model"
    )
    assert moved_away.pk not in {m.recovery_id for m in found.records}
    assert found.total == 2


def test_a_revision_says_how_the_indicator_moved_by_both_definitions():
    traced = records.an_arm_recovered()
    records.an_arm_recovered(recovery_kind="FOUND")
    keep()
    records.a_decision(records.a_trace(traced, LATER), known_at=LATER)

    found = queries.revisions(year=2020, viewer=records.statistician())

    assert found.lines[:2] == (
        ("16.4.2 metadata", "0.00 % (0 of 2)", "50.00 % (1 of 2)"),
        ("16.4.2 unodc_annual", "0.00 % (0 of 1)", "100.00 % (1 of 1)"),
    )


def test_a_revision_knows_the_year_that_a_record_went_to():
    recovery = records.an_arm_recovered()
    keep()
    records.a_version(
        recovery, known_at=LATER, recovered_on=date(2019, 12, 30), reason="misread"
    )

    found = queries.revisions(year=2020, viewer=records.statistician())

    assert {(m.recovery_id, m.after, m.year_now) for m in found.records} == {
        (recovery.pk, "", 2019)
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_moves_account_for_every_change_of_every_cell(seed):
    records.a_random_country(seed, 80)
    then = records.BEGIN + timedelta(days=500)
    keep(year=2021, as_of=then)

    found = queries.revisions(year=2021, viewer=records.statistician())

    before, now = filled(2021, then), filled(2021)
    for table in now.tables:
        if table.spec.population.items not in {"ARM", "FATE"}:
            continue
        for row in table.spec.leaves:
            if row.origin is From.ENTERED:
                continue
            for column in table.spec.columns:
                key = f"{table.table_id}:{row.code}:{column}"
                came = sum(key in move.after.split(", ") for move in found.records)
                went = sum(key in move.before.split(", ") for move in found.records)
                both = sum(
                    key in move.after.split(", ") and key in move.before.split(", ")
                    for move in found.records
                )
                was, is_now = before.cell(key).value or 0, now.cell(key).value or 0
                assert is_now - was == came - went, key
                assert both == 0 or table.spec.is_multiple


def moves_of(table):
    found = queries.revisions(year=2020, viewer=records.statistician())
    return {
        (m.recovery_id or m.arm_id): (m.before, m.after, str(m.why))
        for m in found.records
        if m.table == table
    }


def test_a_revision_names_the_records_that_bring_a_case_or_take_it_away():
    records.an_arm_recovered(case_number="7")
    left = records.an_arm_recovered(case_number="8")
    keep()
    records.an_arm_recovered(known_at=LATER, case_number="7")
    came = records.an_arm_recovered(known_at=LATER, case_number="9")
    own = records.an_arm_recovered(known_at=LATER)
    records.a_version(left, known_at=LATER, case_number="7", reason="same case")

    moved = moves_of("A1")

    key = "A1:TOTAL:SEIZED"
    assert moved == {
        left.pk: (key, "", "corrected: same case"),
        came.pk: ("", key, "recorded since"),
        own.pk: ("", key, "recorded since"),
    }


@pytest.mark.unledgered
def test_a_revision_names_parts_and_rounds_whose_quantity_changed():
    part = records.a_part(quantity=2)
    keep()
    current = PartRecord.objects.current().filter(recovery=part.recovery)
    current.update(superseded_at=LATER)
    given = records.circumstances() | {"known_at": LATER, "quantity": 3}
    PartRecord.objects.create(recovery=part.recovery, reason="counted again", **given)

    key = "A3:TOTAL:SEIZED"
    assert moves_of("A3") == {
        part.recovery_id: (key, key, "corrected: counted again"),
    }
    assert moves_of("A1") == {}


@pytest.mark.unledgered
def test_a_revision_names_the_arms_that_were_destroyed_or_marked_since():
    arm = Arm.objects.create(source="REG", source_number="1", known_at=records.BEGIN)
    event = {"arm": arm, "source": "REG", "happened_on": date(2020, 5, 1)}
    for kind, known_at in (("RECOVERED", records.BEGIN), ("DESTROYED", LATER)):
        LifeEvent.objects.create(
            source_number=kind, kind=kind, known_at=known_at, **event
        )
    keep(as_of=records.NOW, at=LATER)

    words = f"{LifeEventKind.DESTROYED.label}, recorded since"
    assert moves_of("F") == {arm.pk: ("", "F:DESTROYED:TOTAL", words)}


def test_without_a_kept_return_nothing_is_revised():
    assert queries.revisions(year=2020, viewer=records.statistician()).since is None
    with pytest.raises(NotFound):
        queries.revisions(year=2020, since=99, viewer=records.statistician())
