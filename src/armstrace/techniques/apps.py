"""What the app of special techniques says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import Role
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
    rules = {"TE": "Special techniques"}
    grants = (
        # Of each operation it opens what an authority opens to who is named.
        declarations.Grant(
            "technique.view",
            "see operations in which one is named, until their authority ends",
            every=(
                Role.CUSTOMS,
                Role.INVESTIGATOR,
                Role.PROSECUTOR,
                Role.SUPERVISOR,
                Role.AUDITOR,
            ),
        ),
        declarations.Grant(
            "technique.ask",
            "ask for the authority to use a special technique",
            own=(Role.INVESTIGATOR,),
        ),
        declarations.Grant(
            "technique.work",
            "carry out a technique in which one is named",
            every=(Role.CUSTOMS, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "technique.authorise",
            "give, refuse and withdraw the authority for a technique",
            every=(Role.PROSECUTOR,),
        ),
        declarations.Grant(
            "technique.oversee",
            "see every operation, covert names apart",
            every=(Role.AUDITOR,),
        ),
        declarations.Grant(
            "technique.sweep",
            "flag hand-overs that nobody acknowledged",
            every=(Role.SYSTEM,),
        ),
    )
