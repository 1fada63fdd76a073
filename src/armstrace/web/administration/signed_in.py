"""Who is signed in, with what, and ending it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.accounts import actions, queries
from armstrace.web import access, record_numbers


@access.staff_view
def session_list(request: access.Request) -> HttpResponse:
    """List the sessions of everybody, the latest use first."""
    context = {
        "sessions": queries.sessions(**request.asking),
        "may_manage": request.viewer.may("account.manage"),
        "back": "sessions",
    }
    return render(request, "administration/sessions.html", context)


@access.staff_act_who("account.manage")
def end(request: access.Request) -> HttpResponse:
    """End one session."""
    actions.end_session(key=request.POST.get("key", ""), **request.how)
    messages.success(request, gettext("Session ended."))
    if whose := record_numbers.key_of(request.POST.get("person", "")):
        return redirect("person", whose)
    return redirect("sessions")
