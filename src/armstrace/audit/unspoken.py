"""Names that no record may say, refused in all that an act writes."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from armstrace.audit import declarations, ledgered
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import BlockKind

SIGN_IN_NAME = 150
ROWS_AT_ONCE = 500
type Subjects = Mapping[tuple[str, BlockKind], Sequence[int]]


def refuse(subjects: Subjects, reason: str, by: Actor, at: datetime) -> None:
    """Refuse an act whose texts say what they must not.

    What stood there before the act is not asked about: who finds such a name in a
    record must be able to take it out, and to do what the record is for.

    Args:
        subjects: Keys of the records that it names, by table.
        reason: Why somebody looks, if so.
    """

    def written() -> Iterator[str]:
        texts, before = {reason}, set[str]()
        for (label, kind), keys in subjects.items():
            model = ledgered.model_of(label)
            if kind is BlockKind.STATE and model is not None:
                for is_new, text in _texts(model, keys, by, at):
                    (texts if is_new else before).add(text)
        return iter(texts - before - {""})

    refusals: Iterable[Callable[..., None]]
    refusals = declarations.functions(lambda app: app.unspoken)
    for refuse_texts in refusals:
        refuse_texts(by, written)


def _texts(
    model: type[models.Model], keys: Sequence[int], by: Actor, at: datetime
) -> Iterator[tuple[bool, str]]:
    """Give the texts of some rows, each with whether the act wrote it."""
    fields = model._meta.concrete_fields  # noqa: SLF001 -- Django's documented model API
    names = {each.name for each in fields}
    told = [each.name for each in fields if _is_text(each)]
    if "known_at" not in names:
        return
    rows = model._base_manager  # noqa: SLF001 -- Django's documented model API
    for start in range(0, len(keys), ROWS_AT_ONCE):
        for row in rows.filter(pk__in=keys[start : start + ROWS_AT_ONCE]):
            was_there = row.known_at < at or getattr(row, "superseded_at", None)  # type: ignore[attr-defined]
            for name in told:
                # In a row that stood before: with who did the act, what they said.
                signed = getattr(row, f"{name.rpartition('_')[0]}_by", None)
                said = getattr(row, name)
                text = said if isinstance(said, str) else _plain(said)
                yield not was_there or signed == by.name, text


def _is_text(field: models.Field[Any, Any]) -> bool:
    """Tell whether people write in a column; names that sign are no text."""
    if field.choices:
        return False
    if isinstance(field, models.CharField):
        length, signs = field.max_length or 0, field.name.endswith("_by")
        return length > SIGN_IN_NAME or (length < SIGN_IN_NAME and not signs)
    return isinstance(field, models.TextField | models.JSONField)


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
