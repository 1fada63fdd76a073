"""The whole picture as it was last looked at, and what recoveries can share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from armstrace.analysis.networks.graph import Node
from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.analysis.networks.sharing import Facts
from armstrace.intelligence.models import Link, SubjectRecord
from armstrace.intelligence.queries import computed
from armstrace.intelligence.queries.nodes import Frontier, note_shown, visible_nodes
from armstrace.jobs.models import Job
from armstrace.jobs.queries import JobRow
from armstrace.records.lookups import among
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.networks import LinkKind

KIND = "intelligence.survey"
# So long a survey is kept although records changed, unless a person asks anew.
FRESH_FOR = timedelta(hours=1)
MOST_MEMBERS = 5
CHANGING = (RecoveryRecord, CandidateJudgement, LifeEvent, SubjectRecord)
THINGS_USED = (LinkKind.USES, LinkKind.LIVES_AT)


@dataclass(frozen=True, slots=True)
class Kept:
    """The last survey of somebody, or none."""

    job: JobRow | None = None
    as_of: datetime | None = None
    # ``analysis.networks.surveying.Survey`` as JSON keeps it.
    survey: Mapping[str, Any] | None = None
    # Recoveries that share rare things, as JSON keeps them.
    groups: tuple[Mapping[str, Any], ...] = ()
    groups_left: int = 0
    # The records that they name and the viewer still sees.
    nodes: Mapping[str, Node] | None = None
    is_changed: bool = False

    def is_due(self, at: datetime) -> bool:
        """Tell whether it is time to look again without being asked."""
        if self.job and self.job.is_going:
            return False
        is_old = self.as_of is None or at - self.as_of > FRESH_FOR
        return is_old and (self.as_of is None or self.is_changed)


def last_survey(rests_on: RestsOn, *, viewer: Actor) -> Kept:
    """Give the viewer's own last survey, with what they still see of it."""
    viewer.require("intelligence.view")
    mine = Job.objects.filter(
        kind=KIND,
        actor=viewer.name,
        agency=viewer.agency,
        role=viewer.role.value,
    ).order_by("-pk")
    last, done = mine.first(), mine.filter(state=JobState.DONE).first()
    job = JobRow.of(last) if last else None
    if done is None:
        return Kept(job)
    survey = done.result["surveys"][rests_on.value]
    groups = tuple(done.result["groups"])
    nodes = visible_nodes(set(_keys(survey, groups)), viewer=viewer)
    note_shown(nodes.values())
    return Kept(
        job,
        done.begun_at,
        survey,
        groups,
        done.result["groups_left"],
        nodes,
        done.result["state"] != state_of_records(),
    )


def _keys(
    survey: Mapping[str, Any], groups: tuple[Mapping[str, Any], ...]
) -> Iterator[str]:
    for part in survey["communities"]:
        yield from (part["key"], *part["named"])
        yield from (key for key, _ in part["sources"])
    yield from (row["key"] for row in survey["measured"]["rows"])
    yield from (row["held"]["key"] for row in survey["repeated"])
    for group in groups:
        yield from group["keys"][:MOST_MEMBERS]


def state_of_records() -> dict[str, int]:
    """Give how far each table from which links follow has grown."""
    last = {
        model.__name__: model.objects.aggregate(last=Max("pk"))["last"] or 0
        for model in CHANGING
    }
    # Links are numbered in no order.
    return last | {"Link": Link.objects.get_queryset().count()}


def facts(viewer: Actor) -> Iterator[Facts]:
    """Give what the recoveries that a viewer sees can have in common."""
    if not viewer.may("recovery.view"):
        return
    arms = _arms() if viewer.may("registry.view") else {}
    people = _people(viewer)
    rows = RecoveryRecord.objects.current().visible_to(viewer).order_by("recovery_id")
    columns = ("recovery_id", "recovered_on", "agency", "case_number", "place")
    for key, on, agency, case, place, make, serial in rows.values_list(
        *columns, "make", "serial_search"
    ).iterator():
        buyer, dealer, sold_on = arms.get(key, ("", "", None))
        yield Facts(
            f"R{key}",
            on,
            f"{agency} {case}" if case else "",
            place,
            make,
            serial,
            buyer,
            dealer,
            sold_on,
            tuple(sorted(people.get(f"R{key}", ()))),
        )


def _arms() -> dict[int, tuple[str, str, Any]]:
    """Give the last buyer, the seller and the day of the sale, by recovery."""
    same = CandidateJudgement.objects.same()
    found = dict(same.values_list("recovery_id", "arm_id"))
    sales = LifeEvent.objects.current().filter(
        among("arm_id", set(found.values())), kind=LifeEventKind.SOLD_TO_HOLDER
    )
    columns = ("arm_id", "holder_to_id", "holder_from_id", "happened_on")
    sold = {
        arm: (f"H{buyer}" if buyer else "", f"H{seller}" if seller else "", on)
        for arm, buyer, seller, on in sales.order_by("happened_on", "pk").values_list(
            *columns
        )
    }
    return {key: sold[arm] for key, arm in found.items() if arm in sold}


def _people(viewer: Actor) -> dict[str, set[str]]:
    """Give who is linked with each recovery, what they use, and who is called alike."""
    linked: dict[str, set[str]] = defaultdict(set)
    if not viewer.may("intelligence.view"):
        return linked
    rows = Link.objects.visible_to(viewer).filter(
        removed_at=None, start__startswith="P"
    )
    seen = rows.filter(end__startswith="R").values_list("start", "end")
    recovered: dict[str, set[str]] = defaultdict(set)
    for person, key in seen:
        recovered[person].add(key)
        linked[key].add(person)
    frontier = Frontier.of(recovered)
    used = rows.filter(among("start", recovered), kind__in=THINGS_USED)
    pairs = list(used.values_list("start", "end"))
    pairs += [
        (end, f"{edge.start} ≈ {edge.end}")
        for edge in computed.near_names(frontier, viewer)
        for end in (edge.start, edge.end)
    ]
    for person, thing in pairs:
        for key in recovered.get(person, ()):
            linked[key].add(thing)
    return linked
