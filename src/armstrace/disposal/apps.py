"""What the app of disposals says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class DisposalConfig(declarations.App):
    name = "armstrace.disposal"
    area = declarations.Area(
        message("Destruction"), "lots", needs=("disposal.view",), place=16
    )
    numbers = (declarations.Number("Y", "lot", "lot", message("Open lot %(number)s")),)
    rules = {"DX": "Disposal and destruction"}
    bars = ("armstrace.disposal.conditions.bars_to",)
    kept = ("armstrace.disposal.conditions.keeps",)
    grants = (
        declarations.Grant(
            "disposal.view",
            "see decisions before disposal, and lots of destruction",
            every=(*HUB, Role.AUDITOR, Role.SYSTEM),
            own=(Role.CUSTODIAN, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "disposal.decide",
            "record confiscation, claims and release before a disposal",
            every=(Role.SUPERVISOR,),
            own=(Role.CUSTODIAN, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "disposal.destroy",
            "put arms into lots and record their destruction",
            own=(Role.CUSTODIAN,),
        ),
    )
