"""Which tables hold business records, and what of them the ledger vouches for.

A business record is a row of a model of one of ``LEDGERED_APPS``. Sessions,
sign-in attempts, jobs and the ledger's own tables belong to other apps; what is
derived and can be rebuilt from records is left out by name.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

LEDGERED_APPS = (
    "accounts",
    "evidence",
    "licensing",
    "registry",
    "recoveries",
    "ballistics",
    "tracing",
    "intake",
    "indicators",
)
LEFT_OUT = frozenset(
    {
        "ballistics.preparedmark",  # derived from scans and regions, prepared at will
        "ballistics.searchprogress",  # how far a search has come, gone at its end
        "registry.keystorestate",  # how the key store is made, derived like it
        "registry.populationsnapshot",  # derived from arm records, recounted at will
        "registry.serialkey",  # derived from arm records, rebuilt at will
    }
)
OMITTED_COLUMNS: dict[str, frozenset[str]] = {
    "accounts.apitoken": frozenset({"last_used_at"}),  # moves with every request
}


def is_ledgered(model: type[models.Model]) -> bool:
    """Tell whether rows of a model are business records."""
    meta = model._meta  # noqa: SLF001 -- Django's documented model API
    wanted = meta.app_label in LEDGERED_APPS and meta.label_lower not in LEFT_OUT
    return wanted and meta.managed and not meta.proxy


def ledgered_models() -> Iterator[type[models.Model]]:
    """Give the models of all business records, in the order of their labels."""
    found = apps.get_models(include_auto_created=True)
    yield from sorted((m for m in found if is_ledgered(m)), key=label_of)


def label_of(model: type[models.Model]) -> str:
    """Give the label of a model, as the ledger writes it."""
    return model._meta.label_lower  # noqa: SLF001 -- Django's documented model API


def model_of(label: str) -> type[models.Model] | None:
    """Give the model of a label; None where the application lost it."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
