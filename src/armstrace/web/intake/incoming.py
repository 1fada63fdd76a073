"""Files on their way in: kept under their hash, opened only by who sent them."""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from armstrace.intake.incoming import IncomingFile, digest_of
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
    token = _write(file)
    sent = request.session.get(SENT_KEY, {}) | {token: _plain_name(file.name or "")}
    request.session[SENT_KEY] = dict(list(sent.items())[-MOST_SENT:])
    return token


def _write(file: UploadedFile[Any]) -> str:
    """Write a file under its digest, whole or not at all.

    A file that was cut off would be taken for the whole one when it comes again. It
    gets its name last, when the disk has it.
    """
    folder = Path(settings.HOME) / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".") as beside:
        whole = Path(beside) / "file"
        with whole.open("wb") as kept:
            for chunk in file.chunks():
                digest.update(chunk)
                kept.write(chunk)
            kept.flush()
            os.fsync(kept.fileno())
        token = digest.hexdigest()
        whole.replace(_path(token))
    return token


def open_incoming(request: access.Request, token: str) -> IncomingFile:
    """Give a file that this person sent in this session.

    Args:
        request: Who asks.
        token: As ``keep`` gave it.

    Raises:
        NotFound: There is none; it is sent again.
    """
    name = request.session.get(SENT_KEY, {}).get(token)
    path = _path(token)
    if name is None or not path.exists() or digest_of(path) != token:
        msg = gettext("The file is no longer here; choose it again.")
        raise NotFound(msg)
    return IncomingFile(path, name, belongs_to=request.viewer.agency)


def _path(token: str) -> Path:
    return Path(settings.HOME) / "incoming" / token


def _plain_name(name: str) -> str:
    return UNSAFE.sub("_", Path(name).name) or "file"
