"""What the app of the linked picture says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class IntelligenceConfig(declarations.App):
    name = "armstrace.intelligence"
    unledgered = {
        "namekey": "derived from names as written, made anew at will",
        "samenessproposal": "says which names are near, made anew at will",
    }
    area = declarations.Area(
        message("Linked picture"),
        "intelligence",
        needs=("intelligence.view",),
        place=50,
    )
    numbers = (
        declarations.Number(
            "P", "subject", "subject", message("Open subject %(number)s")
        ),
        declarations.Number("L", "link", "link", message("Open link %(number)s")),
    )
    rules = {"LP": "Linked picture"}
