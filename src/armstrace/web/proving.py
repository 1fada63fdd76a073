"""Ask again who is at the desk, before what cannot be taken back.

A session that somebody left open exports no names, and decides nothing. What was
typed goes through the question as hidden fields and is done after the answer.

Source:
    ASVS 5.0, 7.5.1 and 7.5.3; CJIS Security Policy, IA-11.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.accounts import actions, queries
from armstrace.accounts.session_store import BEGAN
from armstrace.translation import translate
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.web import asking
from armstrace.web.lists import exports

if TYPE_CHECKING:
    from armstrace.web.access import Request

PROVEN = "proven"
PROOF, PASSPHRASE = "proof", "proof_passphrase"
NOT_CARRIED = frozenset({"csrfmiddlewaretoken", "credential", PROOF, PASSPHRASE})
FORBIDDEN = 403


def _always(request: HttpRequest) -> bool:
    del request
    return True


def _sent(request: HttpRequest) -> bool:
    return request.method == "POST"


def _name_asked(request: HttpRequest) -> bool:
    return "show_person" in request.POST


def _keeps_no_holders(request: HttpRequest) -> bool:
    """Tell whether names of holders are not the viewer's own work at the desk."""
    return not cast("Request", request).viewer.may("holder.record")


def _writes_licence(request: HttpRequest) -> bool:
    return bool(request.POST.get("licence_number", "").strip())


def _acts(*slugs: str) -> Callable[[HttpRequest], bool]:
    """Ask before some of the acts of an address."""

    def asks(request: HttpRequest) -> bool:
        match = request.resolver_match
        return _sent(request) and match is not None and match.kwargs["slug"] in slugs

    return asks


# Which requests ask again, by the name of their address.
ASKED: Mapping[str, Callable[[HttpRequest], bool]] = {
    # Files that may hold names; that of a list asks on every page but ``NAMELESS``.
    "batch-every-row": _always,
    "batch-report": _always,
    "network-file": _always,
    # Disclosures of names.
    "arm-extract": _sent,
    "arm-holders": _sent,
    "held-row": _name_asked,
    "holder": _keeps_no_holders,
    "holders": _keeps_no_holders,
    "recovery-holders": _sent,
    "recovery-person": _sent,
    "trace-holders": _sent,
    # Decisions: what a token needs DECIDE for, and a licence that is written down.
    "application-act": _acts("decide", "uphold", "overturn"),
    "arm-pair-decide": _sent,
    "authorisation-act": _acts(
        "issue", "refuse", "suspend", "reinstate", "revoke", "agree"
    ),
    "case-act": _acts("close"),
    "certificate-issue": _sent,
    "certificate-revoke": _sent,
    "certificate-sign": _sent,
    "conclude": _sent,
    "conclusion-review": _sent,
    "deactivation-refuse": _sent,
    "deactivation-verify": _sent,
    "decide": _sent,
    "depot-act": _acts("dispose"),
    "disposal-decide": _sent,
    "erasure": _sent,
    "exhibit-act": _acts("approved"),
    "held-licence-act": _sent,
    "held-settle": _sent,
    "hit": _sent,
    "holder-correct": _writes_licence,
    "holder-record": _writes_licence,
    "link-remove": _sent,
    "lot-act": _acts("end"),
    "lost-factors": _sent,
    "lost-factors-decide": _sent,
    "mark-sharing": _sent,
    "matching-tuning-take-back": _sent,
    "matching-tuning-use": _sent,
    "publication-withdraw": _sent,
    "publications": _sent,
    "recovery-close": _sent,
    "recovery-judge": _sent,
    "recovery-reopen": _sent,
    "sameness-judge": _sent,
    "step-waiver": _sent,
    "trace-recall": _sent,
    "vetting": _sent,
    "warning-decide": _sent,
    # Who may sign in, and with what.
    "factor-remove": _sent,
    "one-time-codes": _always,
    "operation-act": _sent,
    "operation-covers": _always,
    "own-factors": _always,
    "passkey-add-options": _sent,
    "person-do": _sent,
    "person-invite": _sent,
    "recovery-codes": _sent,
    "token-issue": _sent,
}
# Pages whose lists, handed over as files, name nobody.
NAMELESS = frozenset({"code-lists", "law", "legal-profile", "shortfall"})
# Addresses that send a file, and the pages from which it is asked for.
FILES = {
    "batch-every-row": "batch",
    "batch-report": "batch",
    "network-file": "network",
}


