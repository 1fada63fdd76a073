"""API tokens: issue one, see when each was last used, revoke."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from armstrace.accounts import actions, queries
from armstrace.accounts import tokens as secrets
from armstrace.vocabulary.errors import InvalidInput
from armstrace.web import access
from armstrace.web.administration import account_forms


@access.staff_view
def token_list(request: access.Request) -> HttpResponse:
    """List all tokens, the newest first."""
    context = {
        "tokens": queries.api_tokens(viewer=request.viewer),
        "at": request.at,
        "may_issue": request.viewer.may("token.issue"),
    }
    return render(request, "administration/tokens.html", context)


@access.staff_act_who("token.issue")
def issue(request: access.Request, user_id: int) -> HttpResponse:
    """Issue a token that acts for an account; it is shown once, on this page."""
    card = queries.account_card(user_id, **request.asking)
    form = account_forms.TokenForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(
            gettext("State what the token is for, what it allows and when it expires.")
        )
    secret = secrets.new_secret()
    token = actions.issue_token(
        user=queries.user_named(card.row.name, viewer=request.viewer),
        stated=form.stated(secret, request.at),
        **request.how,
    )
    context = {
        "secret": secret,
        "until": token.expires_at,
        "user_id": user_id,
        "name": card.row.name,
        "is_token": True,
    }
    return render(request, "administration/secret.html", context)


@access.staff_act_who("token.issue")
def revoke(request: access.Request, token_id: int) -> HttpResponse:
    """End a token at once."""
    actions.revoke_token(
        token_id=token_id, reason=request.POST.get("reason", ""), **request.how
    )
    messages.success(request, gettext("Token revoked."))
    return redirect("tokens")
