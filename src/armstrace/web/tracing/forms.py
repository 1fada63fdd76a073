"""What is said with each decision on a trace."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armstrace.accounts import queries as accounts
from armstrace.tracing.inputs import (
    AnswerInput,
    DecisionInput,
    DiversionInput,
    RecallInput,
    RequestInput,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    TraceAnswer,
    TraceChannel,
    TraceException,
    TraceGround,
    TraceOutcome,
    TraceStanding,
)
from armstrace.web import country_words, fields


class DecisionForm(fields.DeskForm):
    """A decision with its reason."""

    standing = TraceStanding.OPEN

    reason = fields.lines(_("Reason"))
    arm_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def to_input(self, recovery_id: int, on: date) -> DecisionInput:
        return self.build(
            DecisionInput,
            recovery_id=recovery_id,
            standing=self.standing,
            decided_on=on,
            **self.particulars(),
        )

    def particulars(self) -> dict[str, Any]:
        """Give what this kind of decision states besides."""
        return {}


class OpenForm(DecisionForm):
    """Open a trace, on a ground."""

    ground = fields.code(TraceGround, _("Ground"))
    field_order = ("ground", "reason")


class ExceptForm(DecisionForm):
    """Leave an arm untraced, on a ground and with a reason."""

    standing = TraceStanding.EXCEPTED
    exception = fields.code(TraceException, _("Ground"))
    field_order = ("exception", "reason")


class CloseForm(DecisionForm):
    """Close a trace with an outcome other than a point of diversion."""

    standing = TraceStanding.CLOSED
    outcome = fields.code(
        TraceOutcome, _("Outcome"), but=(TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED,)
    )
    field_order = ("outcome", "reason")


class ConfirmForm(DecisionForm):
    """Confirm where an arm left the legal world; a person's word."""

    standing = TraceStanding.CLOSED
    kind = fields.code(DiversionKind, _("Kind of point"), but=(DiversionKind.UNKNOWN,))
    on = fields.day(_("When"), required=False)
    earliest_on = fields.day(_("Earliest"), required=False)
    latest_on = fields.day(_("Latest"), required=False)
    place = fields.line(_("Place"), 120, required=False)
    region = fields.line(_("Region"), 120, required=False)
    country = country_words.field(_("Country"))
    holder_number = fields.mark(_("Last lawful holder, by number"), 64, required=False)
    established = fields.code(
        Establishment, _("How it was established"), but=(Establishment.NOT_ESTABLISHED,)
    )
    field_order = (
        *("kind", "on", "earliest_on", "latest_on", "place", "region", "country"),
        *("holder_number", "established", "reason"),
    )

    def particulars(self) -> dict[str, Any]:
        """Give the point of diversion and how it was established."""
        country = self.cleaned_data["country"]
        return {
            "outcome": TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED,
            "diversion": self.build(DiversionInput, country=country),
        }


class AbroadForm(fields.DeskForm):
    """What passed between this State and another one."""

    verb: ClassVar[object]
    # What is made of it.
    says: ClassVar[type]

    country = country_words.field(pgettext_lazy("country", "State"))


class RequestForm(AbroadForm):
    """That another State was asked about an arm."""

    fills: ClassVar = ("tracing.TraceRequest",)
    verb, says = _("Request to another State"), RequestInput
    asked_on = fields.day(_("Asked on"))
    channel = fields.code(TraceChannel, _("How it was sent"))
    reference = fields.mark(_("Number of the request"))


class AnswerForm(AbroadForm):
    """What a State that was asked says."""

    fills: ClassVar = ("tracing.TraceRequest",)
    verb, says = _("Answer of another State"), AnswerInput
    answered_on = fields.day(_("Answered on"))
    answer = fields.code(TraceAnswer, _("What it says"), but=(TraceAnswer.RECALLED,))
    told = fields.lines(_("Text of the answer"), required=False)


class RecallForm(AbroadForm):
    """That a request is taken back, such as one sent to the wrong State."""

    verb, says = _("Recall a request"), RecallInput
    reason = fields.lines(_("Reason"))


class AssignForm(fields.DeskForm):
    """To whom recoveries go, and what is said to that person."""

    person = forms.ChoiceField(label=_("Person"))
    note = fields.line(_("Note"), 500, required=False)

    def __init__(self, viewer: Actor) -> None:
        super().__init__(auto_id="assign-%s")
        people = accounts.people_who_may("trace.assign", viewer=viewer)
        fields.offer(self, "person", fields.people(people))


@dataclass(frozen=True, slots=True)
class Act:
    """A decision that may be taken, named by its verb."""

    # Last part of its address.
    key: str
    verb: object
    needs: str
    form: type[DecisionForm]
    rule: object


ACTS = (
    Act(
        "confirm",
        _("Confirm point of diversion"),
        "trace.confirm",
        ConfirmForm,
        _(
            "Only a person can confirm it, giving its kind, its basis and a reason. "
            "Confirming also records that the candidate is the same arm."
        ),
    ),
    Act(
        "open",
        _("Open a trace"),
        "trace.open",
        OpenForm,
        _("MOSAIC 05.31: every recovered arm is traced, on a stated legal ground."),
    ),
    Act(
        "close",
        _("Close the trace"),
        "trace.close",
        CloseForm,
        _("A trace is closed with an outcome."),
    ),
    Act(
        "except",
        _("Decide not to trace"),
        "trace.except",
        ExceptForm,
        _("Only on a stated ground, with a reason, by a supervisor."),
    ),
)
BY_KEY = {act.key: act for act in ACTS}
