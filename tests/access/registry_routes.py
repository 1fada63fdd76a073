"""What opens the pages of the register; ``routes`` has the others."""

from tests.access.doors import NONE, SIGNED_IN, Door

PAGES = {
    "arm-holders": Door(SIGNED_IN, ("registry.view", "holder.view")),
    **dict.fromkeys(
        ("registry", "arm", "look-up", "arm-extract"), Door("registry.view")
    ),
    **dict.fromkeys(
        (
            "arm-pass",
            "arm-part-exchange",
            "arm-mark",
            "arm-happening",
            "arm-event-correct",
            "arm-event-withdraw",
        ),
        Door("registry.event"),
    ),
    **dict.fromkeys(
        (
            "arm-register",
            "arm-similar",
            "arm-convert",
            "arm-correct",
            "arm-withdraw",
            "arm-reinstate",
        ),
        Door("registry.record"),
    ),
    **dict.fromkeys(("holders", "holder"), Door("holder.view")),
    **dict.fromkeys(
        ("holder-record", "holder-correct", "holder-reporting", "holder-closing"),
        Door("holder.record"),
    ),
    **dict.fromkeys(("own-stock", "own-book", "own-notices"), Door("trade.view")),
    **dict.fromkeys(("own-certificates", "own-certificate"), Door("trade.view")),
    "own-notice": Door("trade.notify"),
}
API = {
    "list_arms": Door("registry.view", ("registry.record", "registry.event")),
    "register_arm": Door("registry.view", ("registry.record", "registry.event")),
    "read_arm": Door("registry.view"),
    "convert_arm": Door(NONE, ("registry.event", "registry.record")),
    "list_own_stock": Door("trade.view"),
    "give_notice": Door(NONE, "trade.notify"),
    **dict.fromkeys(("assign_agency", "close_business"), Door(NONE, "holder.record")),
    **dict.fromkeys(
        ("correct_arm", "withdraw_arm", "reinstate_arm"), Door(NONE, "registry.record")
    ),
    **dict.fromkeys(
        (
            "pass_arm",
            "exchange_part",
            "mark_arm",
            "record_event",
            "correct_event",
            "withdraw_event",
        ),
        Door(NONE, "registry.event"),
    ),
    **dict.fromkeys(
        ("list_pairs", "decide_on_pair"), Door("registry.view", "registry.event")
    ),
}
