"""What of the standing procedure is still to do before an item leaves custody."""

from collections.abc import Collection, Iterator

from django.db.models import OuterRef, QuerySet

from armstrace.procedures.models import Followed, Step
from armstrace.records.lookups import among
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.procedures import UNDONE


def open_steps(recovery_ids: Collection[int]) -> Iterator[tuple[int, Message]]:
    """Say which steps of recoveries are neither done nor waived.

    Source:
        Background paper (2018), paras 66-72.
    """
    open_now = Step.objects.current().filter(state__in=UNDONE)
    rows = open_now.filter(among("recovery_id", recovery_ids))
    for step in rows.select_related("version").order_by("position", "pk"):
        yield (
            step.recovery_id,
            message(
                "The step “%(step)s” of R%(number)s is open; do it, or have it waived.",
                step=step.version.procedure.by_code[step.code].words,
                number=step.recovery_id,
            ),
        )


def what_closes() -> QuerySet[Followed]:
    """Give what closes the recovery of an outer row: nothing of it waits."""
    return Followed.objects.filter(is_closed=True, recovery=OuterRef("recovery_id"))
