"""What happens to an arm at the desk without changing hands."""

from armstrace.registry import at_desk, ending_rules
from armstrace.registry.inputs import EventInput, Happening


def state(taken: at_desk.AtDesk, happening: Happening) -> EventInput:
    """Give the event of a happening that no rule of the desk stands against.

    Raises:
        RuleBroken: ``RG-25``, ``RG-47`` or ``RG-48``.
    """
    kind = happening.kind
    at_desk.require_not_kept(taken.arm.pk, kind)
    ending_rules.FOUND_FIRST.require((kind, taken.now.loss_is_open))
    ending_rules.PROVEN_END.require((kind, happening.document))
    return taken.state(kind, happening)
