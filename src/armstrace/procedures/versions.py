"""Which version of a procedure is in use."""

from datetime import datetime

from django.conf import settings

from armstrace.analysis.procedures import checking, reading
from armstrace.audit import ledger
from armstrace.procedures.models import ProcedureUse, ProcedureVersion
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor

LIMITS = lengths.limits(ProcedureVersion, {"name": "name", "version": "number"})


def in_use() -> ProcedureVersion | None:
    """Give the version in use; None before the first recovery was followed."""
    rows = ProcedureUse.objects.current().filter(country=settings.HOME_COUNTRY)
    use = rows.select_related("version").first()
    return use.version if use else None


def in_use_or_shipped(by: Actor, at: datetime) -> ProcedureVersion:
    """Give the version in use; the shipped one is put into use where none is."""
    found = in_use()
    if found is not None:
        return found
    with ledger.entry("procedure.shipped", by=by, at=at) as entry:
        version = keep(reading.load_shipped(), by, at, entry)
        put_into_use(version, by, at, entry)
    return version


def keep(
    values: reading.Plain, by: Actor, at: datetime, entry: ledger.Entry
) -> ProcedureVersion:
    """Keep a sound version; one that is on record with the same content is given.

    Raises:
        InvalidInput: It has a fault, or a text is too long.
    """
    procedure = checking.require_sound(values)
    lengths.require_fits(procedure, *LIMITS)
    version, is_new = ProcedureVersion.objects.get_or_create(
        code=procedure.code,
        number=procedure.version,
        defaults={
            "name": procedure.name,
            "valid_from": procedure.valid_from,
            "content": reading.plain(procedure),
            "kept_by": by.name,
            "known_at": at,
        },
    )
    if is_new:
        entry.about(version)
    else:
        entry.beside(ProcedureVersion, [version.pk])
    return version


def put_into_use(
    version: ProcedureVersion, by: Actor, at: datetime, entry: ledger.Entry
) -> ProcedureUse:
    """Make a version the one in use; the one before is withdrawn."""
    country = settings.HOME_COUNTRY
    for before in ProcedureUse.objects.current().filter(country=country):
        before.supersede(at)
        entry.about(before)
    use = ProcedureUse.objects.create(
        version=version, country=country, put_by=by.name, source=by.agency, known_at=at
    )
    entry.about(use)
    return use
