"""A dry run foretells each row's outcome: it is the load without its last step."""

import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from armstrace.audit.models import LedgerEntry
from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import Chunk
from armstrace.intake.outcomes import Outcome
from armstrace.intake.planning import PlannedRow
from armstrace.intake.tally import Tally
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry.models import LifeEvent
from tests.examples import examples
from tests.intake import files
from tests.intake.loads import ARM, LOADER, NOON, dry_run, load, recovery, table

pytestmark = pytest.mark.django_db
NUMBERS = some.sampled_from(["1", "2", "3"])
RECOVERIES = some.builds(
    recovery,
    NUMBERS,
    serial=some.sampled_from(["ABC123", "XYZ9", "?"]),
    item_kind=some.sampled_from(["ARM", "AMMUNITION", "PART"]),
    recovered_on=some.sampled_from(["2019-03-01", "2019-13-01"]),
    notes=some.sampled_from(["", "seen"]),
)
ARMS = some.builds(
    lambda number, serial: {**ARM, "source_number": number, "serial": serial},
    NUMBERS,
    some.sampled_from(["ABC123", "XYZ9"]),
)
HOLDERS = some.fixed_dictionaries(
    {
        "holder_number": some.sampled_from(["H1", "H2"]),
        "name": some.sampled_from(["Sample", "Example"]),
        "kind": some.sampled_from(["PERSON", "DEALER"]),
        "licence_number": some.sampled_from(["", "L1", "L2"]),
        "licence_type": some.just("POSSESS"),
    }
)
EVENTS = some.fixed_dictionaries(
    {
        "source_number": some.sampled_from([f"E{n}" for n in range(6)]),
        "arm_number": some.sampled_from(["1", "2", "9"]),
        "event": some.sampled_from(
            ["MANUFACTURED", "SOLD_TO_HOLDER", "DESTROYED", "RECOVERED", "LOST"]
        ),
        "happened_on": some.sampled_from(["", "2001-01-01", "2005-05-05"]),
        "holder_to": some.sampled_from(["", "H1", "H9"]),
    }
)
LOSSES = some.fixed_dictionaries(
    {
        "source_number": some.sampled_from(["L1", "L2"]),
        "arm_number": some.sampled_from(["", "1", "9"]),
        "loss_kind": some.sampled_from(["LOST", "STOLEN"]),
        "happened_on": some.sampled_from(["", "2010-05-05"]),
        "serial": some.just("ABC123"),
    }
)
GOODS = some.fixed_dictionaries(
    {
        "source_number": some.sampled_from(["P1", "P2"]),
        "hs_code": some.sampled_from(["93052000", "6109"]),
        "declared_on": some.sampled_from(["2019-03-01", "2019-13-01", ""]),
        "quantity": some.sampled_from(["1", "1,000", "2.5"]),
        "licence": some.sampled_from(["", "L1"]),
    }
)
ROWS = {
    IntakeKind.RECOVERIES: RECOVERIES,
    IntakeKind.REGISTRY: ARMS,
    IntakeKind.HOLDERS: HOLDERS,
    IntakeKind.EVENTS: EVENTS,
    IntakeKind.LOSSES: LOSSES,
    IntakeKind.DECLARATIONS: GOODS,
}


def put(folder: Path, kind: IntakeKind, rows: list[dict[str, str]]) -> None:
    if rows:
        load(files.csv_file(folder / f"{kind.value}.csv", table(*rows)), kind)


