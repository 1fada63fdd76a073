"""What the app of parallel cases says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class InvestigationsConfig(declarations.App):
    name = "armstrace.investigations"
    area = declarations.Area(message("Cases"), "cases", needs=("case.view",), place=35)
    numbers = (
        declarations.Number(
            "C",
            "case",
            "case",
            message("Open case %(number)s"),
            (declarations.OnPaper("case", ("main_case",)),),
        ),
    )
    rules = {"IV": "Parallel cases"}
    linkers = ("armstrace.investigations.queries.linked.in_case",)
