"""What the app of the ledger says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class AuditConfig(declarations.App):
    name = "armstrace.audit"
    # The ledger vouches for all other tables and cannot vouch for its own.
    is_ledgered = False
    rules = {"LG": "Ledger"}
    area = declarations.Area(
        message("Oversight"), "consultations", needs=("ledger.view",), place=65
    )
