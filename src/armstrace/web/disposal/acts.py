"""The page of each act on a lot, and on what comes before: what it asks and does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from armstrace.disposal.actions import deciding, ending, lots
from armstrace.disposal.conditions import read_item
from armstrace.disposal.inputs import ConditionInput, EndInput, LotInput, WitnessInput
from armstrace.disposal.queries import LotPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.disposal import ConditionKind
from armstrace.web.acting import ActPage
from armstrace.web.disposal.forms import ConditionForm, LotForm

DECIDE, DESTROY = "disposal.decide", "disposal.destroy"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotAct(ActPage):
    """What one act on a lot asks."""

    # Does it, given the form and who, when and on which lot.
    do: Callable[[LotForm, dict[str, Any]], object]
    # Whether it is open, asked of a page of a lot.
    when: Callable[[LotPage], bool] = lambda page: page.now.destroyed_on is None


LOT_ACTS = {
    "put-in": LotAct(
        _("Put arms in"),
        ("items",),
        do=lambda form, how: lots.put_in(
            items=[read_item(each) for each in form.cleaned_data["items"].split()],
            **how,
        ),
        intro=_(
            "Exhibits whose destruction is approved, and arms in State stock that "
            "are declared surplus."
        ),
    ),
    "witness": LotAct(
        _("Add a witness"),
        ("name", "body", "is_observer"),
        do=lambda form, how: lots.add_witness(given=form.build(WitnessInput), **how),
    ),
    "photograph": LotAct(
        _("Add a photograph"),
        ("moment", "photograph"),
        do=lambda form, how: lots.add_photograph(
            moment=form.cleaned_data["moment"], **how
        ),
        when=lambda page: True,
    ),
    "end": LotAct(
        _("Record the destruction"),
        ("destroyed_on", "count_out"),
        do=lambda form, how: ending.end_lot(given=form.build(EndInput), **how),
        when=lambda page: page.now.destroyed_on is None and bool(page.items),
        intro=_("Every arm in the lot leaves custody for good. Count as you go."),
    ),
    "take-out": LotAct(
        _("Take an arm out"),
        ("item", "reason"),
        do=lambda form, how: lots.take_out(
            item=read_item(form.cleaned_data["item"]),
            reason=form.cleaned_data["reason"],
            **how,
        ),
        when=lambda page: page.now.destroyed_on is None and bool(page.items),
    ),
    "no-witness": LotAct(
        _("Take a witness off the list"),
        ("witness", "reason"),
        do=lambda form, how: lots.drop_witness(
            witness_id=form.cleaned_data["witness"],
            reason=form.cleaned_data["reason"],
            **how,
        ),
        when=lambda page: (
            page.now.destroyed_on is None
            and any(one.was_there for one in page.witnesses)
        ),
    ),
    "certify": LotAct(
        _("Ask for the certificate"),
        (),
        do=lambda form, how: ending.certify_lot(**how),
        when=lambda page: (
            page.now.destroyed_on is not None
            and (page.certificate is None or page.certificate.ended_at is not None)
        ),
        intro=_("A colleague signs it."),
    ),
    "correct": LotAct(
        _("Correct"),
        ("method", "works", "place", "corrected_on", "reason"),
        do=lambda form, how: ending.correct_lot(
            given=form.build(LotInput),
            destroyed_on=form.cleaned_data["corrected_on"],
            reason=form.cleaned_data["reason"],
            **how,
        ),
        when=lambda page: True,
        intro=_(
            "What was written before stays in the history, and a certificate of "
            "the lot is revoked."
        ),
    ),
}


def open_on(page: LotPage, viewer: Actor) -> Iterator[tuple[str, LotAct]]:
    """Give the acts on a lot that may be done now, what comes next before the others.

    ``certify`` is open once the lot is destroyed alone.
    """
    if not viewer.may_for(DESTROY, page.lot.agency):
        return iter(())
    nexts = ("certify",) if page.is_blocked else ("end", "certify")
    there = [each for each in LOT_ACTS.items() if each[1].when(page)]
    return iter(sorted(there, key=lambda each: each[0] not in nexts))


def decide(form: ConditionForm, kind: ConditionKind, how: dict[str, Any]) -> object:
    """Record the answer to a condition, or make the check that answers it."""
    if kind is ConditionKind.CHECK:
        return deciding.check_stolen(**how)
    return deciding.decide_condition(given=form.build(ConditionInput, kind=kind), **how)
