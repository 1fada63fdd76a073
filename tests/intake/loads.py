"""Load small files in tests the way a door does."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from armstrace.accounts import policy
from armstrace.intake import planning, queries
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import Batch
from armstrace.intake.preview import Preview
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.paging import PageRequest

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)

RECOVERY = {
    "source_number": "1",
    "recovery_kind": "SEIZED",
    "recovered_on": "2019-03-01",
    "agency": "POL",
    "arm_type": "Pistol",
    "make": "Glock",
    "model": "17",
    "calibre": "9x19",
    "serial": "ABC123",
}
ARM = {
    "source_number": "A-1",
    "arm_type": "Pistol",
    "make": "Glock",
    "model": "17",
    "calibre": "9x19",
    "serial": "ABC123",
}


def actor(role: Role = Role.SYSTEM, agency: str = "HUB") -> Actor:
    return Actor(
        role.value.lower(), agency, role, Purpose.REGISTRATION, policy.grants_of(role)
    )


LOADER = actor()


def table(*rows: dict[str, str]) -> list[list[str]]:
    """Make headings and rows of text from dicts that share their keys."""
    return [list(rows[0]), *([row[name] for name in rows[0]] for row in rows)]


def recovery(number: str, **values: str) -> dict[str, str]:
    return {**RECOVERY, "source_number": number, **values}


def load(
    path: Path,
    kind: IntakeKind = IntakeKind.RECOVERIES,
    *,
    at: datetime = NOON,
    chunk_rows: int = 1000,
    by: Actor = LOADER,
    agency: str = "",
) -> Batch:
    file = IncomingFile(path, path.name, agency)
    profile = queries.profile_for(file, viewer=by, kind=kind)
    assert profile is not None
    batch = loading.begin_batch(file=file, profile=profile, by=by, at=at)
    done = loading.run_batch(
        batch=batch, by=by, at=at, context=JobContext(), chunk_rows=chunk_rows
    )
    assert done.rows_read == done.rows_loaded + done.rows_held + done.rows_skipped
    assert sum(done.by_reason.values()) == done.rows_held + done.rows_skipped
    return done


def dry_run(
    path: Path, kind: IntakeKind = IntakeKind.RECOVERIES, *, chunk_rows: int = 1000
) -> Preview:
    file = IncomingFile(path, path.name)
    profile = queries.profile_for(file, viewer=LOADER, kind=kind)
    assert profile is not None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "CHUNK_ROWS", chunk_rows)
        return queries.preview(file, profile, viewer=LOADER, at=NOON)


def held(batch: Batch) -> list[queries.HeldRowCard]:
    first = PageRequest()
    found = queries.held_rows(viewer=LOADER, page=first, batch_id=batch.pk, state="")
    return list(found.rows)
