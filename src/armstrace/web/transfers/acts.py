"""The page of each act on an authorisation: what it asks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.transfers import TransferAct
from armstrace.web.acting import ActPage
from armstrace.web.transfers.forms import ASKED, GOODS, PAPER

RESTRICTS = ("seen", "ground", "reason")
PAGES: Mapping[TransferAct, ActPage] = {
    TransferAct.ATTACH: ActPage(_("Put a document on file"), PAPER),
    TransferAct.GOODS: ActPage(_("Add goods"), GOODS),
    TransferAct.CHANGE: ActPage(_("Change"), ("seen", *ASKED)),
    TransferAct.ISSUE: ActPage(
        _("Issue"), ("seen", "issue_place", "issued_on", "valid_until", "note")
    ),
    TransferAct.REFUSE: ActPage(_("Refuse"), RESTRICTS),
    TransferAct.AGREE: ActPage(_("Agree to the documents"), ("seen", "reason")),
    TransferAct.SUSPEND: ActPage(_("Suspend"), RESTRICTS),
    TransferAct.REINSTATE: ActPage(_("Reinstate"), ("seen", "reason")),
    TransferAct.REVOKE: ActPage(_("Revoke"), RESTRICTS),
    TransferAct.REMOVE: ActPage(_("Take a document off the file"), ("place", "reason")),
    TransferAct.WITHDRAW: ActPage(_("Withdraw"), ("seen", "reason")),
}
"""In the order of the desk."""
