"""What the app of standing procedures says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message

OWN = (Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS, Role.INVESTIGATOR)


class ProceduresConfig(declarations.App):
    name = "armstrace.procedures"
    area = declarations.Area(message("Steps"), "steps", needs=("step.view",), place=25)
    unsettled = ("armstrace.procedures.waiting.open_steps",)
    settled = ("armstrace.procedures.waiting.what_closes",)
    rules = {"PR": "Standing procedures"}
    grants = (
        declarations.Grant(
            "step.view",
            "see what the standing procedure asks of a recovery",
            every=(*HUB, Role.EXAMINER, Role.AUDITOR, Role.SYSTEM),
            own=OWN,
        ),
        declarations.Grant(
            "step.do",
            "say that a step is done, ask that one be waived",
            every=(*HUB, Role.EXAMINER),
            own=OWN,
        ),
        # Never who asked for it, nor who is to do the step.
        declarations.Grant(
            "step.waive",
            "let a step go undone, on a ground and with a reason",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant(
            "recovery.close",
            "close a recovery whose steps are done or waived, and open it again",
            every=HUB,
            own=(Role.OFFICER, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "procedure.view",
            "read standing procedures",
            every=(*HUB, Role.EXAMINER, Role.AUDITOR, Role.SYSTEM, *OWN),
        ),
        declarations.Grant(
            "procedure.keep",
            "write standing procedures, try them and put them into use",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant(
            "procedure.supervise",
            "see lead times, waivers and the share with a parallel case, by agency",
            every=(*HUB, Role.SYSTEM),
        ),
    )
