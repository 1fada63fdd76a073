"""Whether licences are in force on a day, and what the checks need to know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from armstrace.licensing.checking import Facts
from armstrace.licensing.models import (
    ApplicationDocument,
    ApplicationRecord,
    HolderRecord,
    Licence,
    LicenceTerms,
)
from armstrace.records.lookups import among
from armstrace.vetting.standing import vetting_of
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import DocumentKind, LicenceStage, LicenceType


def terms_of(licences: Iterable[Licence]) -> Mapping[str, LicenceTerms]:
    """Give the terms of licences by their number, in one query."""
    numbers = [each.number for each in licences]
    rows = LicenceTerms.objects.current().filter(among("number", numbers))
    return {each.number: each for each in rows}


def stage_of(licence: Licence, terms: LicenceTerms | None, on: date) -> LicenceStage:
    """Give the status of a licence on a day; its last day is still in force."""
    stage = LicenceStage(terms.stage) if terms else LicenceStage.ISSUED
    if (
        stage is not LicenceStage.REVOKED
        and licence.valid_until
        and licence.valid_until < on
    ):
        return LicenceStage.EXPIRED
    return stage


def is_in_force(licence: Licence, terms: LicenceTerms | None, on: date) -> bool:
    """Tell whether a licence allows something on a day: dated, and not suspended."""
    is_issued = stage_of(licence, terms, on) is LicenceStage.ISSUED
    return is_issued and licence.is_valid_on(on)


def in_force(licences: Sequence[Licence], on: date) -> list[Licence]:
    """Keep the licences that allow something on a day, in one query."""
    terms = terms_of(licences)
    return [each for each in licences if is_in_force(each, terms.get(each.number), on)]


def facts_of(records: Sequence[ApplicationRecord], on: date) -> dict[int, Facts]:
    """Give what the checks ask of applications, in a query for each kind of fact.

    Args:
        records: With their applications.
        on: The day on which licences have to be in force.
    """
    holders = {each.application.holder_id for each in records}
    documents: dict[int, list[DocumentKind]] = defaultdict(list)
    attached = ApplicationDocument.objects.get_queryset().filter(
        among("application_id", [each.application_id for each in records])
    )
    for application, kind in attached.values_list("application_id", "kind"):
        documents[application].append(DocumentKind(kind))
    held = Licence.objects.current().filter(among("holder_id", holders))
    licences: dict[int, list[LicenceType]] = defaultdict(list)
    for each in in_force(list(held), on):
        licences[each.holder_id].append(LicenceType(each.licence_type))
    named = HolderRecord.objects.current().filter(among("holder_id", holders))
    kinds = dict(named.values_list("holder_id", "kind"))
    refused = _refusals(holders, on)
    known = timezone.make_aware(datetime.combine(on, time.max))
    vetting = vetting_of([f"H{each}" for each in holders], known)
    return {
        each.application_id: Facts(
            activity=LicenceType(each.application.activity),
            holder_kind=HolderKind(kinds[each.application.holder_id]),
            purpose=each.purpose,
            storage=each.storage,
            categories=each.categories,
            quantity=each.quantity,
            born_on=each.born_on,
            documents=tuple(documents[each.application_id]),
            licences=tuple(licences[each.application.holder_id]),
            refused_on=max(
                (
                    day
                    for other, day in refused[each.application.holder_id]
                    if other != each.application_id
                ),
                default=None,
            ),
            stage=LicenceStage(each.stage),
            vetting=vetting[f"H{each.application.holder_id}"].state,
            vetting_answer=vetting[f"H{each.application.holder_id}"].answer,
        )
        for each in records
    }


def _refusals(holders: Iterable[int], on: date) -> dict[int, list[tuple[int, date]]]:
    """Give the refusals that are still visible on a day, by holder."""
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    rows = ApplicationRecord.objects.current().filter(
        among("application__holder_id", holders), visible_until__gte=on
    )
    columns = ("application__holder_id", "application_id", "decided_on")
    for holder, application, decided_on in rows.values_list(*columns):
        found[holder].append((application, decided_on))
    return found
