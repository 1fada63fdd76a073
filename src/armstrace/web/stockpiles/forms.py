"""What is asked at the desk of a store."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.intake.seen_lists import read_list
from armstrace.stockpiles import queries
from armstrace.stockpiles.actions import counting
from armstrace.stockpiles.actions.counting import AnswerInput, CountInput
from armstrace.stockpiles.reading import Row
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.stockpiles import CountKind, SurplusWay
from armstrace.web import fields

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import _StrOrPromise

    from armstrace.stockpiles.models import StockCount

LARGEST = 5_000_000
NUMBERS = _("Numbers of arms, one per line")


def numbers(**given: Any) -> forms.CharField:  # noqa: ANN401 - Django's own
    return fields.lines(NUMBERS, rows=6, most=None, **given)


def _offer(
    form: forms.Form,
    name: str,
    choices: Iterable[tuple[object, object]],
    none: "_StrOrPromise",
) -> None:
    """Give a field its choices, or say why there is nothing to choose.

    Of several none is chosen before a person chooses.
    """
    offered = list(choices)
    unchosen = [("", "—")] if len(offered) > 1 else []
    fields.offer(form, name, [*unchosen, *offered])
    if not offered:
        form.fields[name].help_text = none


NOBODY = _("Nobody else may sign here; a colleague with the right has to be found.")


class DepotForm(fields.DeskForm):
    fills: ClassVar = ("stockpiles.Depot",)
    name = fields.line(_("Name of the store"))


class PlaceForm(fields.DeskForm):
    text = numbers()
    reason = fields.line(_("Place in the store"), 200, required=False)


class SayForm(fields.DeskForm):
    text = numbers()
    reason = fields.line(_("Reason"))


class DrawnForm(fields.DeskForm):
    """What two sign."""

    fills: ClassVar = ("stockpiles.Paper",)
    other = forms.ChoiceField(label=_("Who signs second"))
    purpose = fields.line(_("Purpose"), required=False)

    def offer(self, depot_id: int, grant: str, viewer: Actor) -> None:
        """Offer the colleagues who may sign."""
        able = queries.signers(depot_id, grant, viewer=viewer)
        _offer(self, "other", fields.people(able), NOBODY)


class LotsForm(DrawnForm):
    """Arms, rounds of a lot, or both."""

    text = numbers(required=False)
    lot_id = forms.TypedChoiceField(
        label=_("Lot of ammunition"), coerce=int, empty_value=None, required=False
    )
    rounds = forms.IntegerField(label=_("Rounds"), min_value=0, required=False)

    def offer(self, depot_id: int, grant: str, viewer: Actor) -> None:
        """Offer the lots of the store too."""
        super().offer(depot_id, grant, viewer)
        lots = queries.lot_rows(depot_id, viewer=viewer)
        named = [(row.lot.pk, _call(row)) for row in lots]
        fields.offer(self, "lot_id", [("", "—"), *named])


class MoveForm(LotsForm):
    to_id = forms.TypedChoiceField(label=_("To the store"), coerce=int)
    field_order = ("to_id", "other", "text", "lot_id", "rounds", "purpose")

    def offer(self, depot_id: int, grant: str, viewer: Actor) -> None:
        """Offer the other stores of the agency too."""
        super().offer(depot_id, grant, viewer)
        beside = queries.stores_beside(depot_id, viewer=viewer)
        none = _("There is no other store of this agency; open one first.")
        _offer(self, "to_id", beside.items(), none)


class IssueForm(LotsForm):
    due_back_on = fields.day(_("Due back on"), required=False)
    field_order = ("other", "text", "lot_id", "rounds", "due_back_on", "purpose")


class ReturnForm(LotsForm):
    rounds = forms.IntegerField(
        label=_("Rounds brought back"), min_value=0, required=False
    )
    used = forms.IntegerField(label=_("Rounds used up"), min_value=0, required=False)
    field_order = ("other", "text", "lot_id", "rounds", "used", "purpose")


def _call(row: queries.LotRow) -> str:
    told = ["" if row.rounds is None else str(row.rounds)]
    told += [gettext("recalled")] if row.is_recalled else []
    said = ", ".join(filter(None, told))
    return f"{row.lot.number} ({said})" if said else row.lot.number


class LotForm(fields.DeskForm):
    fills: ClassVar = ("stockpiles.Lot",)
    number = fields.mark(_("Number of the lot"))
    maker = fields.line(_("Maker"), required=False)
    calibre = fields.mark(_("Calibre"))
    quantity = forms.IntegerField(label=_("Rounds"), min_value=1)


class RecallForm(fields.DeskForm):
    is_over = forms.BooleanField(label=_("The recall has ended"), required=False)
    reason = fields.line(_("Reason"))


class CountForm(fields.DeskForm):
    kind = fields.code(CountKind, _("Kind of count"))
    second = forms.ChoiceField(label=_("Who signs second"))
    text = numbers(required=False)
    file = fields.file(
        _("Or a file, of the scanner or a table"),
        ".csv,.txt,.xlsx,.xls,.ods",
        most=LARGEST,
        required=False,
    )
    is_open = forms.BooleanField(
        label=_("Show what is expected before the second signature"), required=False
    )
    next_custodian = forms.ChoiceField(
        label=_("Next custodian, at a hand-over"), required=False
    )

    # What is said of the list once it is counted.
    notes: Sequence[Message] = ()

    def offer(self, depot_id: int, viewer: Actor) -> None:
        """Offer who may sign, and who may keep the store; one of two keeps none."""
        keepers = queries.signers(depot_id, "stock.keep", viewer=viewer)
        able = queries.signers(depot_id, "stock.sign", viewer=viewer)
        if viewer.may("stock.keep"):
            able = {name: said for name, said in able.items() if name not in keepers}
        _offer(self, "second", fields.people(able), NOBODY)
        fields.offer(self, "next_custodian", [("", "—"), *fields.people(keepers)])

    def count(self, how: dict[str, Any]) -> "StockCount":
        """Record what was counted, with the lines from the box and the file."""
        told = self.cleaned_data
        sent = told.get("file")
        rows, notes = _read(sent) if sent else ([], [])
        stated = self.build(
            CountInput, rows=tuple(rows), is_blind=not told.get("is_open")
        )
        made = counting.count_depot(stated=stated, **how)
        passed = queries.rows_left_out(made.pk, stated.listed, viewer=how["by"])
        self.notes = [*notes, *passed]
        return made


def _read(sent: "UploadedFile[bytes]") -> tuple[list[Row], list[Message]]:
    name = sent.name or ""
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        kept.writelines(sent.chunks())
        kept.flush()
        return read_list(Path(kept.name), name)


class AnswerForm(fields.DeskForm):
    fills: ClassVar = ("stockpiles.StockAnswer",)
    # A kind of difference with what is said of it.
    answer = forms.ChoiceField(label=_("Answer"))
    explanation = fields.line(_("Explanation"))
    text = numbers(required=False)
    is_all = forms.BooleanField(
        label=_("All of that kind that are not answered"), required=False
    )

    def offer(self, answers: Iterable[tuple[CountFinding, CountAnswer]]) -> None:
        """Offer answers, each to one kind of difference."""
        named = [
            (f"{of}-{said}", format_lazy("{}: {}", _(of.label), _(said.label)))
            for of, said in answers
        ]
        fields.offer(self, "answer", [("", _("choose")), *named])

    def stated(self) -> AnswerInput:
        """Give what is said of which differences."""
        of, said = self.cleaned_data["answer"].split("-")
        finding, answer = CountFinding(of), CountAnswer(said)
        return self.build(AnswerInput, finding=finding, answer=answer)


class DisposeForm(fields.DeskForm):
    arm = fields.RecordNumber("A", label=_("Arm"))
    way = fields.code(SurplusWay, _("How it leaves"))
    taker = fields.mark(_("Number of the holder who receives it"), 64, required=False)
    mark = fields.mark(_("Mark of the State, as stamped"), 120, required=False)
    reason = fields.line(_("Decision"))
