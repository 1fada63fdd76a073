"""What opens the pages of transfers; ``routes`` has the others."""

from tests.access.doors import NONE, Door

PAGES = {
    **dict.fromkeys(
        ("transfers", "authorisation", "authorisation-document"), Door("transfer.view")
    ),
    "authorisation-record": Door("transfer.record"),
    **dict.fromkeys(("consignments", "consignment"), Door("transfer.view")),
    **dict.fromkeys(
        ("consignment-send", "consignment-step", "consignment-take-back"),
        Door("transfer.move"),
    ),
    "consignment-case": Door(NONE, ("transfer.view", "case.open")),
    "authorisation-act": Door("transfer.decide"),
}
API = {
    "list_transfers": Door("transfer.view", "transfer.record"),
    "record_authorisation": Door("transfer.view", "transfer.record"),
    **dict.fromkeys(("check_transfer", "read_authorisation"), Door("transfer.view")),
    **dict.fromkeys(
        ("set_goods", "attach_paper", "remove_paper"), Door(NONE, "transfer.record")
    ),
    "list_consignments": Door("transfer.view", "transfer.move"),
    "send_consignment": Door("transfer.view", "transfer.move"),
    "read_consignment": Door("transfer.view"),
    **dict.fromkeys(("record_step", "take_back_step"), Door(NONE, "transfer.move")),
    "open_case_of_diversion": Door(NONE, ("transfer.view", "case.open")),
    "decide_authorisation": Door(NONE, ("transfer.record", "transfer.decide")),
}
