"""Looking at the whole picture, without anybody waiting for it."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from armstrace.analysis.networks import sharing, surveying
from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.intelligence import queries, rules
from armstrace.intelligence.queries import surveys
from armstrace.jobs import running
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.actors import Actor


def begin(*, by: Actor, at: datetime) -> Job:
    """Make the job that looks at all that a person may see."""
    by.require("intelligence.view")
    return running.begin(surveys.KIND, expected=0, by=by, at=at)


def survey(job: Job, by: Actor, at: datetime, context: JobContext) -> None:
    """Keep what there is to say of all that a person sees, in place of the last."""
    overtaken = rules.SURVEYED_ONCE.broken((False,))
    run = running.claim(job.pk, context, at=at, overtaken=overtaken)
    state = surveys.state_of_records()
    graph = queries.whole_picture(by)
    groups = sharing.find_groups(surveys.facts(by))
    kept = [
        {"keys": each.keys, "why": [why.to_json() for why in each.why]}
        for each in groups[: surveying.MOST_SHOWN]
    ]
    found = {
        "state": state,
        "surveys": {
            each.value: asdict(surveying.survey(graph, each)) for each in RestsOn
        },
        "groups": kept,
        "groups_left": len(groups) - len(kept),
    }
    # A reader finds the survey before or this one, never none.
    with transaction.atomic():
        earlier = Job.objects.filter(kind=job.kind, actor=job.actor, pk__lt=job.pk)
        earlier.delete()
        run.end(done=1, cursor=1, result=found)
