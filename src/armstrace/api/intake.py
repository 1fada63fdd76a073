"""Files over the wire: send one, watch its load, settle the rows that are held."""

from dataclasses import asdict
from pathlib import Path as Folder
from typing import Annotated, Literal

from django.conf import settings
from django.http import FileResponse, HttpRequest
from ninja import File, Form, Path, Query, Schema
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.sending import CSV, as_csv
from armstrace.api.shapes import Done, Key, Reasoned, Text, Why, done, shown_from
from armstrace.api.walking import Rows, Walk, answer_step
from armstrace.intake import queries, reports
from armstrace.intake.actions import held, loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile, keep_file
from armstrace.intake.outcomes import HeldState, Reason
from armstrace.intake.preview import Preview
from armstrace.intake.profiles.schema import Profile
from armstrace.jobs import tasks
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import Settlement

router = Area("intake")
BatchKey = Annotated[Key, Path(description="The id of a load.")]
HeldKey = Annotated[Key, Path(description="The id of a row.")]
Sheet = Annotated[UploadedFile, File(description="The file, as it is.")]
Value = Annotated[str, StringConstraints(max_length=4_000)]


@shown_from(queries.BatchCard)
class BatchOut(Schema):
    """A loaded file: how far its load has come, and what became of its rows."""


@shown_from(queries.HeldRowCard)
class HeldOut(Schema):
    """A row that waits for a person; who is named in it is left out."""


@shown_from(queries.Side, without={"on_record", "stated"})
class SideOut(Schema):
    """One field, on record and as a held row states it; a person's is left empty."""

    on_record: str = Field(description="What the record says.")
    stated: str = Field(description="What the row says.")


@shown_from(Preview, without={"tally"})
class PreviewOut(Schema):
    """What would become of a file; nothing is written."""

    loaded: int
    corrected: int
    held_rows: int
    skipped: int


class FileForm(Sent):
    """How the file is to be understood."""

    profile: Text = Field(
        "", description="Name of the profile; empty lets it be found."
    )
    kind: IntakeKind | None = Field(None, description="What the rows are, where known.")


class HeldQuery(Walk):
    """What narrows a list of held rows."""

    batch: Key | None = Field(None, description="Of one load.", examples=[1])
    reason: Reason | None = Field(None, description="Held for one reason.")
    state: HeldState | None = Field(
        HeldState.OPEN, description="In one state; those that wait where not said."
    )


