"""The page of each act on an application: what it asks."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from armstrace.vocabulary.licensing import LicenceAct
from armstrace.web.acting import ActPage
from armstrace.web.licensing.application_forms import TERMS

_REFUSAL_STAYS = _("The refusal stays visible as long as the profile says.")
PAGES: Mapping[LicenceAct, ActPage] = {
    LicenceAct.SEND: ActPage(
        _("Send the application"),
        intro=_("The period for its decision begins today."),
    ),
    LicenceAct.ATTACH: ActPage(_("Attach a document"), ("document", "file")),
    LicenceAct.ACCEPT: ActPage(_("Find it complete"), ("seen", "note")),
    LicenceAct.VET: ActPage(
        _("Ask for vetting and advice"),
        intro=_("The departments that the profile names are asked."),
    ),
    LicenceAct.HEAR: ActPage(
        _("Record advice"), ("department", "advice", "said", "reference")
    ),
    LicenceAct.PROPOSE: ActPage(
        _("Propose a decision"),
        ("seen", "is_granted", "reason"),
        _("Somebody else decides."),
    ),
    LicenceAct.DECIDE: ActPage(
        _("Decide"), ("seen", "is_granted", "ground", *TERMS, "reason")
    ),
    LicenceAct.ISSUE: ActPage(_("Issue the licence")),
    LicenceAct.REFUSE: ActPage(_("Refuse the licence"), intro=_REFUSAL_STAYS),
    LicenceAct.ASK: ActPage(
        _("Ask a question"),
        ("cause", "words"),
        _("The clock is stopped until it is answered."),
    ),
    LicenceAct.ANSWER: ActPage(_("Answer a question"), ("question", "answer")),
    LicenceAct.APPEAL: ActPage(_("Record an appeal"), ("reason",)),
    LicenceAct.UPHOLD: ActPage(_("Uphold the refusal"), ("reason",)),
    LicenceAct.OVERTURN: ActPage(
        _("Overturn the refusal"),
        ("reason",),
        _("It is decided again, in a new period, by somebody else."),
    ),
    LicenceAct.WITHDRAW: ActPage(_("Withdraw the application"), ("reason",)),
}
"""In the order of the desk; acts on a licence in force have a page of their own."""
