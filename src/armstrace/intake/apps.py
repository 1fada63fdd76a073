"""What the app of files that are loaded says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class IntakeConfig(declarations.App):
    name = "armstrace.intake"
    area = declarations.Area(
        message("Intake"), "intake", needs=("intake.view",), place=60, set_apart=True
    )
    rules = {"IN": "Intake"}
