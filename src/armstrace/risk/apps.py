"""What the app of risk says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
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
    grants = (
        declarations.Grant(
            "declaration.view",
            "see declarations of goods, their points and outcomes (personal data)",
            every=(*HUB, Role.AUDITOR, Role.SYSTEM),
            own=(Role.CUSTOMS,),
        ),
        declarations.Grant(
            "declaration.record",
            "record declarations of goods",
            every=(*HUB, Role.SYSTEM),
            own=(Role.CUSTOMS,),
        ),
        declarations.Grant(
            "declaration.examine",
            "draw a list for examination and say what was found",
            every=(Role.SYSTEM,),
            own=(Role.CUSTOMS,),
        ),
        declarations.Grant(
            "risk.compare",
            "see how many arms of each dealer were traced, against what is expected",
            every=(*HUB, Role.SYSTEM),
        ),
        declarations.Grant(
            "warning.view",
            "see early warnings and what they rest on",
            every=(*HUB, Role.AUDITOR, Role.SYSTEM),
            own=(Role.INVESTIGATOR,),
        ),
        declarations.Grant(
            "warning.decide",
            "take an early warning, dismiss it or act on it",
            every=HUB,
            own=(Role.INVESTIGATOR,),
        ),
        declarations.Grant(
            "warning.raise", "work out early warnings", every=(Role.SYSTEM,)
        ),
    )
