"""What the app of transfers says of itself."""

from armstrace.audit import declarations
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
            (
                declarations.OnPaper(
                    "authorisationrecord", ("number",), "authorisation_id"
                ),
                declarations.OnPaper("paper", ("number",), "authorisation_id"),
            ),
        ),
        declarations.Number(
            "J", "consignment", "consignment", message("Open consignment %(number)s")
        ),
    )
    rules = {"TX": "Transfers"}
