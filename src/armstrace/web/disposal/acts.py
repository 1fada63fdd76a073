"""The page of each act on a lot, and on what comes before: what it asks and does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armstrace.disposal.actions import deciding, ending, lots
from armstrace.disposal.conditions import read_item
from armstrace.disposal.inputs import ConditionInput, EndInput, LotInput, WitnessInput
from armstrace.disposal.queries import LotPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.disposal import ConditionKind
from armstrace.web.disposal.forms import ConditionForm, LotForm

DECIDE, DESTROY = "disposal.decide", "disposal.destroy"


@dataclass(frozen=True, slots=True)
class LotAct:
    """What one act on a lot asks."""

    # Its name in an address.
    slug: str
    # Of its button.
    verb: str | Promise
    # Names of the fields of its form.
    asks: tuple[str, ...]
    # Does it, given the form and who, when and on which lot.
    do: Callable[[LotForm, dict[str, Any]], object]
    # Whether it is open, asked of a page of a lot.
    when: Callable[[LotPage], bool] = lambda page: page.now.destroyed_on is None
    # One sentence above the form.
    intro: str | Promise = ""


LOT_ACTS = {
    one.slug: one
    for one in (
        LotAct(
            "put-in",
            _("Put arms in"),
            ("items",),
            lambda form, how: lots.put_in(
                items=[read_item(each) for each in form.cleaned_data["items"].split()],
                **how,
            ),
            intro=_(
                "Exhibits whose destruction is approved, and arms in State stock that "
                "are declared surplus."
            ),
        ),
        LotAct(
            "witness",
            _("Add a witness"),
            ("name", "body", "is_observer"),
            lambda form, how: lots.add_witness(given=form.build(WitnessInput), **how),
        ),
        LotAct(
            "photograph",
            _("Add a photograph"),
            ("moment", "photograph"),
            lambda form, how: lots.add_photograph(
                moment=form.cleaned_data["moment"], **how
            ),
            when=lambda page: True,
        ),
        LotAct(
            "end",
            _("Record the destruction"),
            ("destroyed_on", "count_out"),
            lambda form, how: ending.end_lot(given=form.build(EndInput), **how),
            when=lambda page: page.now.destroyed_on is None and bool(page.items),
            intro=_("Every arm in the lot leaves custody for good. Count as you go."),
        ),
        LotAct(
            "take-out",
            _("Take an arm out"),
            ("item", "reason"),
            lambda form, how: lots.take_out(
                item=read_item(form.cleaned_data["item"]),
                reason=form.cleaned_data["reason"],
                **how,
            ),
            when=lambda page: page.now.destroyed_on is None and bool(page.items),
        ),
        LotAct(
            "no-witness",
            _("Take a witness off the list"),
            ("witness", "reason"),
            lambda form, how: lots.drop_witness(
                witness_id=form.cleaned_data["witness"],
                reason=form.cleaned_data["reason"],
                **how,
            ),
            when=lambda page: page.now.destroyed_on is None and bool(page.witnesses),
        ),
        LotAct(
            "certify",
            _("Ask for the certificate"),
            (),
            lambda form, how: ending.certify_lot(**how),
            when=lambda page: (
                page.now.destroyed_on is not None
                and (page.certificate is None or page.certificate.ended_at is not None)
            ),
            intro=_("A colleague signs it."),
        ),
        LotAct(
            "correct",
            _("Correct"),
            ("method", "works", "place", "corrected_on", "reason"),
            lambda form, how: ending.correct_lot(
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
    )
}


def open_on(page: LotPage, viewer: Actor) -> Iterator[LotAct]:
    """Give the acts on a lot that are open to a viewer now."""
    if not viewer.may_for(DESTROY, page.lot.agency):
        return iter(())
    return (one for one in LOT_ACTS.values() if one.when(page))


def decide(form: ConditionForm, kind: ConditionKind, how: dict[str, Any]) -> object:
    """Record the answer to a condition, or make the check that answers it."""
    if kind is ConditionKind.CHECK:
        return deciding.check_stolen(**how)
    return deciding.decide_condition(given=form.build(ConditionInput, kind=kind), **how)
