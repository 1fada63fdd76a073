"""The page of each act on an exhibit: what it asks, and what its button says."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.custody import CustodyAct

type Words = str | Promise

SEAL = ("seal_number", "seal_state", "condition")
PLACE = ("store", "place")
# Acts that bring an exhibit out of custody, or begin to.
LEAVING = (
    *(CustodyAct.PROPOSED, CustodyAct.APPROVED),
    *(CustodyAct.DECLINED, CustodyAct.CARRIED_OUT),
)


@dataclass(frozen=True, slots=True)
class ActPage:
    """What one act asks."""

    act: CustodyAct
    verb: Words
    # Names of the fields of its form.
    asks: tuple[str, ...]
    # One sentence above the form.
    intro: Words = ""

    @property
    def slug(self) -> str:
        """Name the act in an address."""
        return self.act.value.lower().replace("_", "-")


RECEIVE = ActPage(
    CustodyAct.RECEIVED,
    _("Receive"),
    (*SEAL, "received_from", *PLACE, "photograph", "reason"),
    _(
        "Read the seal off the bag. Where it differs from the record, or is not whole, "
        "give the reason."
    ),
)
BRING = ActPage(
    CustodyAct.BROUGHT,
    _("Bring to the store"),
    (*SEAL, "photograph", "reason"),
    _("You hold it until a custodian of your agency has accepted it."),
)
PAGES = {
    page.act: page
    for page in (
        ActPage(
            CustodyAct.ACCEPTED,
            _("Accept"),
            (*SEAL, *PLACE, "photograph", "reason"),
            _("You hold it from now on. Read the seal off the bag."),
        ),
        ActPage(CustodyAct.REFUSED, _("Do not accept"), ("reason",)),
        ActPage(CustodyAct.MOVED, _("Move"), PLACE),
        ActPage(
            CustodyAct.OFFERED,
            _("Offer"),
            ("to_agency", "errand", "due_back_on", "reason"),
            _("It stays with you until the receiver has accepted it."),
        ),
        ActPage(CustodyAct.WITHDRAWN, _("Withdraw the offer"), ("reason",)),
        ActPage(
            CustodyAct.HANDED_OVER,
            _("Hand over on paper"),
            ("name", "office", "document", "errand", "due_back_on", "reason"),
            _("For a receiver without an account, such as a court."),
        ),
        ActPage(
            CustodyAct.TAKEN_BACK,
            _("Take back"),
            ("document", *SEAL, *PLACE, "photograph", "reason"),
        ),
        ActPage(
            CustodyAct.RESEALED,
            _("Change the seal"),
            ("seal_number", "witness", "photograph", "reason"),
        ),
        ActPage(
            CustodyAct.NEEDED,
            _("Keep for a court or case"),
            ("needed_by", "reason"),
            _("A disposal that was proposed or approved no longer applies."),
        ),
        ActPage(CustodyAct.NOT_NEEDED, _("No longer needed"), ("reason",)),
        ActPage(
            CustodyAct.PROPOSED,
            _("Propose a disposal"),
            ("way_out", "reason"),
            _("A second person decides. Nothing leaves by this."),
        ),
        ActPage(CustodyAct.APPROVED, _("Approve the disposal"), ("reason",)),
        ActPage(CustodyAct.DECLINED, _("Decline the disposal"), ("reason",)),
        ActPage(
            CustodyAct.CARRIED_OUT,
            _("Record that the disposal was carried out"),
            ("done_on", "name", "office", "document", "mark", "witness", "reason"),
            _(
                "It leaves custody for good. Of a registered arm, the register is told "
                "by who keeps it."
            ),
        ),
        ActPage(
            CustodyAct.CORRECTED,
            _("Correct"),
            ("seal_number", "condition", "received_from", "reason"),
            _("What was written before stays in the history."),
        ),
    )
}


def page_of(slug: str) -> ActPage | None:
    """Give the page of an act that an address names."""
    return next((page for page in PAGES.values() if page.slug == slug), None)


def pages_of(acts: tuple[CustodyAct, ...]) -> Iterator[ActPage]:
    """Give the pages of the acts that are open now, in the order of the desk."""
    return (page for act, page in PAGES.items() if act in acts)
