"""Work on the register that goes on without anybody waiting for it."""

from datetime import datetime

from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.registry import rekeying, rules
from armstrace.registry.rekeying import Standing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.jobs import UNFINISHED

KIND = "registry.rekey"


def begin_rekeying(*, anew: bool = False, by: Actor, at: datetime) -> Job | None:
    """Give the job that makes the keys anew; None where nothing changed.

    Args:
        anew: Whether the keys are made although nothing changed.

    Raises:
        InvalidInput: The look-alikes changed and their version did not.
    """
    if not rekeying.begin(anew=anew):
        return None
    going = Job.objects.filter(kind=KIND, state__in=UNFINISHED).order_by("-pk").first()
    return going or running.begin(KIND, expected=0, by=by, at=at)


def rekey(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Make the key store anew from where it stands; see ``rekeying``.

    A step locks the state of the store, so two processes may take turns at it and
    leave the same keys; the one that is overtaken ends after its step.
    """
    del by  # the keys are derived, and the ledger has no entry of this
    overtaken = rules.KEYED_ONCE.broken((False,))
    run = running.claim(job.pk, context, at=at, overtaken=overtaken)

    def tell(now: Standing) -> None:
        whole = 2 * now.last
        run.advance(cursor=now.through, done=round(now.share * whole), expected=whole)
        run.tell()

    rekeying.run(tell)
    run.end()
