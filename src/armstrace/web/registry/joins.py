"""Reports of loss beside registered arms that they may be of."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armstrace.registry import queries
from armstrace.registry.actions import joining
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.web import access, fields


class JoinForm(fields.DeskForm):
    """A word on two arms on record, and its reason."""

    report_arm = forms.IntegerField(min_value=1)
    arm = forms.IntegerField(min_value=1)
    is_one = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = fields.line(_("Reason"), required=False)

    def to_statement(self) -> joining.StatedJoin:
        """Give what is said.

        Raises:
            InvalidInput: The form was not sent by a page of ours.
        """
        if not self.is_valid():
            msg = message("Decide whether two arms on record are one arm.")
            raise InvalidInput(msg)
        given = self.cleaned_data
        return joining.StatedJoin(
            given["report_arm"], given["arm"], given["is_one"] == "yes", given["reason"]
        )


@access.staff_view
def pairs(request: access.Request) -> HttpResponse:
    """Show the pairs on which nobody decided yet."""
    shown = {
        "pairs": queries.pairs_apart(viewer=request.viewer),
        "may_decide": request.viewer.may("registry.event"),
    }
    return render(request, "registry/pairs.html", shown)


@access.staff_act_who("registry.event")
def decide(request: access.Request) -> HttpResponseBase:
    """Say that two arms on record are one, or are not."""
    stated = JoinForm(request.POST).to_statement()
    joining.decide_on_pair(stated=stated, **request.how)
    return redirect(reverse("arm", args=[stated.arm_id]))
