"""Who looked at which records: for the auditor, and for whoever answers for a case."""

from dataclasses import replace
from datetime import timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.accounts import queries as accounts
from armstrace.audit import consulted, unusual
from armstrace.licensing import queries as licensing
from armstrace.vocabulary.errors import NotFound
from armstrace.web import access
from armstrace.web.audit import forms, presenters
from armstrace.web.lists import exports, pagination

SHOWN = 50
LOOKED_BACK = timedelta(days=90)


@access.staff_who("ledger.view")
def consultations(request: access.Request) -> HttpResponseBase:
    """Tell who looked at a record, a holder, an agency's records, in a period."""
    filters = forms.ConsultationFilters(request.GET, viewer=request.viewer)
    if not filters.is_valid():
        context = {"filters": filters, "rows": (), "is_wrong": True}
        return render(request, "audit/consultations.html", context, status=422)
    where = filters.to_filter()
    if exports.is_wanted(request):
        found = consulted.consultations(where, **request.asking, limit=None)
        return exports.hand_over(request, "consultations", presenters.EXPORTED, found)
    rows = consulted.consultations(where, **request.asking, limit=SHOWN)
    last = rows[-1].seq if len(rows) == SHOWN else None
    context = {
        "filters": filters,
        "rows": [presenters.row(each) for each in rows],
        "paging": pagination.older(request, last, count=len(rows), exports=True),
    }
    return render(request, "audit/consultations.html", context)


@access.staff_view
def record(request: access.Request, reference: str) -> HttpResponseBase:
    """Tell whoever answers for a record who looked at it."""
    found = forms.record_named(reference)
    if found is None:
        msg = gettext("There is no such record here; look at the list again.")
        raise NotFound(msg)
    filters = forms.PeriodFilters(request.GET)
    period = filters.to_period()
    is_file = exports.is_wanted(request)
    rows = consulted.consultations_of(
        found,
        **request.asking,
        limit=None if is_file else SHOWN,
        period=period,
    )
    if is_file:
        return exports.hand_over(request, "consultations", presenters.EXPORTED, rows)
    last = rows[-1].seq if len(rows) == SHOWN else None
    context = {
        "filters": filters,
        "paging": pagination.older(request, last, count=len(rows), exports=True),
        "reference": reference.upper(),
        "address": presenters.address_of(*found),
        "rows": [presenters.row(each) for each in rows],
    }
    return render(request, "audit/who_looked.html", context)


@access.staff_who("ledger.view")
def person(request: access.Request, name: str) -> HttpResponse:
    """Show what in one person's consultations asks for a look."""
    account = accounts.user_named(name, viewer=request.viewer)
    since = request.at - LOOKED_BACK
    where = consulted.ConsultationFilter(actor=account.name, since=since)
    rows = consulted.consultations(where, **request.asking, limit=None)
    looks = [_look(row) for row in reversed(rows)]
    context = {
        "account": account,
        "count": len(rows),
        "days": LOOKED_BACK.days,
        "signs": [
            *_of_own_name(request, account.full_name, where),
            *unusual.signs(looks),
        ],
        "limits": presenters.limits(),
    }
    return render(request, "audit/person.html", context)


def _of_own_name(
    request: access.Request, full_name: str, where: consulted.ConsultationFilter
) -> list[unusual.Sign]:
    """Give the days on which a person looked at a holder of their own name."""
    days = set()
    for holder in licensing.holders_called(full_name, viewer=request.viewer):
        named = replace(where, record=("licensing.holder", holder))
        found = consulted.consultations(named, **request.asking, limit=None)
        days |= {timezone.localtime(row.at).date() for row in found}
    return [unusual.of_own_name(day) for day in sorted(days, reverse=True)]


def _look(row: consulted.ConsultationRow) -> unusual.Look:
    return unusual.Look(
        at=timezone.localtime(row.at),
        records=sum(count for _, count in row.shown),
        opened=presenters.identity_of(row.opened),
    )
