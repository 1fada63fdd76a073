"""Files on their way in: kept under their hash, opened only by who sent them."""

import hashlib
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from armstrace.intake.incoming import IncomingFile
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.web import access

SENT_KEY = "sent_files"
MOST_SENT = 20
UNSAFE = re.compile(r"[^\w.() -]+")


def keep(request: access.Request, file: UploadedFile[Any]) -> str:
    """Keep a file that was sent; give the token that opens it.

    Args:
        request: Its sender's request.
        file: The file as it was sent.

    Raises:
        InvalidInput: It is larger than the limit.
    """
    if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 1024 // 1024
        msg = gettext("The file is larger than %(mb)d MB; split it and load each part.")
        raise InvalidInput(msg % {"mb": limit}, field="file")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    token = digest.hexdigest()
    path = _path(token)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    sent = request.session.get(SENT_KEY, {}) | {token: _plain_name(file.name or "")}
    request.session[SENT_KEY] = dict(list(sent.items())[-MOST_SENT:])
    return token


def opened(request: access.Request, token: str) -> IncomingFile:
    """Give a file that this person sent in this session.

    Args:
        request: Who asks.
        token: As ``keep`` gave it.

    Raises:
        NotFound: There is none; it is sent again.
    """
    name = request.session.get(SENT_KEY, {}).get(token)
    if name is None or not _path(token).exists():
        msg = gettext("The file is no longer here; choose it again.")
        raise NotFound(msg)
    return IncomingFile(_path(token), name, request.viewer.agency)


def _path(token: str) -> Path:
    return Path(settings.HOME) / "incoming" / token


def _plain_name(name: str) -> str:
    return UNSAFE.sub("_", Path(name).name)[-200:] or "file"
