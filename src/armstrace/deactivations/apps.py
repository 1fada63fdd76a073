"""What the app of deactivations says of itself."""

from armstrace.audit import declarations
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
    outlived = ("armstrace.deactivations.standing.gone_since",)
    certified = ("armstrace.deactivations.standing.certificate_of",)
    rules = {"DA": "Deactivations"}
