"""Whose work, of which kind, in which period."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.accounts import queries as accounts
from armstrace.audit.queries import EntryFilter
from armstrace.tracing.queries import WaiverFilter
from armstrace.vocabulary.tracing import TraceException
from armstrace.web import access, days, fields

WEEK = timedelta(days=7)


class PeriodForm(fields.DeskForm):
    """A person and a period."""

    person = forms.ChoiceField(label=_("Who"), required=False)
    since = fields.day(_("From"), required=False)
    until = fields.day(_("To"), required=False)

    def __init__(self, request: access.Request, **first: object) -> None:
        asked = request.GET.copy()
        for name, value in first.items():
            asked.setdefault(name, str(value))
        super().__init__(asked if request.GET else None, initial=first)
        people = accounts.people_who_may("trace.assign", viewer=request.viewer)
        listed = [(name, f"{full} ({name})") for name, full in people.items()]
        choices = [("", _("everybody")), *listed]
        fields.offer(self, "person", choices)


class ActFilters(PeriodForm):
    """Who did what in which period; the last week where nothing is asked."""

    before = forms.IntegerField(
        required=False, widget=forms.HiddenInput, min_value=0, max_value=2**62
    )

    def __init__(self, request: access.Request) -> None:
        super().__init__(request, since=(request.at - WEEK).date())

    def to_filter(self) -> EntryFilter:
        """Give the filter; a form that was not sent asks for the last week."""
        given = self.cleaned_data if self.is_bound else self.initial
        return EntryFilter(
            actor=given.get("person", ""),
            **days.moments_of(given.get("since"), given.get("until")),
            before=given.get("before"),
        )


class WaiverFilters(PeriodForm):
    """Who left what untraced, on which ground, in which period."""

    ground = fields.any_of(TraceException, _("Ground"))

    def to_filter(self) -> WaiverFilter:
        """Give the filter."""
        return self.build(WaiverFilter)
