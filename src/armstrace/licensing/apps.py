"""What the app of holders and licences says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class LicensingConfig(declarations.App):
    name = "armstrace.licensing"
    numbers = (
        declarations.Number("H", "holder", "holder", message("Open holder %(number)s")),
    )
    screened = ("armstrace.licensing.screening.screened",)
    rules = {"HO": "Holders and licences"}
    grants = (
        declarations.Grant(
            "holder.view",
            "see who holds an arm (personal data)",
            every=(*HUB, Role.REGISTRAR, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "holder.record", "record a holder", every=(Role.REGISTRAR, Role.SYSTEM)
        ),
    )
