"""The ledger, its last proof, and who has an account."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from armstrace.accounts import queries as accounts
from armstrace.audit import queries as audit
from armstrace.web import access
from armstrace.web.administration import forms
from armstrace.web.audit import presenters
from armstrace.web.lists import exports, pagination


@access.staff_view
def administration(request: access.Request) -> HttpResponse:
    """Show how the ledger stands, and who has an account."""
    viewer = request.viewer
    proves, sees = viewer.may("ledger.verify"), viewer.may("account.view")
    if not (proves or sees):
        viewer.require("account.view")
    context = {
        "may_read": viewer.may("ledger.view"),
        "ledger": audit.standing(viewer=viewer) if proves else None,
        "sees": sees,
        "counted": _counts(request) if sees else {},
    }
    return render(request, "administration/administration.html", context)


def _counts(request: access.Request) -> dict[str, int]:
    viewer, at = request.viewer, request.at
    people = accounts.accounts(viewer=viewer)
    sessions = accounts.sessions(viewer=viewer, at=at)
    working = sum(row.is_active for row in people)
    return {
        "open": working,
        "closed": len(people) - working,
        "locked": len(accounts.names_locked(viewer=viewer, at=at)),
        "agencies": len(accounts.agencies(viewer=viewer)),
        "signed_in": len({each.user_id for each in sessions}),
    }


@access.staff_view
def ledger(request: access.Request) -> HttpResponseBase:
    """List the entries of the ledger; the reading is an entry itself."""
    filters = forms.LedgerFilters(request.GET or None)
    if exports.is_wanted(request):
        found = audit.entries(filters.to_filter(), **request.asking, limit=None)
        return exports.hand_over(request, "ledger", forms.EXPORTED, found)
    rows = audit.entries(filters.to_filter(), **request.asking, limit=forms.ENTRIES)
    last = rows[-1].seq if len(rows) == forms.ENTRIES else None
    context = {
        "rows": [(row, _records(row)) for row in rows],
        "filters": filters,
        "paging": pagination.older(request, last, count=len(rows), exports=True),
    }
    return render(request, "administration/ledger.html", context)


def _records(row: audit.EntryRow) -> list[str]:
    return [
        presenters.count_in_words(table, count) for table, _kind, count in row.subjects
    ]
