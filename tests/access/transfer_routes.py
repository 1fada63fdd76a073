"""What opens the pages of transfers; ``routes`` has the others."""

from tests.access.doors import NONE, Door

PAGES = {
    **dict.fromkeys(
        ("transfers", "authorisation", "authorisation-document"), Door("transfer.view")
    ),
    "authorisation-record": Door("transfer.record"),
    "authorisation-act": Door("transfer.decide"),
}
API = {
    "list_transfers": Door("transfer.view", "transfer.record"),
    "record_authorisation": Door("transfer.view", "transfer.record"),
    **dict.fromkeys(("check_transfer", "read_authorisation"), Door("transfer.view")),
    **dict.fromkeys(
        ("set_goods", "attach_paper", "remove_paper"), Door(NONE, "transfer.record")
    ),
    "decide_authorisation": Door(NONE, ("transfer.record", "transfer.decide")),
}
