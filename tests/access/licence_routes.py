"""What opens the pages of licences; ``routes`` has the others."""

from tests.access.doors import NONE, Door

PAGES = {
    **dict.fromkeys(("licences", "licences-changed"), Door("licence.view")),
    **dict.fromkeys(("licence-kinds", "licence-apply"), Door("licence.apply")),
    "licence-timeliness": Door("licence.view"),
    **dict.fromkeys(
        ("held-licences", "held-licence", "holder-stock"), Door("holder.view")
    ),
    **dict.fromkeys(("licences-written", "kinds-changed"), Door("ledger.acts")),
    "held-licence-act": Door("licence.decide"),
    "application": Door("licence.view"),
    "application-change": Door("licence.apply"),
    "application-act": Door("licence.assess"),
    "application-document": Door("licence.view"),
}
API = {
    "list_stock": Door("holder.view"),
    "list_applications": Door("licence.view", "licence.apply"),
    "draft_application": Door("licence.view", "licence.apply"),
    **dict.fromkeys(
        ("list_decided_otherwise", "check_licence", "read_application"),
        Door("licence.view"),
    ),
    **dict.fromkeys(
        ("attach_document", "act_on_application"), Door(NONE, "licence.apply")
    ),
    "restrict_licence": Door(NONE, "licence.decide"),
}
