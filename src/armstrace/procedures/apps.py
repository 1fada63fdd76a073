"""What the app of standing procedures says of itself."""

from armstrace.audit import declarations
from armstrace.vocabulary.messages import message


class ProceduresConfig(declarations.App):
    name = "armstrace.procedures"
    area = declarations.Area(message("Steps"), "steps", needs=("step.view",), place=25)
    unsettled = ("armstrace.procedures.waiting.open_steps",)
    settled = ("armstrace.procedures.waiting.what_closes",)
    rules = {"PR": "Standing procedures"}
