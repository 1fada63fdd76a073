"""Sign in, choose the purpose, sign out."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import auth, messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from armstrace.accounts import actions, actors, policy, queries, sign_in_names
from armstrace.vocabulary.actors import Purpose
from armstrace.web import access, asking
from armstrace.web.sign_in import demo, forms, second_step

if TYPE_CHECKING:
    from armstrace.accounts.models import User


class SignIn(LoginView):
    """Ask for name and passphrase; several purposes lead to the choice of one."""

    template_name = "sign_in/sign_in.html"
    authentication_form = forms.SignInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's own
        """Show the demo's accounts, where this is a demo."""
        carries = asking.site_of(self.request).can_carry
        return super().get_context_data(
            demo_accounts=demo.accounts(), carries_passkeys=carries, **kwargs
        )

    def get_default_redirect_url(self) -> str:
        """Go to today's work where nothing else was asked for."""
        return reverse("today")

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Open the session, or ask for the second factor first."""
        user, goal = form.get_user(), self.get_success_url()
        factors = queries.own_factors(viewer=actors.actor_for(user))
        if factors.held.is_any:
            return second_step.begin(self.request, user, goal)
        return second_step.open_session(self.request, user, goal)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Write down the try, and say what was wrong."""
        actions.record_failed_sign_in(
            name=sign_in_names.fold(form.data.get("username", "")),
            is_locked=getattr(self.request, "axes_locked_out", False),
            by=actors.system_actor(),
            at=timezone.now(),
        )
        return super().form_invalid(form)


@access.staff_view
def purpose(request: access.Request) -> HttpResponse:
    """Choose what the work is for; it is written with every act."""
    goal = request.POST.get("next") or request.GET.get("next") or reverse("today")
    is_here = url_has_allowed_host_and_scheme(goal, allowed_hosts=None)
    if not is_here or second_step.leads_back(goal):
        goal = reverse("today")
    served = policy.PURPOSES[request.viewer.role]
    chosen = request.POST.get("purpose")
    if chosen in served:
        request.session[access.PURPOSE_KEY] = Purpose(chosen).value
        return redirect(goal)
    is_sent = request.method == "POST"
    if is_sent:
        messages.error(request, gettext("Choose one of these."))
    shown = {
        "choices": served,
        "next": goal,
        "is_unchosen": len(served) > 1 and access.PURPOSE_KEY not in request.session,
    }
    return render(
        request, "sign_in/purpose.html", shown, status=422 if is_sent else 200
    )


@access.staff_act
def sign_out(request: access.Request) -> HttpResponse:
    """End the session."""
    user = cast("User", auth.get_user(request))
    actions.record_sign_out(user=user, **request.how)
    auth.logout(request)
    left = redirect("sign-in")
    left.headers["Clear-Site-Data"] = '"cache", "storage"'
    return left
