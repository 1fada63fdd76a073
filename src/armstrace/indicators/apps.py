"""What the app of figures, returns and publications says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
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
    grants = (
        declarations.Grant(
            "indicator.view",
            "read figures and the records behind them",
            every=(*HUB, Role.STATISTICIAN, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "indicator.keep", "keep a figure", every=(Role.STATISTICIAN, Role.SYSTEM)
        ),
        declarations.Grant(
            "return.view",
            "read the annual return and the records behind it",
            every=(*HUB, Role.STATISTICIAN, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "return.fill",
            "enter figures of the annual return and explain differences",
            every=(Role.STATISTICIAN, Role.SYSTEM),
        ),
        declarations.Grant(
            "return.keep",
            "keep an annual return",
            every=(Role.STATISTICIAN, Role.SYSTEM),
        ),
        declarations.Grant(
            "release.load",
            "load a published release",
            every=(Role.STATISTICIAN, Role.SYSTEM),
        ),
        declarations.Grant(
            "publication.decide",
            "publish figures, or withdraw what was published",
            every=(Role.STATISTICIAN, Role.SUPERVISOR),
        ),
    )
