"""What the app of custody says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class CustodyConfig(declarations.App):
    name = "armstrace.custody"
    area = declarations.Area(
        message("Custody"), "custody", needs=("exhibit.view",), place=15
    )
    numbers = (
        declarations.Number(
            "E", "exhibit", "exhibit", message("Open exhibit %(number)s")
        ),
        declarations.Number("N", "count", "count", message("Open count %(number)s")),
    )
    rules = {"EX": "Custody and counts"}
    kept = ("armstrace.custody.queries.kept.keeps",)
