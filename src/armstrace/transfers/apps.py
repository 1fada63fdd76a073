"""What the app of transfers says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class TransfersConfig(declarations.App):
    name = "armstrace.transfers"
    area = declarations.Area(
        message("Transfers"), "transfers", needs=("transfer.view",), place=23
    )
    numbers = (
        declarations.Number(
            "G",
            "authorisation",
            "authorisation",
            message("Open authorisation %(number)s"),
        ),
        declarations.Number(
            "J", "consignment", "consignment", message("Open consignment %(number)s")
        ),
    )
    rules = {"TX": "Transfers"}
    grants = (
        declarations.Grant(
            "transfer.view",
            "see export, import and transit authorisations",
            every=(
                *(*HUB, Role.INVESTIGATOR, Role.LICENSING, Role.CUSTOMS),
                *(Role.AUDITOR, Role.SYSTEM),
            ),
            own=(Role.TRADE,),
        ),
        declarations.Grant(
            "transfer.record",
            "record an authorisation, its goods and its documents",
            every=(Role.LICENSING, Role.SYSTEM),
            own=(Role.TRADE,),
        ),
        declarations.Grant(
            "transfer.decide",
            "decide on authorisations that others recorded; suspend and revoke",
            every=(Role.LICENSING,),
        ),
        declarations.Grant(
            "transfer.move",
            "record that goods leave, arrive, are proven or diverted",
            every=(Role.CUSTOMS, Role.LICENSING, Role.SYSTEM),
        ),
    )
