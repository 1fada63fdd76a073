"""One licence in force, suspended or ended, with its terms."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils import timezone

from armstrace.audit import consultations
from armstrace.licensing import standing
from armstrace.licensing.models import (
    Application,
    ApplicationRecord,
    Holder,
    Licence,
    LicenceTerms,
)
from armstrace.licensing.stages import MOVES
from armstrace.licensing.standing import Period
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    LicenceAct,
    LicenceStage,
    Restriction,
)
from armstrace.vocabulary.messages import message

APPLIED = (LicenceAct.RENEW, LicenceAct.VARY)
RESTRICTED = {
    LicenceStage.SUSPENDED: LicenceAct.SUSPEND,
    LicenceStage.ISSUED: LicenceAct.REINSTATE,
    LicenceStage.REVOKED: LicenceAct.REVOKE,
}
"""What led to a stage where no application did."""


@dataclass(frozen=True, slots=True)
class LicencePage:
    """A licence as it stands."""

    licence: Licence
    # Its status today.
    stage: LicenceStage
    # What it allows; None where a register gave none.
    terms: LicenceTerms | None
    # Its days before each renewal or change, the newest first.
    earlier: tuple[Period, ...]
    # Every state of its terms, the newest first.
    history: tuple[LicenceTerms, ...]
    # As it was first stated, where no application led to it; None where one did.
    taken_over: Licence | None
    # Whether the viewer may see the application that its terms rest on.
    shows_application: bool = False

    @property
    def states(self) -> tuple[tuple[LicenceAct, LicenceTerms], ...]:
        """Give every state of its terms with the act that led to it."""
        before = dict(pairwise(self.history))
        return tuple((_act_of(e, before.get(e)), e) for e in self.history)

    def restrictions(self, viewer: Actor) -> tuple[Restriction, ...]:
        """Give the acts on it that its status and the policy allow a viewer."""
        if not viewer.may("licence.decide"):
            return ()
        own = self.terms is not None and self.terms.decided_by == viewer.name
        return tuple(
            each
            for each in Restriction
            if self.stage in MOVES[LicenceAct(each)].sources
            and not (own and each is Restriction.REINSTATE)
        )

    def applications(self, viewer: Actor) -> tuple[LicenceAct, ...]:
        """Give what a viewer may apply for with it."""
        # A register may not say what a licence allows.
        if not viewer.may("licence.apply") or not self.licence.licence_type:
            return ()
        return tuple(each for each in APPLIED if self.stage in MOVES[each].sources)


def licence_page(licence_id: int, *, viewer: Actor, at: datetime) -> LicencePage:
    """Give one licence by the key of any of its versions, as it stands."""
    found = Licence.objects.visible_to(viewer).filter(pk=licence_id).first()
    if found is None:
        raise NotFound(message("There is no such licence; look at the holder."))
    rows = Licence.objects.current().select_related("holder")
    licence = rows.get(number=found.number)
    consultations.show_opened(Holder, licence.holder_id)
    history = tuple(
        LicenceTerms.objects.visible_to(viewer)
        .filter(number=licence.number)
        .select_related("application")
        .order_by("-pk")
    )
    terms = next((each for each in history if each.superseded_at is None), None)
    today = timezone.localdate(at)
    stage = standing.stage_of(licence, terms, today)
    versions = Licence.objects.filter(holder=licence.holder_id, number=licence.number)
    every = list(versions.order_by("pk"))
    periods = standing.periods_of(every, history[::-1], today)
    earlier = tuple(each for each in periods if each.has_days_before)
    is_issued = any(
        each.application and each.application.kind == ApplicationKind.NEW
        for each in history
    )
    first = None if is_issued else every[0]
    application = terms.application_id if terms else None
    asked = Application.objects.visible_to(viewer)
    shows = bool(application) and asked.filter(pk=application or 0).exists()
    return LicencePage(licence, stage, terms, earlier, history, first, shows)


def others_in_force(
    licence_id: int, *, viewer: Actor, at: datetime
) -> tuple[Licence, ...]:
    """Give the other licences of a licence's holder that allow something today."""
    found = Licence.objects.visible_to(viewer).get(pk=licence_id)
    consultations.show(Holder, found.holder_id)
    rows = Licence.objects.visible_to(viewer).current().filter(holder=found.holder_id)
    others = rows.exclude(number=found.number).select_related("holder")
    return tuple(standing.in_force(others, timezone.localdate(at)))


def asked_before(number: str, *, viewer: Actor, at: datetime) -> dict[str, object]:
    """Give what a licence was issued for, from which a renewal or a change starts.

    Args:
        number: Of the licence; nothing is given of what the viewer may not see.
    """
    rows = ApplicationRecord.objects.visible_to(viewer).current()
    found = rows.filter(licence_number=number.strip()).order_by("-pk").first()
    if found is None:
        return {}
    consultations.show(Holder, found.application.holder_id)
    held = Licence.objects.current().filter(number=found.licence_number)
    terms = standing.terms_of(held, timezone.localdate(at)).get(found.licence_number)
    told = {name: getattr(found, name) for name in ("purpose", "storage", "born_on")}
    now = terms or found
    return told | {"categories": now.categories, "quantity": now.quantity}


def _act_of(terms: LicenceTerms, was: LicenceTerms | None) -> LicenceAct:
    application = terms.application
    if application and application.pk != (was.application_id if was else None):
        kind = ApplicationKind(application.kind)
        return LicenceAct.ISSUE if kind is ApplicationKind.NEW else LicenceAct(kind)
    return RESTRICTED[LicenceStage(terms.stage)]
