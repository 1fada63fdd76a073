"""What can be asked of runs of matching, and what people say of pairs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.recoveries import queries
from armstrace.recoveries.actions import judging
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


class ResultFilters(fields.FilterForm[queries.ResultFilter]):
    """What narrows the results of a run."""

    question = fields.code(
        MatchQuestion, "", empty=_("any"), required=False, widget=forms.HiddenInput
    )
    least = forms.TypedChoiceField(
        label=_("Probability"), required=False, choices=CHANCES, coerce=float
    )
    undecided = forms.TypedChoiceField(
        label=_("Undecided"), required=False, choices=ONES, coerce=bool
    )
    reported = forms.TypedChoiceField(
        label=_("Reported lost or stolen"), required=False, choices=ONES, coerce=bool
    )


class PairJudgementForm(fields.DeskForm):
    """Same arm again, same item entered twice, different or cannot tell, and why."""

    judgement = forms.ChoiceField(
        choices=[
            *fields.codes(Judgement),
            (RepeatKind.ENTERED_TWICE.value, RepeatKind.ENTERED_TWICE.label),
        ]
    )
    reason = forms.CharField(required=False)

    def to_input(
        self, recovery_id: int, other_id: int, shown: queries.Proposed | None
    ) -> judging.StatedPairJudgement:
        """Give the judgement with the score that the person saw."""
        given = self.cleaned_data
        is_double = given["judgement"] == RepeatKind.ENTERED_TWICE.value
        repeat = RepeatKind.ENTERED_TWICE if is_double else RepeatKind.RECOVERED_AGAIN
        return self.build(
            judging.StatedPairJudgement,
            recovery_id=recovery_id,
            earlier_id=other_id,
            judgement=Judgement.SAME if is_double else Judgement(given["judgement"]),
            repeat=repeat,
            probability=shown.probability if shown else None,
            model_version=shown.model_version if shown else "",
        )


class TuningForm(fields.DeskForm):
    """Which kind of tuning is meant."""

    kind = fields.code(TuningKind, "")
