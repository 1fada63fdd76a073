"""What the app of the ledger says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import message


class AuditConfig(declarations.App):
    name = "armstrace.audit"
    # The ledger vouches for all other tables and cannot vouch for its own.
    is_ledgered = False
    rules = {"LG": "Ledger"}
    area = declarations.Area(
        message("Oversight"), "consultations", needs=("ledger.view",), place=65
    )
    grants = (
        declarations.Grant(
            "ledger.view", "read the ledger", every=(Role.AUDITOR, Role.SYSTEM)
        ),
        declarations.Grant(
            "consultation.own",
            "see who looked at a record",
            every=(Role.SUPERVISOR, Role.AUDITOR, Role.SYSTEM),
            own=(Role.OFFICER,),
        ),
        declarations.Grant(
            "ledger.acts",
            "see what people of the tracing hub did in a period",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant(
            "ledger.verify",
            "prove the ledger",
            every=(Role.AUDITOR, Role.ADMINISTRATOR, Role.SYSTEM),
        ),
    )
