"""What the app of people and their rights says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class AccountsConfig(declarations.App):
    name = "armstrace.accounts"
    unledgered = {
        "session": "moves with every request",
        "keptanswer": "is thrown away after a day",
    }
    unvouched = {
        "apitoken": {"last_used_at": "moves with every request"},
        "secondfactor": {
            "counter": "moves with every use",
            "last_used_at": "moves with every use",
        },
    }
    area = declarations.Area(
        message("Administration"),
        "administration",
        needs=("ledger.view", "ledger.verify", "account.view"),
        place=70,
    )
    rules = {"AC": "Accounts"}
