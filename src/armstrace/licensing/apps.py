"""What the app of holders and licences says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class LicensingConfig(declarations.App):
    name = "armstrace.licensing"
    area = declarations.Area(
        message("Licences"), "licences", needs=("licence.view",), place=22
    )
    numbers = (
        declarations.Number(
            "Q", "application", "application", message("Open application %(number)s")
        ),
        declarations.Number("H", "holder", "holder", message("Open holder %(number)s")),
    )
    screened = ("armstrace.licensing.screening.subjects",)
    rules = {"HO": "Holders and licences", "LI": "Applications for licences"}
    grants = (
        declarations.Grant(
            "holder.view",
            "see who holds an arm (personal data)",
            every=(*HUB, Role.REGISTRAR, Role.LICENSING, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "holder.record",
            "record a holder",
            every=(Role.REGISTRAR, Role.LICENSING, Role.SYSTEM),
        ),
        declarations.Grant(
            "licence.view",
            "see applications for licences",
            every=(Role.LICENSING, Role.AUDITOR, Role.SYSTEM),
            own=(Role.REGISTRAR, Role.TRADE),
        ),
        declarations.Grant(
            "licence.apply",
            "apply for a licence and answer questions",
            every=(Role.LICENSING, Role.SYSTEM),
            own=(Role.REGISTRAR, Role.TRADE),
        ),
        declarations.Grant(
            "licence.assess",
            "check applications, ask, hear departments, propose, issue",
            every=(Role.LICENSING,),
        ),
        declarations.Grant(
            "licence.decide",
            "decide on applications that others assessed; suspend and revoke",
            every=(Role.LICENSING,),
        ),
    )