def foretold(path: Path, kind: IntakeKind, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the letter that the dry run foretells for each row."""
    letters: list[str] = []
    add = Tally.add

    def listen(self: Tally, rows: list[PlannedRow]) -> None:
        letters.extend(row.outcome or Outcome.HELD for row in rows)
        add(self, rows)

    with monkeypatch.context() as patched:
        patched.setattr(Tally, "add", listen)
        dry_run(path, kind, chunk_rows=2)
    return "".join(letters)


@settings(
    max_examples=examples(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=some.data())
def test_a_dry_run_foretells_the_outcome_of_every_row(
    data: some.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic(), tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for kind in IntakeKind:
            put(folder, kind, data.draw(some.lists(ROWS[kind], max_size=4)))
        correct(data.draw(some.sampled_from(["", "XYZ9", "ABC123", "Q1"])))
        for kind in IntakeKind:
            rows = data.draw(some.lists(ROWS[kind], min_size=1, max_size=7))
            path = files.csv_file(folder / f"next-{kind.value}.csv", table(*rows))
            with transaction.atomic():
                assert_foretold(path, kind, monkeypatch)
                transaction.set_rollback(True)
        transaction.set_rollback(True)


def assert_foretold(
    path: Path, kind: IntakeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = LedgerEntry.objects.count()

    letters = foretold(path, kind, monkeypatch)

    assert LedgerEntry.objects.count() == before
    done = load(path, kind, chunk_rows=2)
    chunks = Chunk.objects.filter(batch=done).order_by("number")
    assert letters == "".join(chunks.values_list("outcomes", flat=True)), kind


def correct(serial: str) -> None:
    """Let a person correct the first recovery, where there is one."""
    first = RecoveryRecord.objects.current().first()
    if first is not None and serial:
        correcting.correct_recovery(
            recovery_id=first.recovery_id,
            changes=Changes(description={"serial": serial}),
            reason="seen",
            by=LOADER,
            at=NOON,
        )


def event(number: int, kind: str, on: str, **changes: str) -> dict[str, Any]:
    return {
        "source_number": f"E{number}",
        "arm_number": "A-1",
        "event": kind,
        "happened_on": on,
        **changes,
    }


def test_an_event_that_a_file_tells_twice_is_one(tmp_path):
    load(files.csv_file(tmp_path / "arms.csv", table(ARM)), IntakeKind.REGISTRY)
    made = event(1, "MANUFACTURED", "2001-01-01", source_number="")
    path = files.csv_file(tmp_path / "events.csv", table(made, made))

    done = load(path, IntakeKind.EVENTS)

    assert (done.rows_loaded, done.by_reason) == (1, {"REPEATED_ROW": 1})
    assert LifeEvent.objects.current().filter(kind="MANUFACTURED").count() == 1


def test_the_events_of_one_file_are_foretold_one_after_the_other(tmp_path):
    load(files.csv_file(tmp_path / "arms.csv", table(ARM)), IntakeKind.REGISTRY)
    numbers = itertools.count(1)
    rows = [
        event(next(numbers), kind, on)
        for kind, on in (
            ("MANUFACTURED", "2001-01-01"),
            ("DESTROYED", "2002-01-01"),
            ("LOST", "2003-01-01"),
        )
    ]
    path = files.csv_file(tmp_path / "events.csv", table(*rows))

    seen = dry_run(path, IntakeKind.EVENTS, chunk_rows=1)
    done = load(path, IntakeKind.EVENTS)

    assert (seen.tally.rows_loaded, seen.tally.by_reason) == (2, {"RULE_BROKEN": 1})
    assert (done.rows_loaded, done.by_reason) == (2, {"RULE_BROKEN": 1})


def test_a_file_loaded_again_never_undoes_a_correction(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))
    load(path)
    correct("XY7654")

    again = load(path)

    assert again.by_reason == {"UNCHANGED": 1}
    assert RecoveryRecord.objects.current().get().serial_search == "XY7654"


def test_what_a_file_states_anew_since_a_correction_is_held(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1"))))
    correct("XY7654")
    path = files.csv_file(tmp_path / "b.csv", table(recovery("1", serial="NEW1")))

    seen = dry_run(path)
    done = load(path)

    assert seen.tally.by_reason == done.by_reason == {"CONFLICT": 1}
    assert RecoveryRecord.objects.current().get().serial_search == "XY7654"
