"""The pages of entries and acts: what each asks, and what its button says."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armstrace.vocabulary.investigations import EntryKind
from armstrace.web import acting

type Words = str | Promise

ORIGIN = ("origin", "basis")
HANDLED = ("handling", "permission")
NEW = ("mentions", "new_kind", "new_text", "new_role", "recovery_ids")


@dataclass(frozen=True, slots=True)
class EntryPage:
    """What the form of one kind of entry asks."""

    kind: EntryKind
    # The part of the case that shows it.
    tab: str
    verb: Words
    asks: tuple[str, ...]
    named: dict[str, Words]
    # Fields that are not left empty.
    needs: tuple[str, ...] = ("text",)

    @property
    def slug(self) -> str:
        """Name the kind in an address."""
        return self.kind.value.lower()


ENTRIES = {
    page.slug: page
    for page in (
        EntryPage(
            EntryKind.EVENT,
            "timeline",
            _("Add an event"),
            ("when", "text", "place", *ORIGIN, *NEW, *HANDLED),
            {"text": _("What happened")},
            ("when", "text"),
        ),
        EntryPage(
            EntryKind.SUBJECT,
            "people",
            _("Add a person or thing"),
            ("subject_kind", "text", "role", *ORIGIN, "subject_id", *HANDLED),
            {"text": _("Its name or number, as written")},
        ),
        EntryPage(
            EntryKind.TASK,
            "work",
            _("Add a task"),
            ("text", "due_on", "person"),
            {"text": _("What is to be done"), "person": _("Who does it")},
            ("text", "due_on"),
        ),
        EntryPage(
            EntryKind.DEADLINE,
            "work",
            _("Add a deadline"),
            ("text", "due_on", "origin"),
            {"text": _("What is due"), "origin": _("Set by")},
            ("text", "due_on"),
        ),
        EntryPage(
            EntryKind.DECISION,
            "work",
            _("Add a decision"),
            ("when", "text", "why", "person", *HANDLED),
            {"text": _("What was decided"), "person": _("Who decided")},
            ("text", "why", "person"),
        ),
        EntryPage(
            EntryKind.COUNSEL,
            "work",
            _("Add counsel"),
            ("text", "why", "mentions"),
            {
                "text": _("Name of counsel"),
                "why": _("Address, telephone"),
                "mentions": _("For whom"),
            },
        ),
        EntryPage(
            EntryKind.DOCUMENT,
            "documents",
            _("Add a document"),
            ("text", "when", "origin", "file", *HANDLED),
            {"text": _("What it is")},
        ),
        EntryPage(
            EntryKind.CHARGE,
            "charges",
            _("Consider a charge"),
            ("offence", "when", "text", "mentions", *NEW[1:4], "origin"),
            {
                "when": _("Day of the offence"),
                "text": _("Why it is considered"),
                "mentions": _("Against whom"),
                "new_kind": _("Against somebody new in the case"),
                "origin": _("Source that names that person"),
            },
            ("when", "text"),
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage(acting.ActPage):
    # The line of the policy that opens it.
    grant: str = "case.work"
    tab: str = ""


ACTS = {
    "correct": ActPage(
        verb=_("Correct"), asks=("title", "aims", "main_case", "lead", "reason", "seen")
    ),
    "add-items": ActPage(verb=_("Add recoveries"), asks=("recovery_ids",), tab="items"),
    "remove-item": ActPage(
        verb=_("Remove a recovery"), asks=("item", "reason"), tab="items"
    ),
    "add-member": ActPage(
        verb=_("Add a member"),
        asks=("person", "reason"),
        intro=_("A member of any agency sees the case, even while it is sealed."),
        grant="case.seal",
        tab="members",
    ),
    "remove-member": ActPage(
        verb=_("Remove a member"),
        asks=("person", "reason"),
        grant="case.seal",
        tab="members",
    ),
    "seal": ActPage(
        verb=pgettext_lazy("act on a case", "Seal"),
        asks=("reason",),
        intro=_("Only its members see it from then on, or learn that it is there."),
        grant="case.seal",
    ),
    "unseal": ActPage(verb=_("Unseal"), asks=("reason",), grant="case.seal"),
    "close": ActPage(
        verb=_("Close the case"),
        asks=("preventive_action",),
        intro=_("State how far each aim was met, what follows and what was learned."),
        grant="case.close",
    ),
    "reopen": ActPage(
        verb=_("Reopen"),
        asks=("reason",),
        intro=_("Everything in the case stays."),
        grant="case.close",
    ),
}


def acts_open(*, is_open: bool, is_sealed: bool) -> dict[str, ActPage]:
    """Give the acts that a case as a whole is open to now."""
    slugs = ("correct", "unseal" if is_sealed else "seal", "close")
    return {slug: ACTS[slug] for slug in (slugs if is_open else ("reopen",))}
