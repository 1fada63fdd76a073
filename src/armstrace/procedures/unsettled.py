"""What of the standing procedure is still to do before an item leaves custody."""

from collections.abc import Iterator

from armstrace.procedures.models import Step
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import UNDONE


def open_steps(recovery_id: int) -> Iterator[Message]:
    """Say which steps of a recovery are neither done nor waived.

    Source:
        Background paper (2018), paras 66-72.
    """
    rows = Step.objects.current().filter(recovery_id=recovery_id, state__in=UNDONE)
    for step in rows.select_related("version").order_by("position", "pk"):
        yield message(
            "The step “%(step)s” of R%(number)s is open; do it, or have it waived.",
            step=step.version.procedure.by_code[step.code].words,
            number=recovery_id,
        )
