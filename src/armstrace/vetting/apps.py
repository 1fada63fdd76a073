"""What the app of vetting and screening says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class VettingConfig(declarations.App):
    name = "armstrace.vetting"
    area = declarations.Area(
        message("Vetting"),
        "vettings",
        needs=("vetting.view", "screening.view", "refusal.view"),
        place=45,
    )
    numbers = (
        declarations.Number(
            "V", "vettingrequest", "vetting", message("Open vetting %(number)s")
        ),
        declarations.Number(
            "F", "refusal", "refusal", message("Open refusal %(number)s")
        ),
    )
    rules = {"VE": "Vetting, screening and refusals"}
    screened = ("armstrace.vetting.standing.subjects",)
