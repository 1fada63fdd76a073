"""What the app of deactivations says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class DeactivationsConfig(declarations.App):
    name = "armstrace.deactivations"
    area = declarations.Area(
        message("Deactivations"),
        "deactivations",
        needs=("deactivation.view",),
        place=24,
    )
    numbers = (
        declarations.Number(
            "U", "deactivation", "deactivation", message("Open deactivation %(number)s")
        ),
    )
    withheld = ("armstrace.deactivations.standing.withhold",)
    rules = {"DA": "Deactivations"}
    grants = (
        declarations.Grant(
            "deactivation.view",
            "see deactivations, with who did and who verified them (personal data)",
            every=(
                *HUB,
                Role.REGISTRAR,
                Role.LICENSING,
                Role.EXAMINER,
                Role.CUSTOMS,
                Role.INVESTIGATOR,
                Role.AUDITOR,
                Role.SYSTEM,
            ),
        ),
        declarations.Grant(
            "deactivation.record",
            "record that an arm was deactivated, here or abroad",
            every=(Role.SYSTEM,),
            own=(Role.REGISTRAR,),
        ),
        # Who records does not verify, and in the law of the Union neither does who
        # deactivated.
        declarations.Grant(
            "deactivation.verify",
            "verify deactivations and recognise those of other States",
            every=(Role.EXAMINER,),
        ),
        declarations.Grant(
            "deactivation.find",
            "record that a deactivated arm fires again",
            every=(Role.EXAMINER, Role.INVESTIGATOR, Role.ANALYST),
        ),
    )