def ask(request: "Request") -> HttpResponse | None:
    """Ask who it is, where the last proof is too old; None where all is well."""
    name = page_name(request)
    is_asked = ASKED.get(name)
    hands_over = exports.is_wanted(request) and name not in NAMELESS
    if is_asked is None and not hands_over:
        return None
    if request.method == "POST" and PROOF in request.POST:
        return _answer(request)
    asks = hands_over or (is_asked is not None and is_asked(request))
    if not asks or _is_fresh(request):
        return None
    return _page(request, request.method or "")


def page_name(request: HttpRequest) -> str:
    """Give the name of the address that is asked for; empty where it has none."""
    match = request.resolver_match
    return (match.url_name if match else "") or ""


def _answer(request: "Request") -> HttpResponse | None:
    """Read the answer; a request that read something is made again."""
    method = request.POST[PROOF]
    refused = "" if _is_fresh(request) else _refusal(request)
    if refused:
        return _page(request, method, refused)
    request.session[PROVEN] = int(time.time())
    if method == "POST":
        return None
    if _sends_file(request):
        context = {"file": request.get_full_path(), "back": _left(request)}
        return render(request, "sign_in/proven.html", context)
    return redirect(request.get_full_path())


def _refusal(request: "Request") -> str:
    """Check the passkey or the passphrase; say what is wrong with it."""
    viewer = request.viewer
    if request.POST.get("credential"):
        try:
            answer = asking.answer_in(request)
            actions.use_passkey(answer=answer, **request.how)
        except ArmstraceError as error:
            return translate(error)
        return ""
    given = request.POST.get(PASSPHRASE, "")
    user = auth.authenticate(request, username=viewer.name, password=given)
    if user is None:
        return gettext("This is not your passphrase. It is case-sensitive.")
    actions.record_proof(user=user, **request.how)
    return ""


def _is_fresh(request: "Request") -> bool:
    now = int(time.time())
    proven = request.session.get(PROVEN, request.session.get(BEGAN, now))
    return bool(now - proven < settings.PROOF_LASTS.total_seconds())


def _page(request: "Request", method: str, refused: str = "") -> HttpResponse:
    can_carry = asking.site_of(request).can_carry
    context = {
        "action": request.get_full_path(),
        "carried": [(PROOF, method), *carry(request)],
        "refused": refused,
        "has_passkey": can_carry and bool(queries.own_passkeys(viewer=request.viewer)),
        "minutes": int(settings.PROOF_LASTS.total_seconds() // 60),
        "is_typed": method == "POST",
    }
    return render(request, "sign_in/proof.html", context, status=FORBIDDEN)


def carry(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Give what was typed, to go as hidden fields through a question."""
    for name, values in request.POST.lists():
        if name not in NOT_CARRIED:
            yield from ((name, str(value)) for value in values)


def _sends_file(request: HttpRequest) -> bool:
    return exports.is_wanted(request) or page_name(request) in FILES


def _left(request: HttpRequest) -> str:
    """Give the list that was left, without the wish for a file."""
    match = request.resolver_match
    asked = request.GET.copy()
    page = FILES.get(match.url_name or "") if match else None
    if match and page == "batch":
        return reverse(page, kwargs=match.kwargs)
    asked.pop("format", None)
    query = asked.urlencode()
    path = reverse(page) if page else request.path
    return f"{path}?{query}" if query else path
