"""What the app of traces says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.actors import HUB, Role
from armstrace.vocabulary.messages import message


class TracingConfig(declarations.App):
    name = "armstrace.tracing"
    area = declarations.Area(
        message("Traces"), "traces", needs=("trace.view",), place=30
    )
    unsettled = ("armstrace.tracing.queries.lists.without_decision",)
    rules = {"TD": "Traces and decisions"}
    grants = (
        declarations.Grant(
            "trace.view",
            "read traces",
            every=(*HUB, Role.EXAMINER, Role.STATISTICIAN, Role.AUDITOR, Role.SYSTEM),
            own=(Role.OFFICER, Role.CUSTODIAN, Role.CUSTOMS, Role.INVESTIGATOR),
        ),
        declarations.Grant(
            "trace.open",
            "open a trace",
            every=(*HUB, Role.SYSTEM),
            own=(Role.OFFICER, Role.INVESTIGATOR),
        ),
        declarations.Grant("trace.close", "close a trace", every=HUB),
        declarations.Grant(
            "trace.except",
            "decide not to trace, with a reason",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant("trace.confirm", "confirm a point of diversion", every=HUB),
        declarations.Grant(
            "trace.assign", "take, hand on and release recoveries to trace", every=HUB
        ),
        declarations.Grant(
            "trace.supervise",
            "see who has how much to trace, and who left what untraced",
            every=(Role.SUPERVISOR,),
        ),
        declarations.Grant(
            "trace.reassign",
            "hand on what another person has to trace",
            every=(Role.SUPERVISOR,),
        ),
    )
