"""Holders who may be one person with somebody, and of whom something was refused."""

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from armstrace.licensing.models import HolderRecord, Licence
from armstrace.licensing.standing import licences_stopped, refusals
from armstrace.records.lookups import among
from armstrace.vetting.standing import adverse_subjects
from armstrace.vocabulary.look_alikes import is_one_person, latin_letters


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
    words = {each for text in (name, latin_letters(name)) for each in text.split()}
    if not words:
        return []
    held = licences_stopped(Licence.objects.current())
    is_barred = (
        Q(holder__in=refusals(on).values("application__holder"))
        | Q(holder__in=held.values("holder"))
        | among("holder_id", adverse_subjects("H", on))
    )
    is_near = reduce(or_, (Q(name__icontains=each) for each in words))
    rows = HolderRecord.objects.get_queryset().filter(is_barred, is_near)
    others = rows.exclude(holder__number=holder).order_by("holder_id")
    named = others.values_list("holder_id", "name")
    found = (f"H{key}" for key, other in named if is_one_person(name, other))
    return list(dict.fromkeys(found))
