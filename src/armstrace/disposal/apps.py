"""What the app of disposals says of itself."""

from armstrace.audit import declarations
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
    certified = ("armstrace.disposal.conditions.certificate_of",)
