"""Ask once in a session why somebody looks at holders; each look keeps the reason."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.licensing import queries
from armstrace.vocabulary.texts import is_reason
from armstrace.web import access, fields

KEPT = "why_holders"

type View[**P] = Callable[P, HttpResponseBase]


def reason_of(request: access.Request) -> str:
    """Give why the person looks at holders; empty where nobody asked."""
    return str(request.session.get(KEPT, ""))


def ask_first[**P](view: View[P]) -> View[P]:
    """Ask for the reason before the page, where the installation wants one."""

    @wraps(view)
    def answer(*given: P.args, **values: P.kwargs) -> HttpResponseBase:
        request: access.Request = given[0]  # type: ignore[assignment]
        viewer = request.viewer
        if not viewer.may("holder.view") or not queries.asks_reason(viewer):
            return view(*given, **values)
        form = fields.ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and is_reason(form.cleaned_data["reason"]):
            request.session[KEPT] = form.cleaned_data["reason"]
            return redirect(request.get_full_path())
        if form.is_bound and not form.errors:
            form.add_error(
                "reason", gettext("State why you need the names; the reason is logged.")
            )
        if not form.is_bound and is_reason(reason_of(request)):
            return view(*given, **values)
        status = 422 if form.errors else 200
        return render(request, "licensing/why.html", {"form": form}, status=status)

    return answer
