"""The pages of entries and acts: what each asks, and what its button says."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.investigations import EntryKind

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


@dataclass(frozen=True, slots=True)
class ActPage:
    """What one act on a case asks."""

    slug: str
    # The line of the policy that opens it.
    grant: str
    verb: Words
    asks: tuple[str, ...]
    tab: str = ""
    # One sentence above the form.
    intro: Words = ""


ACTS = {
    page.slug: page
    for page in (
        ActPage(
            "correct",
            "case.work",
            _("Correct"),
            ("title", "aims", "main_case", "lead", "reason", "seen"),
        ),
        ActPage(
            "add-items",
            "case.work",
            _("Add recoveries"),
            ("recovery_ids",),
            "items",
        ),
        ActPage(
            "remove-item",
            "case.work",
            _("Remove a recovery"),
            ("item", "reason"),
            "items",
        ),
        ActPage(
            "add-member",
            "case.seal",
            _("Add a member"),
            ("person", "reason"),
            "members",
            _("A member of any agency sees the case, even while it is sealed."),
        ),
        ActPage(
            "remove-member",
            "case.seal",
            _("Remove a member"),
            ("person", "reason"),
            "members",
        ),
        ActPage(
            "seal",
            "case.seal",
            _("Seal"),
            ("reason",),
            "",
            _("Only its members see it from then on, or learn that it is there."),
        ),
        ActPage("unseal", "case.seal", _("Unseal"), ("reason",)),
        ActPage(
            "close",
            "case.close",
            _("Close the case"),
            ("preventive_action",),
            "",
            _("Say how far each aim was reached, what follows and what was learned."),
        ),
        ActPage(
            "reopen",
            "case.close",
            _("Reopen"),
            ("reason",),
            "",
            _("All that is in the case stays."),
        ),
    )
}


def acts_open(*, is_open: bool, is_sealed: bool) -> list[ActPage]:
    """Give the acts that a case as a whole is open to now."""
    slugs = ("correct", "unseal" if is_sealed else "seal", "close")
    return [ACTS[slug] for slug in (slugs if is_open else ("reopen",))]
