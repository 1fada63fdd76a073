"""Whether a mark is shared with the international ballistic network."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.ballistics import queries
from armstrace.ballistics.actions import sharing
from armstrace.ballistics.actions.sharing import StatedSharing
from armstrace.ballistics.lengths import TEXTS
from armstrace.ballistics.queries import SharingShown
from armstrace.translation import translate
from armstrace.vocabulary.ballistics import SharingStanding
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message
from armstrace.web import access, fields


class SharingForm(fields.DeskForm):
    """A decision on sharing with its reason and a person's own answers."""

    standing = fields.code(SharingStanding, _("Decision"), empty=_("choose"))
    also = forms.MultipleChoiceField(
        label=_("Criteria that you know are met"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sharing_reason = fields.line(_("Reason"), TEXTS["reason"].most)

    def __init__(self, data: object = None, *, told: SharingShown) -> None:
        super().__init__(data)
        open_ones = [(one.key, translate(one.words)) for one in told.proposal.open]
        also = self.fields["also"]
        also.choices = open_ones  # type: ignore[attr-defined]  # a choice field


@access.staff_act
def decide(request: access.Request, mark_id: int) -> HttpResponse:
    """Record a decision on sharing a mark; nothing is sent by itself."""
    told = queries.sharing_of_mark(mark_id, viewer=request.viewer, on=request.today)
    form = SharingForm(request.POST, told=told)
    if not form.is_valid():
        raise InvalidInput(message("Choose a decision on sharing and write why."))
    given = form.cleaned_data
    met = (one.key for one in told.proposal.met)
    sharing.decide_sharing(
        stated=StatedSharing(
            mark_id,
            SharingStanding(given["standing"]),
            given["sharing_reason"],
            (*met, *given["also"]),
            told.proposal.edition.name,
        ),
        **request.how,
    )
    messages.success(request, gettext("Decision on sharing saved. Nothing was sent."))
    return redirect("ballistic-mark", mark_id)
