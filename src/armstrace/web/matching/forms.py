"""What can be asked of runs of matching, and what people say of pairs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries import queries
from armstrace.recoveries.actions import pairs
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion, TuningKind
from armstrace.vocabulary.tracing import Judgement, RepeatKind
from armstrace.web import fields

CHANCES = [
    ("", _("any")),
    # xgettext:no-python-format
    ("0.1", _("10 % or more")),
    # xgettext:no-python-format
    ("0.5", _("50 % or more")),
    # xgettext:no-python-format
    ("0.9", _("90 % or more")),
    # xgettext:no-python-format
    ("0.95", _("95 % or more")),
]
ONES = [("", _("all")), ("1", _("only these"))]


class RunForm(fields.DeskForm):
    """Which recoveries are matched, and with what."""

    year = forms.IntegerField(
        label=_("Year of recovery"),
        required=False,
        min_value=1900,
        max_value=2200,
        help_text=_("If left empty, all recoveries are matched."),
    )
    against = fields.code(MatchAgainst, _("Compared with"))

    def against_what(self) -> MatchAgainst:
        """Give what they are compared with."""
        return MatchAgainst(self.cleaned_data["against"])


class ResultFilters(fields.DeskForm):
    """What narrows the results of a run."""

    question = forms.ChoiceField(
        required=False,
        choices=fields.codes(MatchQuestion, empty=_("any")),
        widget=forms.HiddenInput,
    )
    least = forms.ChoiceField(label=_("Probability"), required=False, choices=CHANCES)
    undecided = forms.ChoiceField(label=_("Undecided"), required=False, choices=ONES)
    reported = forms.ChoiceField(
        label=_("Reported lost or stolen"), required=False, choices=ONES
    )

    def to_filter(self) -> queries.ResultFilter:
        """Give the filter; a field that cannot be read narrows nothing."""
        self.full_clean()
        given = getattr(self, "cleaned_data", {})
        question = given.get("question", "")
        return queries.ResultFilter(
            question=MatchQuestion(question) if question else None,
            least=float(given.get("least") or 0),
            undecided=bool(given.get("undecided")),
            reported=bool(given.get("reported")),
        )


class PairJudgementForm(forms.Form):
    """Same arm again, same item entered twice, different or cannot tell, and why."""

    judgement = forms.ChoiceField(
        choices=[
            *fields.codes(Judgement),
            (RepeatKind.ENTERED_TWICE.value, RepeatKind.ENTERED_TWICE.label),
        ]
    )
    reason = forms.CharField(max_length=500, required=False)
    probability = forms.FloatField(required=False, min_value=0, max_value=1)
    model = forms.CharField(required=False, max_length=80)

    def to_input(self, recovery_id: int, other_id: int) -> pairs.StatedPairJudgement:
        """Give the judgement with the score that the person saw."""
        given = self.cleaned_data
        is_double = given["judgement"] == RepeatKind.ENTERED_TWICE.value
        repeat = RepeatKind.ENTERED_TWICE if is_double else RepeatKind.RECOVERED_AGAIN
        return pairs.StatedPairJudgement(
            recovery_id=recovery_id,
            earlier_id=other_id,
            judgement=Judgement.SAME if is_double else Judgement(given["judgement"]),
            repeat=repeat,
            reason=given["reason"],
            probability=given["probability"],
            model_version=given["model"],
        )


class TuningForm(forms.Form):
    """Which kind of tuning is meant."""

    kind = forms.ChoiceField(choices=fields.codes(TuningKind))

    def kind_meant(self) -> TuningKind:
        """Give the kind."""
        return TuningKind(self.cleaned_data["kind"])
