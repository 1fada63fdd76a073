"""A key of content, by which an unchanged statement is recognised."""

import hashlib
import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Any


def content_key(stated: Any, *, without: tuple[str, ...] = ()) -> str:  # noqa: ANN401 - any frozen dataclass
    """Give the SHA-256 of what a statement says, apart from where it stood.

    Args:
        stated: A dataclass of plain values.
        without: Fields that do not belong to the content, such as a row number.
    """
    if not is_dataclass(stated) or isinstance(stated, type):
        msg = "content_key takes a dataclass"
        raise TypeError(msg)
    plain = {k: v for k, v in asdict(stated).items() if k not in without}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
