"""What the app of special techniques says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class TechniquesConfig(declarations.App):
    name = "armstrace.techniques"
    area = declarations.Area(
        message("Techniques"), "techniques", needs=("technique.view",), place=38
    )
    numbers = (
        declarations.Number(
            "X", "operation", "operation", message("Open operation %(number)s")
        ),
    )
    holds_cases = ("armstrace.techniques.models.in_force",)
    rules = {"TE": "Special techniques"}
    unspoken = ("armstrace.techniques.covers.refuse_covers",)
