"""The page of each act on an exhibit: what it asks, and what its button says."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.custody import RECEIPTS, CustodyAct
from armstrace.web.acting import ActPage

SEAL = ("seal_number", "seal_state", "condition")
PLACE = ("store", "place")
# Acts that bring an exhibit out of custody, or begin to.
LEAVING = (
    *(CustodyAct.PROPOSED, CustodyAct.APPROVED),
    *(CustodyAct.DECLINED, CustodyAct.CARRIED_OUT),
)
PAGES: Mapping[CustodyAct, ActPage] = {
    CustodyAct.RECEIVED: ActPage(
        _("Receive"),
        (*SEAL, "received_from", *PLACE, "photograph", "reason"),
        _(
            "Read the seal off the bag. Where it differs from the record, or is not "
            "whole, give the reason."
        ),
    ),
    CustodyAct.BROUGHT: ActPage(
        _("Bring to the store"),
        (*SEAL, "photograph", "reason"),
        _("You hold it until a custodian of your agency has accepted it."),
    ),
    CustodyAct.ACCEPTED: ActPage(
        _("Accept"),
        (*SEAL, *PLACE, "photograph", "reason"),
        _("You hold it from now on. Read the seal off the bag."),
    ),
    CustodyAct.REFUSED: ActPage(_("Do not accept"), ("reason",)),
    CustodyAct.MOVED: ActPage(_("Move"), PLACE),
    CustodyAct.OFFERED: ActPage(
        _("Offer"),
        ("to_agency", "errand", "due_back_on", "reason"),
        _("It stays with you until the receiver has accepted it."),
    ),
    CustodyAct.WITHDRAWN: ActPage(_("Withdraw the offer"), ("reason",)),
    CustodyAct.HANDED_OVER: ActPage(
        _("Hand over on paper"),
        ("name", "office", "document", "errand", "due_back_on", "reason"),
        _("For a receiver without an account, such as a court."),
    ),
    CustodyAct.TAKEN_BACK: ActPage(
        _("Take back"),
        ("document", *SEAL, *PLACE, "photograph", "reason"),
    ),
    CustodyAct.RESEALED: ActPage(
        _("Change the seal"),
        ("seal_number", "witness", "photograph", "reason"),
    ),
    CustodyAct.NEEDED: ActPage(
        _("Keep for a court or case"),
        ("needed_by", "reason"),
        _("A disposal that was proposed or approved no longer applies."),
    ),
    CustodyAct.NOT_NEEDED: ActPage(_("No longer needed"), ("reason",)),
    CustodyAct.PROPOSED: ActPage(
        _("Propose a disposal"),
        ("way_out", "reason"),
        _("A second person decides. Nothing leaves custody yet."),
    ),
    CustodyAct.APPROVED: ActPage(_("Approve the disposal"), ("reason",)),
    CustodyAct.DECLINED: ActPage(_("Decline the disposal"), ("reason",)),
    CustodyAct.CARRIED_OUT: ActPage(
        _("Record that the disposal was carried out"),
        ("done_on", "name", "office", "document", "mark", "witness", "reason"),
        _(
            "It leaves custody for good. Of a registered arm, the register is told "
            "by who keeps it."
        ),
    ),
    CustodyAct.CORRECTED: ActPage(
        _("Correct"),
        ("seal_number", "condition", "received_from", "reason"),
        _("What was written before stays in the history."),
    ),
}
"""In the order of the desk."""
ADDRESSES = {act.lower().replace("_", "-"): act for act in PAGES if act not in RECEIPTS}


def pages_of(acts: Collection[CustodyAct]) -> Iterator[tuple[str, ActPage]]:
    """Give the pages of the acts that are open now, with their addresses."""
    return ((slug, PAGES[act]) for slug, act in ADDRESSES.items() if act in acts)
