"""Photographs of recovered items over the wire."""

from datetime import date
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path
from ninja.files import UploadedFile
from pydantic import Field

from armstrace.api.errors import Sent, caller, now
from armstrace.api.routing import Area
from armstrace.api.shapes import Key, Reasoned, RecoveryNumber, Ref, Text
from armstrace.evidence import queries as evidence
from armstrace.recoveries import nameless, queries
from armstrace.recoveries.actions import observing

router = Area("photographs")
Picture = Annotated[UploadedFile, File(description="JPEG, PNG or WebP.")]
PhotographKey = Annotated[Key, Path(description="The photograph_id.")]


class PhotographForm(Sent):
    """What is said of a photograph."""

    caption: Text = Field("", description="What it shows.")
    taken_on: date | None = Field(
        None, description="Day on which it was taken.", examples=["2026-01-31"]
    )


@router.writes("/{recovery}", Ref)
def add_photograph(
    request: HttpRequest,
    recovery: RecoveryNumber,
    form: Form[PhotographForm],
    file: Picture,
) -> Ref:
    """Put a photograph beside the marks of a recovered arm."""
    by = caller(request)
    by.require("evidence.add")
    record = queries.current_record(recovery, viewer=by)
    by.require("evidence.add", agency=record.agency)
    kept = nameless.store_photograph(
        recovery_id=recovery,
        content=file.read(),
        name=file.name or "",
        folder=settings.MEDIA_ROOT,
        by=by,
        at=now(),
    )
    stated = observing.StatedPhotograph(kept, form.caption, form.taken_on)
    made = observing.add_photograph(
        recovery_id=recovery, stated=stated, by=by, at=now()
    )
    return Ref(id=str(made.pk))


@router.sends("/{recovery}/{photograph}", "image/jpeg", "image/png", "image/webp")
def send_photograph(
    request: HttpRequest, recovery: RecoveryNumber, photograph: PhotographKey
) -> HttpResponse:
    """Send a photograph without its notes; the ledger keeps who looked."""
    by = caller(request)
    found = queries.photograph_page(recovery, photograph, viewer=by)
    opened = evidence.open_file(
        found.file.sha256,
        folder=settings.MEDIA_ROOT,
        of=found.recovery,
        viewer=by,
        at=now(),
    )
    return HttpResponse(opened.shown, content_type=opened.media_type)


@router.writes("/{recovery}/{photograph}/withdrawal", Ref)
def withdraw_photograph(
    request: HttpRequest,
    recovery: RecoveryNumber,
    photograph: PhotographKey,
    body: Reasoned,
) -> Ref:
    """Withdraw a photograph that does not belong here; nothing is deleted."""
    by = caller(request)
    queries.photograph_page(recovery, photograph, viewer=by)
    observing.withdraw_photograph(
        photograph_id=photograph, reason=body.reason, by=by, at=now()
    )
    return Ref(id=str(photograph))
