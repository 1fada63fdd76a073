"""What the app of custody says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class CustodyConfig(declarations.App):
    name = "armstrace.custody"
    area = declarations.Area(
        message("Custody"), "custody", needs=("exhibit.view",), place=15
    )
    numbers = (
        declarations.Number(
            "E", "exhibit", "exhibit", message("Open exhibit %(number)s")
        ),
        declarations.Number("N", "count", "count", message("Open count %(number)s")),
    )
    rules = {"EX": "Custody and counts"}
    kept = ("armstrace.custody.queries.kept.keeps",)
    grants = (
        declarations.Grant(
            "exhibit.view",
            "see exhibits and who holds them",
            every=(*HUB, Role.AUDITOR, Role.SYSTEM),
            own=(
                Role.OFFICER,
                Role.CUSTODIAN,
                Role.EXAMINER,
                Role.CUSTOMS,
                Role.INVESTIGATOR,
            ),
        ),
        declarations.Grant(
            "exhibit.keep",
            "receive, shelve, seal and correct exhibits, propose how they leave",
            own=(Role.CUSTODIAN,),
        ),
        declarations.Grant(
            "exhibit.offer",
            "offer an exhibit to somebody",
            own=(Role.OFFICER, Role.CUSTODIAN, Role.EXAMINER),
        ),
        declarations.Grant(
            "exhibit.accept",
            "accept or refuse an exhibit that is offered",
            own=(Role.CUSTODIAN, Role.EXAMINER),
        ),
        declarations.Grant(
            "exhibit.count", "open stores and count them", own=(Role.CUSTODIAN,)
        ),
        # Who proposes does not approve: the database holds it too.
        declarations.Grant(
            "exhibit.approve",
            "approve how an exhibit leaves custody",
            every=(Role.SUPERVISOR,),
        ),
    )
