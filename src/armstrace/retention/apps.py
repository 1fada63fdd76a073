"""What the app of retention says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.messages import message


class RetentionConfig(declarations.App):
    name = "armstrace.retention"
    area = declarations.Area(
        message("Retention"), "retention", needs=("retention.view",), place=66
    )
    numbers = (
        declarations.Number(
            "Z", "erasure", "erasure", message("Open erasure %(number)s")
        ),
    )
    rules = {"ER": "Retention, legal holds and erasure"}
    grants = (
        declarations.Grant(
            "retention.view",
            "see how long records are kept, and what holds them",
            every=(Role.REGISTRAR, Role.SUPERVISOR, Role.AUDITOR, Role.SYSTEM),
        ),
        declarations.Grant(
            "retention.hold",
            "place and lift a legal hold",
            every=(Role.REGISTRAR, Role.SUPERVISOR),
        ),
        declarations.Grant(
            "retention.propose",
            "propose that records whose time is over are erased",
            every=(Role.REGISTRAR, Role.SUPERVISOR),
        ),
        declarations.Grant(
            "retention.decide",
            "decide on an erasure that another person proposed",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant(
            "retention.repeat",
            "carry out again, after a restore, what was erased since the backup",
            every=(Role.SYSTEM,),
        ),
    )
