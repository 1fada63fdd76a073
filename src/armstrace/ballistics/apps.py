"""What the app of marks and what examiners made of them says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class BallisticsConfig(declarations.App):
    name = "armstrace.ballistics"
    unledgered = {
        "preparedmark": "derived from scans and regions, prepared at will",
    }
    area = declarations.Area(
        message("Ballistics"), "ballistics", needs=("ballistics.view",), place=40
    )
    numbers = (
        declarations.Number(
            "B", "ballisticmark", "ballistic-mark", message("Open mark %(number)s")
        ),
        declarations.Number(
            "K", "comparison", "comparison", message("Open comparison %(number)s")
        ),
        declarations.Number(
            "S", "searchrun", "mark-search-run", message("Open search %(number)s")
        ),
    )
    rules = {"BL": "Ballistic marks, comparisons and conclusions"}
    grants = (
        declarations.Grant(
            "ballistics.view",
            "read ballistic marks, comparisons and links",
            every=(*HUB, Role.EXAMINER, Role.AUDITOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "ballistics.enrol",
            "enrol scans and set their regions",
            every=(Role.EXAMINER, Role.SYSTEM),
        ),
        declarations.Grant(
            "ballistics.compare",
            "compare and search marks",
            every=(*HUB, Role.EXAMINER, Role.SYSTEM),
        ),
        declarations.Grant(
            "ballistics.reference",
            "load reference sets",
            every=(Role.EXAMINER, Role.SYSTEM),
        ),
        # Only examiners conclude: a score selects.
        declarations.Grant(
            "ballistics.conclude", "conclude about two marks", every=(Role.EXAMINER,)
        ),
        declarations.Grant(
            "ballistics.unlink", "remove a link", every=(Role.EXAMINER, Role.SUPERVISOR)
        ),
        declarations.Grant(
            "ballistics.share",
            "decide whether a mark is shared abroad",
            every=(Role.EXAMINER, Role.SUPERVISOR),
        ),
    )
