"""Columns of their own kind."""

import json
from typing import Any

from django.db import models

from armstrace.vocabulary.messages import NOTHING, Message


class MessageField(models.Field[Message, Message]):
    """A sentence, kept as its template and parameters in a column of text.

    Prose that an earlier version kept is read as a message without parameters.
    """

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - as Django's
        super().__init__(*args, **{"default": NOTHING, **options})

    def get_internal_type(self) -> str:
        """Name the kind of column; digests and databases know it."""
        return "TextField"

    def from_db_value(self, value: str | None, *_: object) -> Message | None:
        """Read what the column holds."""
        return None if value is None else self.to_python(value)

    def to_python(self, value: Message | str) -> Message:
        """Give the message of a column's text."""
        if isinstance(value, Message):
            return value
        is_stored = value.startswith('{"template": ')
        return Message.read(json.loads(value) if is_stored else value)

    def get_prep_value(self, value: Any) -> str | None:  # noqa: ANN401 - as Django's
        """Write a message as the column holds it; one that says nothing is empty."""
        if isinstance(value, Message):
            stored = json.dumps(value.to_json(), ensure_ascii=False)
            return stored if value else ""
        return value if value is None else str(value)
