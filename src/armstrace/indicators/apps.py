"""What the app of figures, returns and publications says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class IndicatorsConfig(declarations.App):
    name = "armstrace.indicators"
    area = declarations.Area(
        message("Figures"), "figures", needs=("indicator.view",), place=50
    )
    rules = {
        "FG": "Kept figures",
        "RT": "The annual return: definitions of its tables, and what is refused",
    }
