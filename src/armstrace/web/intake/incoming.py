"""Files on their way in: kept under their hash, opened only by who sent them."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from armstrace.intake.incoming import IncomingFile, digest_of, keep_file
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.web import access

SENT_KEY = "sent_files"
MOST_SENT = 20
UNSAFE = re.compile(r"[^\w.() -]+")


def keep(request: access.Request, file: UploadedFile[Any]) -> str:
    """Keep a file that was sent; give the token that opens it."""
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        msg = gettext("The file is larger than %(mb)d MB; split it and load each part.")
        raise InvalidInput(msg % {"mb": limit}, field="file")
    token = keep_file(file.chunks(), folder=_folder()).name
    name = UNSAFE.sub("_", Path(file.name or "").name) or "file"
    sent = request.session.get(SENT_KEY, {}) | {token: name}
    request.session[SENT_KEY] = dict(list(sent.items())[-MOST_SENT:])
    return token


def open_incoming(request: access.Request, token: str) -> IncomingFile:
    """Give a file that this person sent in this session."""
    name = request.session.get(SENT_KEY, {}).get(token)
    path = _path(token)
    if name is None or not path.exists() or digest_of(path) != token:
        msg = gettext("The file is no longer here; choose it again.")
        raise NotFound(msg)
    return IncomingFile(path, name, belongs_to=request.viewer.agency)


def _path(token: str) -> Path:
    return _folder() / token


def _folder() -> Path:
    return Path(settings.HOME) / "incoming"
