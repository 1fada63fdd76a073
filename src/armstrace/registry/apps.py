"""What the app of registered arms says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class RegistryConfig(declarations.App):
    name = "armstrace.registry"
    unledgered = {
        "keystorestate": "how the key store is made, derived like it",
        "populationsnapshot": "derived from arm records, recounted at will",
        "serialkey": "derived from arm records, rebuilt at will",
    }
    area = declarations.Area(
        message("Registry"), "registry", needs=("registry.view",), place=20
    )
    numbers = (declarations.Number("A", "arm", "arm", message("Open arm %(number)s")),)
    rules = {"MK": "Marks", "RG": "Acts on the register"}
    grants = (
        declarations.Grant(
            "registry.view",
            "search and read registered arms",
            every=(
                *HUB,
                Role.EXAMINER,
                Role.REGISTRAR,
                Role.LICENSING,
                Role.OFFICER,
                Role.CUSTODIAN,
                Role.CUSTOMS,
                Role.INVESTIGATOR,
                Role.STATISTICIAN,
                Role.AUDITOR,
                Role.SYSTEM,
            ),
        ),
        declarations.Grant(
            "registry.record",
            "record a registered arm",
            every=(Role.REGISTRAR, Role.SYSTEM),
        ),
        declarations.Grant(
            "registry.event",
            "record what happened to a registered arm",
            every=(Role.REGISTRAR, Role.SUPERVISOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "trade.view",
            "see the stock book of the own business",
            own=(Role.TRADE,),
        ),
        declarations.Grant(
            "trade.notify",
            "give notice of arms that came to the own business, or went",
            own=(Role.TRADE,),
        ),
    )
