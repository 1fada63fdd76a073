"""What the app of risk says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class RiskConfig(declarations.App):
    name = "armstrace.risk"
    unledgered = {"hit": "derived from the points of a declaration, rebuilt at will"}
    area = declarations.Area(
        message("Risk"), "examinations", needs=("declaration.view",), place=35
    )
    numbers = (
        declarations.Number(
            "D", "declaration", "declaration", message("Open declaration %(number)s")
        ),
        declarations.Number(
            "W", "earlywarning", "warning", message("Open warning %(number)s")
        ),
    )
    rules = {
        "EW": "Early warnings",
        "RI": "Lists for examination and their outcomes",
        "CU": "Indicators of risk on goods",
        "TR": "Indicators of risk on traced arms",
    }
