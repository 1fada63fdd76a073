"""A file to load, how its columns are understood, a held row to mend."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from armstrace.intake.dates import EARLIEST_YEAR, LATEST_YEAR, DateOrder
from armstrace.intake.fields import (
    FIELDS,
    IN_NO_TWO_ROWS,
    Field,
    IntakeKind,
    LossKind,
    Shape,
    by_name,
    has_notes,
)
from armstrace.intake.profiles import kind_words
from armstrace.intake.profiles.drafts import Draft
from armstrace.intake.profiles.propose import Proposal
from armstrace.intake.profiles.scored_table import GIVES_TOO
from armstrace.intake.queries import ABOUT_ARMS, HeldRowCard
from armstrace.intake.reading_values import member_of
from armstrace.translation import translate
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.web import fields

COLUMN = "column-"
CONSTANT = "constant-"
LONG = 80
LEFT_OUT = "-"
# Django cuts names at 255 characters: one that may have been cut is refused.
LONGEST_NAME = 250
VALUE = "value-"


class FileForm(fields.DeskForm):
    """Which file, and what its rows are."""

    file = fields.file(
        _("Workbook or CSV file"),
        ".xlsx,.xls,.ods,.csv,.tsv,.txt",
        max_length=LONGEST_NAME,
    )
    kind = fields.code(
        IntakeKind,
        _("What the rows are"),
        empty=_("recognised by its headings"),
        required=False,
    )
    profile = forms.ChoiceField(label=_("Read it with the profile"), required=False)

    def __init__(self, names: Sequence[str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        choices = [("", _("found by its headings")), *((n, n) for n in names)]
        fields.offer(self, "profile", choices)


class ProfileForm(fields.DeskForm):
    """How each column of an unknown file is understood."""

    fills: ClassVar = ("recoveries.RecoveryRecord",)
    name = forms.SlugField(
        label=_("Name of the profile"),
        max_length=80,
        error_messages={
            "invalid": _("Use letters, digits and hyphens only, without spaces.")
        },
    )
    source = fields.line(
        _("Who states these rows"),
        help_text=_(
            "Such as the police force; with its number it is a row's identity."
        ),
    )
    register = fields.line(
        _("Whose numbers the arms bear"),
        required=False,
        help_text=_("The source of the register; if left empty, the same as above."),
    )
    agency = fields.line(
        _("Agency of rows that name none"),
        required=False,
        help_text=_("If left empty, such rows have no agency; yours is not used."),
    )
    country = fields.line(
        _("Country of rows that name none"),
        required=False,
        help_text=_("Its two letters, such as UY."),
    )
    date_order = forms.ChoiceField(
        label=_("How its dates are written"),
        required=False,
        choices=(
            (DateOrder.NOT_STATED.value, _("not stated")),
            (DateOrder.DAY_FIRST.value, _("day first: 03/04/2019 is 3 April")),
            (DateOrder.MONTH_FIRST.value, _("month first: 03/04/2019 is 4 March")),
        ),
        help_text=_("Dates such as 2019-04-03 need no order."),
    )
    two_digit_years = forms.IntegerField(
        label=_("Latest year that two digits mean"),
        required=False,
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR,
        help_text=_("With 2026, 03/04/19 means 2019 and 03/04/85 means 1985."),
    )

    said_open = _("Every row needs this: choose a column, or state it here.")
    said_of_no_column = _(
        "Every row needs “%(field)s”: choose the column that gives it."
    )

    def __init__(self, proposal: Proposal, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.fields["name"].initial = proposal.name
        if proposal.kind is IntakeKind.DECLARATIONS:
            self.fields["agency"].help_text = _(
                "If left empty, such rows belong to the agency that loads the file."
            )
        if proposal.kind not in ABOUT_ARMS:
            del self.fields["register"]
        self.fields["date_order"].initial = proposal.date_order.value
        if proposal.two_digit_years:
            self.fields["two_digit_years"].initial = proposal.two_digit_years
        else:
            del self.fields["two_digit_years"]
        choices = meanings(proposal.kind)
        for at, column in enumerate(proposal.columns):
            first = column.field or choices[0][0]
            self.put(f"{COLUMN}{at}", chosen_from(choices, column.heading, first))
        for name in self._open():
            said = proposal.stated.get(name)
            stated = constant(by_name(proposal.kind)[name], said.value if said else "")
            stated.help_text = translate(said.reason) if said else ""
            self.put(f"{CONSTANT}{name}", stated)
        for at in range(len(proposal.columns)):
            self._add_values(at)

    def _open(self) -> list[str]:
        """Name the fields that no column gives and one value may give for all rows."""
        missing = (each for each in self.proposal.missing if each not in IN_NO_TWO_ROWS)
        return [*missing, *self.proposal.stated]

    def _add_values(self, at: int) -> None:
        """Ask of each value of a coded column which word of the vocabulary it is."""
        name = self._chosen(at)
        codes = by_name(self.proposal.kind)[name].codes if name else None
        if codes is None:
            return
        for n, (value, _count) in enumerate(self.proposal.columns[at].counts):
            read = member_of(name, codes, value) or _told(name, value)
            choices = _choices(name, codes, empty=_("not read: its rows wait"))
            box = chosen_from(choices, value, read.value if read is not None else "")
            self.put(f"{VALUE}{at}-{n}", box)

    def _chosen(self, at: int) -> str:
        """Give the field that was chosen for a column, or else proposed."""
        name = f"{COLUMN}{at}"
        given = self.data.get(name) if self.is_bound else self.initial.get(name)
        chosen = self.proposal.columns[at].field if given is None else str(given)
        return chosen if chosen in by_name(self.proposal.kind) else ""

    def columns(self) -> list[tuple[Any, Any]]:
        """Pair each proposed column with its choice."""
        return [
            (column, self[f"{COLUMN}{at}"])
            for at, column in enumerate(self.proposal.columns)
        ]

    def constants(self) -> list[Any]:
        """Give the boxes of what the profile is to state."""
        return [self[f"{CONSTANT}{name}"] for name in self._open()]

    def coded(self) -> list[tuple[str, list[tuple[int, Any]]]]:
        """Give each coded column with its values, how often they stand, and boxes."""
        found = []
        for at, column in enumerate(self.proposal.columns):
            boxes = [
                (count, self[f"{VALUE}{at}-{n}"])
                for n, (_value, count) in enumerate(column.counts)
                if f"{VALUE}{at}-{n}" in self.fields
            ]
            if boxes:
                found.append((column.heading, boxes))
        return found

    def clean(self) -> dict[str, Any]:
        """Refuse two columns for one field, and an empty one that rows need."""
        given = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for at, column in enumerate(self.proposal.columns):
            name = given.get(f"{COLUMN}{at}") or ""
            if name in chosen and not self.proposal.joins(chosen[name], column.heading):
                sentence = _("“%(other)s” is this already; choose one of the two.")
                self.add_error(f"{COLUMN}{at}", sentence % {"other": chosen[name]})
            elif name not in {"", LEFT_OUT}:
                chosen[name] = column.heading
        told = {*chosen, *(GIVES_TOO[name] for name in GIVES_TOO.keys() & chosen)}
        for each in FIELDS[self.proposal.kind]:
            box = f"{CONSTANT}{each.name}"
            if not each.is_required or each.name in told or given.get(box):
                continue
            if box in self.fields:
                self.add_error(box, self.said_open)
                continue
            words = {"field": translate(words_of(each.name))}
            self.add_error(None, self.said_of_no_column % words)
        return given

    def draft(self) -> Draft:
        """Give what the person made of the proposal."""
        given = self.cleaned_data
        chosen, ignored = {}, {}
        for at, column in enumerate(self.proposal.columns):
            name = given[f"{COLUMN}{at}"]
            if name == LEFT_OUT:
                ignored[column.heading] = str(message("left out at the desk"))
            elif name:
                chosen[column.heading] = name
        whole = str(message("stated at the desk for the whole file"))
        stated = {
            name: (given[f"{CONSTANT}{name}"], whole)
            for name in self._open()
            if given[f"{CONSTANT}{name}"] and name not in chosen.values()
        }
        is_said = "date_order" in self.data
        return Draft(
            name=given["name"],
            source=given["source"],
            columns=chosen,
            constants=stated,
            ignored=ignored,
            date_order=DateOrder(given["date_order"]) if is_said else None,
            values=self._values(),
            agency=given["agency"],
            country=given["country"].upper(),
            two_digit_years=given.get("two_digit_years"),
            register=given.get("register", ""),
        )

    def _values(self) -> dict[str, dict[str, str]]:
        """Give the wordings that a person reads otherwise than the vocabulary."""
        found: dict[str, dict[str, str]] = {}
        for at, column in enumerate(self.proposal.columns):
            for n, (value, _count) in enumerate(column.counts):
                box = f"{VALUE}{at}-{n}"
                code = self.cleaned_data.get(box, "")
                if code and code != self.fields[box].initial:
                    found.setdefault(self._chosen(at), {})[value] = code
        return found


class ProfileTextForm(fields.DeskForm):
    """The text of a profile, and why it is changed."""

    text = fields.line(
        _("The profile"),
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "dir": "ltr"}),
    )
    reason = fields.line(_("Why it is changed"))


class WithdrawForm(fields.DeskForm):
    """Why a profile is deleted."""

    reason = fields.line(_("Why it is deleted"))


class MendForm(fields.DeskForm):
    """A held row, field by field; what is wrong stands first."""

    def __init__(self, card: HeldRowCard, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        self.is_of_recoveries = card.kind is IntakeKind.RECOVERIES
        wrong = [self.box_of(each.field) for each in card.troubles if each.field]
        names = [f.name for f in FIELDS[card.kind]]
        self.shown = dict.fromkeys([*wrong, *(n for n in names if card.values.get(n))])
        order = dict.fromkeys([*self.shown, *names])
        for name in order:
            value = card.values.get(name, "")
            coded = by_name(card.kind)[name]
            if coded.codes is not None and coded.shape is Shape.CODE:
                self.put(name, _choice_of(name, coded.codes, value))
                continue
            is_day_of_loss = card.is_loss and name == "recovered_on"
            words = translate(words_of("happened_on" if is_day_of_loss else name))
            make = fields.lines if len(value) > LONG else fields.line
            box = make(words, most=None, required=False, initial=value)
            self.put(name, box)

    def box_of(self, field: str) -> str:
        """Give the box of a field: a file of recoveries has one column of days."""
        is_day = self.is_of_recoveries and field == "happened_on"
        return "recovered_on" if is_day else field

    def stated(self) -> list[Any]:
        """Give the boxes of what is wrong and of what the file states."""
        return [self[name] for name in self.fields if name in self.shown]

    def left_empty(self) -> list[Any]:
        """Give the boxes of what the file leaves empty."""
        return [self[name] for name in self.fields if name not in self.shown]

    def values_that_differ(self) -> dict[str, str]:
        """Give the fields that were changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


