"""The page of each act on an operation: what it asks, and what it does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.techniques import rules
from armstrace.techniques.actions import authorising, covering, delivering, running
from armstrace.techniques.inputs import (
    AuthorityInput,
    ConsentInput,
    Decision,
    EvaluationInput,
    HandOverInput,
)
from armstrace.techniques.queries import OperationPage
from armstrace.translation import country, translate, write_list
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.techniques import OperationStep
from armstrace.web.techniques.forms import AUTHORITY, LEG, ActForm

WORK, AUTHORISE, ASK = "technique.work", "technique.authorise", "technique.ask"
IN_FORCE = frozenset({OperationStep.READY, OperationStep.ACTIVE, OperationStep.STOPPED})
BEFORE_END = IN_FORCE | {OperationStep.ASKED, OperationStep.AHEAD}


@dataclass(frozen=True, slots=True)
class ActPage:
    # Its name in an address.
    slug: str
    # Of its button.
    verb: str | Promise
    # Of which one opens it.
    grants: tuple[str, ...]
    # Names of the fields of its form.
    asks: tuple[str, ...]
    # Does it, given what the form says, and who, when and on which operation.
    act: Callable[..., object]
    # What is made of the fields; they are given one by one where it is None.
    makes: type | None = None
    # How far the operation has to have come.
    steps: frozenset[OperationStep] = IN_FORCE
    # Whether it is a question at all.
    when: Callable[[OperationPage, Actor], bool] = lambda page, viewer: True
    # Whether it is open to who is named without an authority in force.
    after_end: bool = False
    # Whether who only receives is no part of it.
    is_led: bool = False
    # One sentence above the form, of any operation or of this one.
    intro: str | Promise = ""
    says: Callable[[OperationPage], str] | None = None

    def do(self, form: ActForm, how: dict[str, Any]) -> None:
        said = {"given": form.build(self.makes)} if self.makes else form.cleaned_data
        self.act(**said, **how)


def _say_where_it_begins(page: OperationPage) -> str:
    """Say where it begins, or what keeps it from beginning anywhere."""
    if page.lacking:
        return translate(rules.AGREED.broken(page.lacking))
    where = write_list(map(country, page.territory))
    return gettext("It begins in: %(states)s.") % {"states": where}


PAGES = {
    page.slug: page
    for page in (
        ActPage(
            "decide",
            _("Decide on the request"),
            (AUTHORISE,),
            ("is_granted", "order_number", "reason"),
            authorising.decide_authority,
            Decision,
            frozenset(OperationStep),
            lambda page, viewer: (
                page.request is not None and page.request.authoriser == viewer.name
            ),
        ),
        ActPage(
            "start",
            _("Start"),
            (WORK,),
            (),
            running.start_operation,
            when=lambda page, viewer: page.running != page.territory,
            is_led=True,
            says=_say_where_it_begins,
        ),
        ActPage(
            "hand-over",
            _("Record a hand-over"),
            (WORK,),
            LEG,
            delivering.hand_over,
            HandOverInput,
            frozenset({OperationStep.ACTIVE}),
            lambda page, viewer: bool(page.operation.mode),
            intro=_("The recipient signs for it within the hour."),
        ),
        ActPage(
            "acknowledge",
            _("Sign for a hand-over"),
            (WORK, AUTHORISE),
            ("number", "reference"),
            delivering.acknowledge_hand_over,
            steps=IN_FORCE | {OperationStep.ENDED},
            when=lambda page, viewer: any(
                one.is_signed_by(viewer.name) for one in page.hand_overs
            ),
            after_end=True,
            intro=_(
                "The recipient signs here. For a service without an account a "
                "second person writes down the number of what it signed."
            ),
        ),
        ActPage(
            "consent",
            _("Record what a State says"),
            (WORK, AUTHORISE),
            ("country", "is_given", "ends", "zone", "reference", "given_by"),
            authorising.record_consent,
            ConsentInput,
            BEFORE_END,
            intro=_("A consent that is withdrawn stops its territory at once."),
        ),
        ActPage(
            "live-arms",
            _("Let live arms leave control"),
            (WORK, AUTHORISE),
            ("reason",),
            delivering.set_live_flag,
            when=lambda page, viewer: (
                page.operation.mode in {"INTACT", "REPLACED_PART"}
                and page.live_flag is None
            ),
            intro=_("It has effect when a second person confirms it."),
        ),
        ActPage(
            "live-arms-confirm",
            _("Confirm that live arms may leave control"),
            (WORK, AUTHORISE),
            (),
            delivering.confirm_live_flag,
            when=lambda page, viewer: (
                page.live_flag is not None
                and page.live_flag.confirmed_at is None
                and page.live_flag.set_by != viewer.name
            ),
        ),
        ActPage(
            "live-arms-end",
            _("No longer let live arms leave control"),
            (WORK, AUTHORISE),
            ("reason",),
            delivering.take_back_live_flag,
            when=lambda page, viewer: page.live_flag is not None,
            intro=_("It has effect at once."),
        ),
        ActPage(
            "name",
            _("Name a person"),
            (WORK, AUTHORISE),
            ("person", "sees_covers"),
            running.name_person,
            steps=BEFORE_END,
            is_led=True,
        ),
        ActPage(
            "remove",
            _("Remove a person"),
            (WORK, AUTHORISE),
            ("person", "reason"),
            running.remove_person,
            steps=BEFORE_END,
            is_led=True,
        ),
        ActPage(
            "cover",
            _("Seal a covert name"),
            (WORK,),
            ("name",),
            covering.keep_cover,
            when=lambda page, viewer: page.sees_covers,
        ),
        ActPage(
            "stop",
            _("Stop"),
            (WORK, AUTHORISE),
            ("reason",),
            running.stop_operation,
            steps=frozenset({OperationStep.ACTIVE}),
            is_led=True,
        ),
        ActPage(
            "extend",
            _("Ask for a further authority"),
            (ASK,),
            AUTHORITY,
            authorising.ask_authority,
            AuthorityInput,
            frozenset(OperationStep),
            lambda page, viewer: page.request is None,
            after_end=True,
            intro=_("An extension is an authority of its own, with its own order."),
        ),
        ActPage(
            "evaluate",
            _("Write what was learned"),
            (WORK,),
            ("outcome", "learned", "training"),
            running.evaluate_operation,
            EvaluationInput,
            frozenset({OperationStep.STOPPED, OperationStep.ENDED}),
            after_end=True,
        ),
        ActPage(
            "withdraw",
            _("Withdraw the authority"),
            (AUTHORISE,),
            ("reason",),
            authorising.withdraw_authority,
            steps=IN_FORCE | {OperationStep.AHEAD},
            when=lambda page, viewer: any(
                one.authoriser == viewer.name for one in page.authorities
            ),
            intro=_("Access ends with it."),
        ),
    )
}


def open_on(page: OperationPage, viewer: Actor) -> Iterator[ActPage]:
    """Give the acts that are open to a viewer now, in the order of the desk."""
    return (
        one
        for one in PAGES.values()
        if page.step in one.steps
        and any(map(viewer.may, one.grants))
        and one.when(page, viewer)
        and (page.operation.is_led_by(viewer) or not one.is_led)
    )
