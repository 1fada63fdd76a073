"""What the app of parallel cases says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message

ON_CASES = (Role.INVESTIGATOR, Role.PROSECUTOR)


class InvestigationsConfig(declarations.App):
    name = "armstrace.investigations"
    area = declarations.Area(message("Cases"), "cases", needs=("case.view",), place=35)
    numbers = (
        declarations.Number("C", "case", "case", message("Open case %(number)s")),
    )
    rules = {"IV": "Parallel cases"}
    linkers = ("armstrace.investigations.queries.linked.in_case",)
    grants = (
        # Of a sealed case each of these reaches the members alone.
        declarations.Grant(
            "case.view",
            "see parallel cases: those of the agency, and as a member",
            every=(*HUB, Role.SYSTEM),
            own=ON_CASES,
        ),
        declarations.Grant(
            "case.open",
            "open a parallel case",
            every=(*HUB, Role.SYSTEM),
            own=(Role.INVESTIGATOR,),
        ),
        declarations.Grant(
            "case.work", "write in a case that one sees", every=HUB, own=ON_CASES
        ),
        declarations.Grant(
            "case.seal",
            "say who is a member of a case, and seal it",
            every=(Role.SUPERVISOR,),
            own=ON_CASES,
        ),
        declarations.Grant(
            "case.close",
            "close a case with its outcome, and open it again",
            every=(Role.SUPERVISOR,),
            own=ON_CASES,
        ),
    )
