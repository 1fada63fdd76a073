"""What the app of files that are loaded says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class IntakeConfig(declarations.App):
    name = "armstrace.intake"
    area = declarations.Area(
        message("Intake"), "intake", needs=("intake.view",), place=60, set_apart=True
    )
    rules = {"IN": "Intake"}
    grants = (
        declarations.Grant(
            "intake.view",
            "read what was loaded, held and skipped",
            every=(*HUB, Role.REGISTRAR, Role.STATISTICIAN, Role.AUDITOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTOMS, Role.TRADE),
        ),
        declarations.Grant(
            "intake.load",
            "load a file",
            every=(*HUB, Role.REGISTRAR, Role.SYSTEM),
            own=(Role.CUSTOMS, Role.TRADE),
        ),
        declarations.Grant(
            "intake.mend",
            "mend a held row",
            every=(*HUB, Role.REGISTRAR, Role.SYSTEM),
            own=(Role.CUSTOMS,),
        ),
    )
