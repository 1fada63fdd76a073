"""What the app of traces says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class TracingConfig(declarations.App):
    name = "armstrace.tracing"
    area = declarations.Area(
        message("Traces"), "traces", needs=("trace.view",), place=30
    )
    unsettled = ("armstrace.tracing.queries.lists.without_decision",)
    rules = {"TD": "Traces and decisions"}
