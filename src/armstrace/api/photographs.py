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
from armstrace.api.shapes import Key, RecoveryNumber, Ref, Text
from armstrace.evidence import actions
from armstrace.evidence import queries as evidence
from armstrace.recoveries import queries
from armstrace.recoveries.actions import observing
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

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
    kept = actions.store_image(
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
    by.require("evidence.view")
    item = queries.arm_detail(recovery, viewer=by)
    hashes = {one.photograph_id: one.sha256 for one in item.photographs}
    if photograph not in hashes:
        msg = message("There is no such photograph; look at the recovery again.")
        raise NotFound(msg)
    opened = evidence.open_file(
        hashes[photograph], folder=settings.MEDIA_ROOT, viewer=by, at=now()
    )
    return HttpResponse(opened.shown, content_type=opened.media_type)
