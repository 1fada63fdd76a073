"""What applications and authorisations share: documents, acts, what is missing."""

from collections.abc import Collection
from typing import Annotated

from django.conf import settings
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from armstrace.api.shapes import shown_from
from armstrace.licensing.checking import Missing
from armstrace.licensing.inputs import FileInput
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

Paper = Annotated[UploadedFile, File(description="PDF, or a picture of a page.")]


@shown_from(Missing)
class MissingOut(Schema):
    """A check that is not passed."""


class Checked(Schema):
    """What is missing, and by what state that is."""

    missing: list[MissingOut]
    seen: int = Field(description="To be sent with an act.")


def file_of(sent: UploadedFile) -> FileInput:
    return FileInput(sent.read(), sent.name or "", settings.MEDIA_ROOT)


def require_here(act: Code, done: Collection[Code]) -> None:
    """Refuse an act that another route does.

    Raises:
        NotFound: It is not done here.
    """
    if act not in done:
        msg = message("This act is not done here; see which acts the record offers.")
        raise NotFound(msg)