FATES = {
    RowOutcome.NEW: _("Row loaded."),
    RowOutcome.CORRECTED: _("Row loaded as a correction."),
    RowOutcome.UNCHANGED: _("The records already say so; nothing was changed."),
    RowOutcome.ERASED: _("What is on record was erased; nothing was changed."),
    RowOutcome.CONFLICT: _("Someone has corrected this record since; choose."),
}


def _told(name: str, value: str) -> RecoveryKind | LossKind | None:
    """Give the kind of recovery or of loss that the words of a value say."""
    rule = kind_words.rule_of(value) if name == "recovery_kind" else None
    if rule is None:
        return None
    return RecoveryKind(rule.kind) if rule.kind else LossKind(rule.loss)


def _choices(name: str, codes: type[Code], *, empty: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - Django's own
    """Give the codes of a field; a list of recovered arms may report losses, too."""
    losses = fields.codes(LossKind) if name == "recovery_kind" else []
    return [*fields.codes(codes, empty=empty), *losses]


def _choice_of(name: str, codes: type[Code], value: str) -> forms.ChoiceField:
    """Make the list of a coded field; what the file says stays in it, code or not."""
    choices = _choices(name, codes, empty=_("not stated"))
    read = member_of(name, codes, value) or _told(name, value) if value else None
    if value and read is None:
        choices.append((value, value))
    first = value if read is None else read.value
    return chosen_from(choices, translate(words_of(name)), first)


def meanings(kind: IntakeKind) -> list[tuple[str, Any]]:
    """Give what a column of a file may become."""
    named = [(f.name, translate(words_of(f.name))) for f in FIELDS[kind]]
    kept = [("", _("kept in the notes"))] if has_notes(kind) else []
    return [*kept, (LEFT_OUT, _("left out")), *named]


def chosen_from(choices: Any, label: Any, first: str) -> forms.ChoiceField:  # noqa: ANN401 - lazy strings
    """Make a list in which nothing has to be chosen."""
    return forms.ChoiceField(
        label=label, required=False, choices=choices, initial=first
    )


def constant(stated: Field, first: str) -> forms.Field:
    """Make the box of what holds for every row of a file."""
    label = _("%(field)s, the same in every row") % {
        "field": translate(words_of(stated.name))
    }
    if stated.codes is not None:
        choices = fields.codes(stated.codes, empty=_("not stated"))
        return chosen_from(choices, label, first)
    return fields.line(label, required=False, initial=first)
