"""What a dealer's file of notices has: its columns, and an empty one to fill in."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from armstrace.registry.actions.notices import GRANT
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.web import access
from armstrace.web.lists import exports

COLUMNS = {
    "source_number": _("Your own number of the notice: sent twice, it counts once."),
    "arm_number": _(
        "Number of the arm in the stock book, or its serial number as marked."
    ),
    "event": _("What happened, as one of the codes below."),
    "happened_on": _("The day, such as 2026-03-01."),
    "holder_from": _("Licence of the person who sold it to you; empty otherwise."),
    "holder_to": _("Licence of the buyer; empty otherwise."),
    "place": _("Where it happened; may be empty."),
    "document": _("Number of the invoice or receipt; may be empty."),
    "notes": _("Make, model and calibre of an arm that is not registered yet."),
}
EVENTS = (
    LifeEventKind.SOLD_TO_HOLDER,
    LifeEventKind.SOLD_TO_DEALER,
    LifeEventKind.MANUFACTURED,
    LifeEventKind.LOST,
    LifeEventKind.STOLEN,
)


@access.staff_who(GRANT)
def template(request: access.Request) -> HttpResponse:
    """Hand out the headings of a file of notices."""
    del request
    return exports.attach(",".join(COLUMNS) + "\r\n", "notices.csv", "text/csv")
