"""What the app of stockpiles says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import message

KEEPERS = (Role.CUSTODIAN,)
OVERSEERS = (Role.SUPERVISOR, Role.REGISTRAR, Role.AUDITOR, Role.SYSTEM)
BEARERS = (Role.CUSTODIAN, Role.OFFICER, Role.CUSTOMS, Role.INVESTIGATOR, Role.EXAMINER)


class StockpilesConfig(declarations.App):
    name = "armstrace.stockpiles"
    area = declarations.Area(
        message("Stockpiles"), "stockpiles", needs=("stock.view",), place=17
    )
    numbers = (
        declarations.Number(
            "M", "paper", "stock-paper", message("Open issue or return %(number)s")
        ),
        declarations.Number(
            "T", "stockcount", "stock-count", message("Open count %(number)s")
        ),
    )
    rules = {"SK": "Stockpiles"}
    kept = ("armstrace.stockpiles.standing.keeps",)
    grants = (
        declarations.Grant(
            "stock.view",
            "see stores of State arms, their papers and counts, and what one bears",
            every=OVERSEERS,
            own=BEARERS,
        ),
        # Who may be asked to count does not see what should be there.
        declarations.Grant(
            "stock.list",
            "see all that is in stores of State arms, and who has what",
            every=OVERSEERS,
            own=KEEPERS,
        ),
        declarations.Grant(
            "stock.keep",
            "open stores, place, issue and take back arms, keep lots, declare surplus",
            own=KEEPERS,
        ),
        # Of the two who sign a count, one does not keep stores.
        declarations.Grant(
            "stock.sign",
            "sign for arms that are issued or returned, and count stores",
            every=(Role.SYSTEM,),
            own=BEARERS,
        ),
        declarations.Grant(
            "stock.dispose",
            "decide how surplus leaves a store",
            every=(Role.REGISTRAR, Role.SUPERVISOR),
        ),
    )
