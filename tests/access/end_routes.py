"""What opens the pages of how arms end; ``routes`` has the others."""

from tests.access.doors import NONE, Door

PAGES = {
    **dict.fromkeys(
        ("lots", "lot", "lot-photograph", "disposal-item"), Door("disposal.view")
    ),
    "lot-open": Door("disposal.destroy"),
    "lot-act": Door("disposal.destroy"),
    "disposal-decide": Door("disposal.decide"),
}
API = {
    "list_lots": Door("disposal.view", "disposal.destroy"),
    "open_lot": Door("disposal.view", "disposal.destroy"),
    **dict.fromkeys(("read_lot", "read_conditions"), Door("disposal.view")),
    **dict.fromkeys(
        ("put_in", "take_out", "add_witness", "end_lot", "certify_lot"),
        Door(NONE, "disposal.destroy"),
    ),
    **dict.fromkeys(
        ("decide_condition", "check_stolen"), Door(NONE, "disposal.decide")
    ),
}
PAGES |= {
    **dict.fromkeys(("campaigns", "campaign", "hand-in"), Door("collection.view")),
    "campaign-publish": Door(NONE, "collection.open"),
    "hand-in-settle": Door("collection.view", "collection.open"),
    **dict.fromkeys(("campaign-open", "campaign-correct"), Door("collection.open")),
    "campaign-desk": Door("collection.take"),
}
API |= dict.fromkeys(("list_campaigns", "read_counts"), Door("collection.view"))
