"""Which tables hold business records, and what of them the ledger vouches for.

A business record is a row of a model of an app that keeps records. Sessions,
sign-in attempts, jobs and the ledger's own tables belong to other apps; what is
derived and can be rebuilt from records its app leaves out by name, with the reason.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from armstrace.audit.declarations import App


def is_ledgered(model: type[models.Model]) -> bool:
    """Tell whether rows of a model are business records."""
    meta = model._meta  # noqa: SLF001 -- Django's documented model API
    app = meta.app_config
    if not isinstance(app, App) or not app.is_ledgered:
        return False
    return meta.model_name not in app.unledgered and meta.managed and not meta.proxy


def columns_left_out(model: type[models.Model]) -> frozenset[str]:
    """Name the columns of a business record that the ledger does not vouch for."""
    meta = model._meta  # noqa: SLF001 -- Django's documented model API
    app, name = meta.app_config, meta.model_name or ""
    return (
        frozenset(app.unvouched.get(name, {})) if isinstance(app, App) else frozenset()
    )


def business_models() -> Iterator[type[models.Model]]:
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