def _incoming(
    sent: UploadedFile, form: FileForm, by: Actor
) -> tuple[IncomingFile, Profile]:
    """Give a file that was sent with the profile by which it is read.

    Raises:
        InvalidInput: It is larger than the limit, or no profile is of it.
    """
    by.require("intake.load")
    if (sent.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        msg = message("The file is too large; split it and load each part.")
        raise InvalidInput(msg, field="file")
    path = keep_file(sent.chunks(), folder=Folder(settings.HOME) / "incoming")
    file = IncomingFile(path, Folder(sent.name or "file").name, belongs_to=by.agency)
    profile = queries.profile_for(file, viewer=by, kind=form.kind, name=form.profile)
    if profile is None:
        msg = message(
            "No profile fits this file; save one on the pages and name it here."
        )
        raise InvalidInput(msg, field="profile")
    return file, profile


@router.lists("", queries.batches, BatchOut)
def list_loads() -> None:
    """List the files that were loaded; a load that went on has changed."""


@router.writes("", BatchOut)
def load_file(
    request: HttpRequest, form: Form[FileForm], file: Sheet
) -> queries.BatchCard:
    """Begin to load a file; it goes on by itself. A row that stands is not doubled."""
    by, at = caller(request), now()
    incoming, profile = _incoming(file, form, by)
    batch = loading.begin_batch(file=incoming, profile=profile, by=by, at=at)
    tasks.enqueue(batch.job_id, by=by, at=at)
    return queries.batch(batch.pk, viewer=by)


@router.writes("/preview", PreviewOut)
def preview_file(
    request: HttpRequest, form: Form[FileForm], file: Sheet
) -> dict[str, object]:
    """Tell what would become of the rows of a file; nothing is written."""
    by = caller(request)
    incoming, profile = _incoming(file, form, by)
    seen = queries.preview(incoming, profile, viewer=by, at=now())
    shown = {name: getattr(seen, name, None) for name in PreviewOut.model_fields}
    tally = seen.tally
    return shown | {
        "loaded": tally.rows_loaded,
        "corrected": tally.rows_corrected,
        "held_rows": tally.rows_held,
        "skipped": tally.rows_skipped,
    }


@shown_from(queries.SavedProfile, without={"profile"})
class ProfileOut(Schema):
    """A profile that a person saved."""


@router.reads("/profiles", list[ProfileOut])
def list_profiles(request: HttpRequest) -> list[queries.SavedProfile]:
    """List the profiles that people saved; others are shipped."""
    return queries.profiles_on_record(viewer=caller(request))


@router.reads("/held", Rows[HeldOut])
def list_held(request: HttpRequest, where: Query[HeldQuery]) -> dict[str, object]:
    """List rows that wait for a person; one that was decided on has changed."""
    return answer_step(
        queries.held_rows(
            viewer=caller(request),
            page=where.page(),
            batch_id=where.batch,
            reason=where.reason or "",
            state=where.state or "",
        )
    )


@router.reads("/held/{row}", HeldOut)
def read_held(request: HttpRequest, row: HeldKey) -> queries.HeldRowCard:
    """Read one held row."""
    return queries.held_row(row, viewer=caller(request))


@router.reads("/held/{row}/sides", list[SideOut])
def read_sides(request: HttpRequest, row: HeldKey) -> list[dict[str, object]]:
    """Set a held row beside the record that it contradicts, if it does."""
    sides = queries.conflict_sides(row, viewer=caller(request), at=now())
    return [
        {
            name: str(value) if name in {"on_record", "stated"} else value
            for name, value in asdict(each).items()
        }
        for each in sides
    ]


class MendIn(Sent):
    """What a held row is to read."""

    values: dict[str, Value] = Field(
        description="The fields that are to read otherwise, by name.",
        examples=[{"recovered_on": "2019-03-01"}],
        max_length=100,
    )


class SettleIn(Reasoned):
    """Whose word counts: the correction's, or what its source states since."""

    settlement: Literal[Settlement.TAKE, Settlement.KEEP] = Field(
        description="TAKE what the source says, or KEEP the record."
    )


@router.writes("/held/{row}/mend", Done)
def mend_row(request: HttpRequest, row: HeldKey, body: MendIn) -> Done:
    """Correct a held row and load it."""
    by = caller(request)
    record = queries.held_record(row, viewer=by)
    return done(held.mend_row(held=record, values=body.values, by=by, at=now()))


@router.writes("/held/{row}/settle", Done)
def settle_row(request: HttpRequest, row: HeldKey, body: SettleIn) -> Done:
    """Choose between a correction and what its source states since."""
    by = caller(request)
    record = queries.held_record(row, viewer=by)
    return done(held.settle_row(held=record, **body.model_dump(), by=by, at=now()))


@router.writes("/held/{row}/dismiss", HeldOut)
def dismiss_row(
    request: HttpRequest, row: HeldKey, body: Reasoned
) -> queries.HeldRowCard:
    """Dismiss a held row: it will not be loaded."""
    by = caller(request)
    record = queries.held_record(row, viewer=by)
    held.dismiss_row(held=record, reason=body.reason, by=by, at=now())
    return queries.held_row(row, viewer=by)


@router.reads("/{batch}", BatchOut)
def read_load(request: HttpRequest, batch: BatchKey) -> queries.BatchCard:
    """Tell how far a load has come, or how it ended."""
    return queries.batch(batch, viewer=caller(request))


@router.writes("/{batch}/continuation", BatchOut)
def go_on(request: HttpRequest, batch: BatchKey) -> queries.BatchCard:
    """Go on with a load that was cut off."""
    by = caller(request)
    by.require("intake.load")
    record = queries.batch_record(batch, viewer=by)
    tasks.enqueue(record.job_id, by=by, at=now())
    return queries.batch(batch, viewer=by)


@router.sends("/{batch}/report", CSV)
def send_report(request: HttpRequest, batch: BatchKey, why: Why = "") -> FileResponse:
    """Send every row of a file with what became of it, to mend and load again."""
    by = caller(request)
    record = queries.batch_record(batch, viewer=by)
    rows = reports.report_rows(record, viewer=by, at=now(), reason=why, say=translate)
    return as_csv(f"rows-{batch}", rows)


@router.sends("/{batch}/held", CSV)
def send_held(request: HttpRequest, batch: BatchKey, why: Why = "") -> FileResponse:
    """Send the rows of a file that wait, to mend and load again."""
    by = caller(request)
    record = queries.batch_record(batch, viewer=by)
    rows = reports.held_report_rows(
        record, viewer=by, at=now(), reason=why, say=translate
    )
    return as_csv(f"held-{batch}", rows)
