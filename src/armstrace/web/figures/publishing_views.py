"""Publish a year's tables, and withdraw an edition."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from armstrace.indicators import queries
from armstrace.indicators.actions import publishing as actions
from armstrace.web import door, fields


class PublishForm(fields.DeskForm):
    """Which year, and what readers should know."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    note = forms.CharField(
        label=_("Note for readers"),
        required=False,
        max_length=500,
        help_text=_("Such as what changed since the edition before."),
    )


@door.staff
def published(request: door.Request) -> HttpResponse:
    """List the editions; publish another."""
    years = queries.recovered_years(viewer=request.viewer)
    form = PublishForm(request.POST or None)
    choices = [(str(year), str(year)) for year in reversed(years)]
    form.fields["year"].choices = choices  # type: ignore[attr-defined]
    if request.method == "POST":
        request.viewer.require("publication.decide")
        if form.is_valid():
            given = form.cleaned_data
            made = actions.publish_year(
                year=given["year"], note=given["note"], by=request.viewer, at=request.at
            )
            said = gettext("Edition %(edition)s of %(year)s is published.")
            named = {"edition": made.edition, "year": made.year}
            messages.success(request, said % named)
            return redirect("publications")
    context = {
        "form": form,
        "editions": queries.publications(viewer=request.viewer),
        "may_decide": request.viewer.may("publication.decide"),
    }
    return render(request, "figures/publications.html", context)


@require_POST
@door.staff
def withdraw(request: door.Request, publication_id: int) -> HttpResponse:
    """Stop handing out an edition."""
    actions.withdraw_publication(
        publication_id=publication_id,
        reason=request.POST.get("reason", ""),
        by=request.viewer,
        at=request.at,
    )
    messages.success(request, gettext("The edition is withdrawn."))
    return redirect("publications")
