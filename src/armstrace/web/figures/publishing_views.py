"""Publish a year's tables, and withdraw an edition."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.indicators import queries
from armstrace.indicators.actions import publishing as actions
from armstrace.translation import translate
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.returns import ReturnStage
from armstrace.web import access, acting, cell_names, fields


class YearForm(fields.DeskForm):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def of_years(self, years: Sequence[int], today: date) -> Self:
        """Offer the years, the last that has ended chosen before the others."""
        open_year = gettext("%(year)s, not yet over")
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            (str(year), str(year) if year < today.year else open_year % {"year": year})
            for year in reversed(years)
        ]
        ended = [year for year in years if year < today.year]
        self.initial.setdefault("year", str(max(ended, default="")))
        return self


class PublishForm(YearForm):
    """Which year, and what readers should know."""

    fills: ClassVar = ("indicators.Publication",)
    year = forms.TypedChoiceField(coerce=int, widget=forms.HiddenInput)
    note = fields.line(
        _("Note for readers"),
        required=False,
        help_text=_("For example, what has changed since the previous edition."),
    )


@access.staff_view
def editions(request: access.Request) -> HttpResponse:
    """List the editions; show what a year would publish, and publish it."""
    years, today = queries.years_of_recoveries(viewer=request.viewer), request.today
    asked = request.GET if "year" in request.GET else None
    form = YearForm(asked).of_years(years, today)
    publish = PublishForm(acting.sent(request)).of_years(years, today)
    if request.method == "POST":
        request.viewer.require("publication.decide")
        if publish.is_valid():
            return _publish(request, publish.cleaned_data)
    prepared, submitted = None, None
    if request.method != "POST" and form.is_bound and form.is_valid():
        chosen = form.cleaned_data["year"]
        prepared = queries.preview_year(year=chosen, viewer=request.viewer)
        publish.initial["year"] = str(chosen)
        kept = queries.kept_returns(year=chosen, viewer=request.viewer)
        submitted = next((k for k in kept if k.stage is ReturnStage.SUBMITTED), None)
    context = {
        "form": form,
        "publish": publish,
        "prepared": prepared,
        "indicator": _indicator(prepared) if prepared else (),
        "submitted": submitted,
        "has_ended": prepared is not None and prepared.year < today.year,
        "editions": queries.publications(viewer=request.viewer),
        "may_decide": request.viewer.may("publication.decide"),
    }
    return render(request, "figures/publications.html", context)


def _indicator(prepared: queries.YearPrepared) -> list[dict[str, Any]]:
    return [
        {**each, "because": [cell_names.in_words(one) for one in each["because"]]}
        for each in prepared.indicator
    ]


def _publish(request: access.Request, given: Mapping[str, Any]) -> HttpResponse:
    made = actions.publish_year(year=given["year"], note=given["note"], **request.how)
    named = {"edition": made.edition, "year": made.year}
    if made.known_at == request.at:
        said = gettext("Edition %(edition)s of %(year)s is published.")
        messages.success(request, said % named)
    else:
        said = gettext(
            "Nothing has changed since edition %(edition)s of %(year)s, so no new "
            "edition is published and the note is not kept."
        )
        messages.warning(request, said % named)
    return redirect("publications")


@access.staff_act
def withdraw(request: access.Request, publication_id: int) -> HttpResponse:
    """Stop handing out an edition."""
    try:
        actions.withdraw_publication(
            publication_id=publication_id,
            reason=request.POST.get("reason", ""),
            **request.how,
        )
    except RuleBroken as error:
        messages.error(request, translate(error))
    else:
        messages.success(request, gettext("Edition withdrawn."))
    return redirect("publications")
