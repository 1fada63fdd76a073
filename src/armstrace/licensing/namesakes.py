"""Holders who may be one person with somebody, and of whom something was refused."""

from datetime import date
from itertools import product

from django.db.models import Q

from armstrace.analysis.names.comparison import compare
from armstrace.analysis.names.index import name_keys
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.licensing.standing import licences_stopped, refusals
from armstrace.records.lookups import among
from armstrace.vetting.standing import adverse_subjects
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.look_alikes import plain_words

# From where two names may be of one person; a given name alone scores less.
NEAR = 0.8


def namesakes_barred(name: str, holder: str, on: date) -> list[str]:
    """Give other holders of a similar name who were refused, stopped or found adverse.

    Whether they are one person, somebody decides who compares the two.

    Args:
        name: As typed; the names that a holder had before count too.
        holder: The number of the holder whose name it is.

    Returns:
        Their references, such as H7, in order.

    Source:
        Background paper (2018), paras. 33, 78.
    """
    held = licences_stopped(Licence.objects.current())
    is_barred = (
        Q(holder__in=refusals(on).values("application__holder"))
        | Q(holder__in=held.values("holder"))
        | among("holder_id", adverse_subjects("H", on))
    )
    rows = HolderRecord.objects.get_queryset().filter(is_barred)
    others = rows.exclude(holder__number=holder).order_by("holder_id")
    named = others.values_list("holder_id", "kind", "name")
    found = (f"H{key}" for key, kind, other in named if _is_near(kind, name, other))
    return list(dict.fromkeys(found))


def _is_near(kind: str, name: str, other: str) -> bool:
    """Tell whether two names are near, as written or as they look."""
    schema = "Person" if kind == HolderKind.PERSON else "Organization"
    ways = product(_ways(name), _ways(other))
    return any(
        not _keys(schema, one).isdisjoint(_keys(schema, two))
        and compare(schema, one, two).score >= NEAR
        for one, two in ways
    )


def _ways(name: str) -> set[str]:
    return {name.casefold(), " ".join(plain_words(name))}


def _keys(schema: str, name: str) -> frozenset[str]:
    """Give the keys of a name, also of its words written as one, in either order."""
    parts = name.split()
    joined = ("".join(parts), "".join(reversed(parts)))
    return name_keys(schema, name).union(*(name_keys(schema, e) for e in joined))
