"""What the app of the linked picture says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message

PROVIDERS = (Role.OFFICER, Role.CUSTOMS, Role.INVESTIGATOR)


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
    grants = (
        declarations.Grant(
            "intelligence.view",
            "read subjects and asserted links of handling code H0",
            every=(*HUB, Role.INVESTIGATOR, Role.PROSECUTOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTOMS),
        ),
        # H1 does not go into judicial proceedings: prosecutors do not see it.
        declarations.Grant(
            "intelligence_h1.view",
            "read subjects and asserted links of handling code H1",
            every=(*HUB, Role.INVESTIGATOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTOMS),
        ),
        # H2 is not passed on: it stays with its provider and the hub.
        declarations.Grant(
            "intelligence_h2.view",
            "read subjects and asserted links of handling code H2",
            every=(*HUB, Role.SYSTEM),
            own=PROVIDERS,
        ),
        declarations.Grant(
            "intelligence_h3.view",
            "read subjects and asserted links of handling code H3",
            every=(Role.SUPERVISOR, Role.SYSTEM),
            own=(Role.INVESTIGATOR,),
        ),
        declarations.Grant(
            "intelligence.record",
            "record and correct subjects, assert and remove links",
            every=(*HUB, Role.SYSTEM),
            own=PROVIDERS,
        ),
        # Only people judge: a score proposes.
        declarations.Grant(
            "intelligence.judge",
            "say whether two records mean the same",
            every=HUB,
            own=(Role.INVESTIGATOR,),
        ),
    )
