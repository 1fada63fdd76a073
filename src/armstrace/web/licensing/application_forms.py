"""What is asked of an application for a licence, and of each act on it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from armstrace.licensing import queries
from armstrace.vocabulary.licensing import (
    AdviceAnswer,
    ApplicationKind,
    CheckKind,
    Department,
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceStage,
    LicenceType,
    StopCause,
    Turn,
)
from armstrace.vocabulary.profiles import LicenceCheck
from armstrace.web import fields, files
from armstrace.web.acting import ActPage

ASKED = ("purpose", "categories", "quantity", "storage", "born_on")
APPLICATION = ("holder", "kind", "of_licence", *ASKED, "key")
# Fields that a check of the law looks at.
STATED = {
    CheckKind.PURPOSE: "purpose",
    CheckKind.CATEGORIES: "categories",
    CheckKind.QUANTITY: "quantity",
    CheckKind.STORAGE: "storage",
    CheckKind.AGE: "born_on",
}
TERMS = ("categories", "quantity", "conditions", "valid_from", "valid_until")


class ApplicationFilters(fields.FilterForm[queries.ApplicationFilter]):
    q = fields.mark(
        _("Number of the application, the applicant or the licence"), 64, required=False
    )
    shown = fields.any_of(queries.ApplicationsShown, _("Status"))
    stage = fields.any_of(LicenceStage, _("Stage"))
    turn = fields.any_of(Turn, _("Waiting for"))
    activity = fields.any_of(LicenceType, _("Activity"))
    first = fields.day(_("Decided from"), required=False)
    last = fields.day(_("Decided until"), required=False)


class LicenceFilters(fields.FilterForm[queries.LicenceFilter]):
    q = fields.mark(_("Number of the licence or its holder"), 64, required=False)
    shown = fields.any_of(queries.LicencesShown, _("Status"))
    activity = fields.any_of(LicenceType, _("Activity"))
    first = fields.day(_("Ends from"), required=False)
    last = fields.day(_("Ends until"), required=False)


class ActForm(fields.DeskForm):
    """All that an application and its acts may ask; each keeps its own fields."""

    fills: ClassVar = (
        "licensing.ApplicationRecord",
        "licensing.Application",
        "licensing.Advice",
        "licensing.Question",
    )
    named: ClassVar = {"answer": "words", "said": "words", "note": "reason"}

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput)
    holder = fields.mark(
        _("Number of the applicant"),
        64,
        help_text=_("The applicant is on record as a holder, with or without arms."),
    )
    kind = fields.code(ApplicationKind, _("What is applied for"))
    of_licence = fields.mark(
        _("Number of the licence"),
        required=False,
        help_text=_("Of the licence that is renewed or changed."),
    )
    purpose = fields.lines(_("What the licence is needed for"), required=False)
    categories = fields.line(
        _("Categories of arms"), required=False, help_text=_("Such as B, C")
    )
    quantity = forms.IntegerField(
        label=_("How many arms"), min_value=1, max_value=10**9, required=False
    )
    storage = fields.line(_("Where arms are kept"), required=False)
    born_on = fields.day(_("Day of birth of a person"), required=False)
    document = fields.code(DocumentKind, _("What it is"))
    file = files.Documents(_("Files"))
    cause = fields.code(StopCause, _("Why the clock stops"))
    words = fields.lines(_("What is asked"), rows=4)
    question = forms.TypedChoiceField(label=_("Question"), coerce=int)
    answer = fields.lines(_("Answer"), rows=4)
    department = fields.code(Department, _("Department"))
    advice = fields.code(AdviceAnswer, _("What it says"))
    said = fields.lines(_("Text of the advice"), rows=4, required=False)
    reference = fields.line(_("Number of the letter"), required=False)
    is_granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("grant the licence")), ("no", _("refuse it"))],
        coerce=lambda told: told == "yes",
    )
    ground = fields.without_optional_mark(
        fields.code(
            GroundClass,
            _("Class of ground"),
            empty=_("none"),
            required=False,
            empty_value=None,
            help_text=_("Only for a refusal."),
        )
    )
    conditions = fields.lines(_("Conditions"), required=False)
    valid_from = fields.without_optional_mark(
        fields.day(
            _("Valid from"),
            required=False,
            help_text=_("Only if the licence is granted."),
        )
    )
    valid_until = fields.without_optional_mark(
        fields.day(
            _("Valid until"),
            required=False,
            help_text=_("Leave it empty where the licence has no expiry date."),
        )
    )
    note = fields.lines(
        _("Reason"),
        required=False,
        help_text=_("If something is missing: why you go ahead without it."),
    )
    reason = fields.lines(_("Reason"))

    def __init__(self, *args: Any, **given: Any) -> None:  # noqa: ANN401 - Django's own
        first = {"key": uuid4().hex, "kind": ApplicationKind.NEW}
        given["initial"] = first | given.get("initial", {})
        super().__init__(*args, **given)

    def expect(self, checks: Iterable[LicenceCheck]) -> None:
        """Call no field optional that a check of the law asks for."""
        for name in {STATED.get(each.asks) for each in checks} & self.fields.keys():
            fields.without_optional_mark(self.fields[str(name)])


_IS_READ = _(
    "The applicant reads the reason: write nothing of vetting or advice in it."
)
PAGES: Mapping[LicenceAct, ActPage] = {
    LicenceAct.SEND: ActPage(
        _("Send the application"), intro=_("The period for its decision begins today.")
    ),
    LicenceAct.ACCEPT: ActPage(_("Accept as complete"), ("seen", "note")),
    LicenceAct.VET: ActPage(
        _("Ask for vetting and advice"),
        intro=_(
            "The departments that the profile names are asked, and the vetting of "
            "the applicant."
        ),
    ),
    LicenceAct.HEAR: ActPage(
        _("Record advice"), ("seen", "department", "advice", "said", "reference")
    ),
    LicenceAct.PROPOSE: ActPage(
        _("Propose a decision"),
        ("seen", "is_granted", "categories", "quantity", "reason"),
        _("Somebody else decides, and grants no more than is proposed."),
    ),
    LicenceAct.DECIDE: ActPage(
        _("Decide"), ("seen", "is_granted", "ground", *TERMS, "reason"), _IS_READ
    ),
    LicenceAct.ISSUE: ActPage(_("Issue the licence"), ("seen", "note")),
    LicenceAct.REFUSE: ActPage(_("Refuse the licence"), ("seen",)),
    LicenceAct.ATTACH: ActPage(_("Attach a document"), ("document", "file")),
    LicenceAct.ASK: ActPage(
        _("Ask a question"),
        ("cause", "words"),
        _("The clock is stopped until it is answered."),
    ),
    LicenceAct.ANSWER: ActPage(_("Answer a question"), ("question", "answer")),
    LicenceAct.APPEAL: ActPage(_("Record an appeal"), ("seen", "reason")),
    LicenceAct.UPHOLD: ActPage(_("Uphold the refusal"), ("seen", "reason"), _IS_READ),
    LicenceAct.OVERTURN: ActPage(
        _("Overturn the refusal"),
        ("seen", "reason"),
        format_lazy(
            "{} {}",
            _("Somebody else decides again, and a new period begins."),
            _IS_READ,
        ),
    ),
    LicenceAct.WITHDRAW: ActPage(_("Withdraw the application"), ("seen", "reason")),
}
"""In the order of the desk; acts on a licence in force have a page of their own."""
