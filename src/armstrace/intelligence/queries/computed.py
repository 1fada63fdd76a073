"""Links that people stated and that follow from records, each found by its ends.

Each function takes the records whose links are sought and gives links of which one
end at least is among them. Whether the other end may be seen is asked once for all
of them, when the picture is put together.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.db.models import Q

from armstrace.analysis.networks.graph import Edge
from armstrace.ballistics.models import Link as BallisticLink
from armstrace.intelligence.models import Link, SamenessJudgement, SamenessProposal
from armstrace.intelligence.queries.nodes import Frontier
from armstrace.records.lookups import among
from armstrace.recoveries.models import CandidateJudgement, PairJudgement, Resighting
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.tracing.models import TraceDecision
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.ballistics import LinkStanding
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.networks import LinkKind
from armstrace.vocabulary.tracing import Judgement, TraceOutcome, TraceStanding

# Most rows that one question to the database gives; the latest come first.
MOST_ROWS = 20_000
# Arms of which all that came with them are sought.
FEW = 50
SALES = (
    LifeEventKind.SOLD_TO_DEALER,
    LifeEventKind.SOLD_TO_HOLDER,
    LifeEventKind.TRANSFERRED,
)
JUDGED = message("Judged to be the same arm.")


def same_arm(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give recoveries and registered arms that people judged to be one arm."""
    del viewer
    rows = CandidateJudgement.objects.same()
    both = rows.filter(frontier.condition(("recovery_id", "R"), ("arm_id", "A")))
    for recovery, arm in both.values_list("recovery_id", "arm_id")[:MOST_ROWS]:
        yield _edge(f"R{recovery}", f"A{arm}", LinkKind.SAME_ARM, JUDGED)


def same_arm_again(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give recoveries that are judged, or seem, to be of one arm."""
    del viewer
    ends = (("recovery_id", "R"), ("earlier_id", "R"))
    pairs = PairJudgement.objects.current().filter(frontier.condition(*ends))
    told = {
        (one, other): judgement
        for one, other, judgement in pairs.values_list(
            "recovery_id", "earlier_id", "judgement"
        )[:MOST_ROWS]
    }
    for (one, other), judgement in told.items():
        if judgement == Judgement.SAME:
            yield _edge(f"R{one}", f"R{other}", LinkKind.SAME_ARM, JUDGED)
    seen = Resighting.objects.current().filter(frontier.condition(*ends))
    for row in seen.order_by("-pk")[:MOST_ROWS]:
        if told.get((row.recovery_id, row.earlier_id)) is None:
            ends_of = (f"R{row.recovery_id}", f"R{row.earlier_id}")
            yield _edge(*ends_of, LinkKind.MAYBE_SAME_ARM, row.why)


def trace_findings(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the arms to which people decided that recoveries are traced."""
    if not viewer.may("trace.view"):
        return
    rows = TraceDecision.objects.current().filter(arm__isnull=False)
    both = rows.filter(frontier.condition(("trace__recovery_id", "R"), ("arm_id", "A")))
    columns = ("trace__recovery_id", "arm_id", "standing", "outcome")
    for recovery, arm, standing, outcome in both.values_list(*columns)[:MOST_ROWS]:
        why = message(
            "Trace of R%(number)s: %(status)s.",
            number=str(recovery),
            status=TraceOutcome(outcome) if outcome else TraceStanding(standing),
        )
        yield _edge(f"R{recovery}", f"A{arm}", LinkKind.TRACED_TO, why)


def holders_and_sellers(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give who held an arm and who sold it; and of a holder, which arms passed."""
    del viewer
    events = LifeEvent.objects.current().exclude(holder_from=None, holder_to=None)
    by_end = [("arm_id", "A"), ("holder_to_id", "H"), ("holder_from_id", "H")]
    if frontier.is_whole:
        # Each arm tells of its holders; a dealer would tell of ten thousand arms.
        del by_end[1:]
    columns = ("arm_id", "holder_from_id", "holder_to_id", "kind", "happened_on")
    for column, letter in by_end:
        if not frontier[letter]:
            continue
        rows = events.filter(among(column, frontier[letter]))
        if column == "holder_from_id":
            rows = rows.filter(kind__in=[each.value for each in SALES])
        for row in rows.order_by("-pk").values_list(*columns)[:MOST_ROWS]:
            yield from _of_event(*row)


def _of_event(
    arm: int, giver: int | None, taker: int | None, kind: str, day: date | None
) -> Iterator[Edge]:
    why = _event(LifeEventKind(kind), day)
    if taker is not None:
        yield _edge(f"A{arm}", f"H{taker}", LinkKind.HELD_BY, why, day)
    if giver is not None and kind in SALES:
        yield _edge(f"A{arm}", f"H{giver}", LinkKind.BOUGHT_FROM, why, day)


def _event(kind: LifeEventKind, day: date | None) -> Message:
    if day is None:
        return message("In the register: %(event)s.", event=kind)
    return message("In the register: %(event)s, %(day)s.", event=kind, day=day)


def lost(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the losses and thefts in which arms went."""
    del viewer
    rows = LossReport.objects.current().filter(arm__isnull=False)
    both = rows.filter(frontier.condition(("arm_id", "A"), ("pk", "V")))
    columns = ("arm_id", "pk", "loss_kind", "happened_on")
    for arm, key, kind, day in both.values_list(*columns)[:MOST_ROWS]:
        why = _event(LifeEventKind(kind), day)
        yield _edge(f"A{arm}", f"V{key}", LinkKind.LOST_IN, why, day)


def same_consignment(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the arms that were imported by the same document.

    Of few arms, all that came with them; of many, only those among them, each with
    the next one, so that a large consignment is one row and not all pairs.
    """
    del viewer
    imports = LifeEvent.objects.current().filter(kind=LifeEventKind.IMPORTED)
    imports = imports.exclude(document="")
    own: dict[str, list[int]] = defaultdict(list)
    mine = imports.filter(among("arm_id", frontier["A"])).order_by("arm_id")
    for arm, document in mine.values_list("arm_id", "document"):
        own[document].append(arm)
    if len(frontier["A"]) > FEW:
        yield from _among_them(own)
        return
    rows = mine if frontier.is_whole else imports.filter(among("document", own))
    rows = rows.order_by("-pk")
    for arm, document in rows.values_list("arm_id", "document")[:MOST_ROWS]:
        for known in own[document]:
            if known != arm:
                yield _came_together(known, arm, document)


def _among_them(arms_by_document: dict[str, list[int]]) -> Iterator[Edge]:
    for document, arms in arms_by_document.items():
        for one, other in pairwise(dict.fromkeys(arms)):
            yield _came_together(one, other, document)


def _came_together(one: int, other: int, document: str) -> Edge:
    low, high = sorted((one, other))
    why = message("Imported by document %(document)s.", document=document)
    return _edge(f"A{low}", f"A{high}", LinkKind.SAME_CONSIGNMENT, why)


def ballistic_links(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give what examiners concluded to come from one arm; no proposal is a link."""
    if not viewer.may("ballistics.view"):
        return
    rows = BallisticLink.objects.current().visible_to(viewer)
    columns = ("first_recovery_id", "first_arm_id", "second_recovery_id")
    ends = [(f"{each}_recovery_id", "R") for each in ("first", "second")]
    ends += [(f"{each}_arm_id", "A") for each in ("first", "second")]
    both = rows.filter(frontier.condition(*ends), standing=LinkStanding.STANDS)
    why = message("Concluded by a firearms examiner and confirmed by a second one.")
    for one, arm, other, last in both.values_list(*columns, "second_arm_id")[
        :MOST_ROWS
    ]:
        start = f"R{one}" if one else f"A{arm}"
        end = f"R{other}" if other else f"A{last}"
        if start != end:
            yield _edge(start, end, LinkKind.FIRED_BY_SAME_ARM, why)


def _edge(
    start: str, end: str, kind: LinkKind, why: Message, day: date | None = None
) -> Edge:
    return Edge(start, end, kind, is_computed=True, why=why, day=day)


COLUMNS = (
    *("pk", "start", "end", "kind", "source", "from_on", "asserted_by"),
    *("source_grade", "information_grade", "handling"),
)


def assertions(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the standing asserted links of records."""
    if not viewer.may("intelligence.view"):
        return
    rows = Link.objects.visible_to(viewer).filter(removed_at=None)
    for end in ("start", "end"):  # each by its own index
        for row in rows.filter(among(end, frontier.keys)).values_list(*COLUMNS):
            yield _assertion(*row)


def _assertion(*row: object) -> Edge:
    key, start, end, kind, source, day, by, *graded = row
    return Edge(
        start=str(start),
        end=str(end),
        kind=LinkKind(str(kind)),
        is_computed=False,
        why=message("%(person)s, from: %(source)s", person=by, source=source),  # type: ignore[arg-type]
        number=f"L{key}",
        grade=f"{graded[0]}{graded[1]}",
        day=day,  # type: ignore[arg-type]
        handling=str(graded[2]),
    )


def judgements(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give what is judged to be the same as records."""
    if not viewer.may("intelligence.view"):
        return
    rows = SamenessJudgement.objects.current().visible_to(viewer)
    either = Q(among("first", frontier.keys)) | Q(among("second", frontier.keys))
    rows = rows.filter(either, judgement=Sameness.SAME)
    columns = ("first", "second", "judged_by", "reason", "handling")
    for first, second, by, reason, handling in rows.values_list(*columns):
        yield Edge(
            start=first,
            end=second,
            kind=LinkKind.SAME_PERSON,
            is_computed=False,
            why=message("Judged by %(person)s: %(reason)s", person=by, reason=reason),
            handling=handling,
        )


def near_names(frontier: Frontier, viewer: Actor) -> Iterator[Edge]:
    """Give the subjects whose names are near: a reason to look, never a finding."""
    if not viewer.may("intelligence.view"):
        return
    rows = SamenessProposal.objects.filter(
        frontier.condition(("first_id", "P"), ("second_id", "P"))
    )
    judged = SamenessJudgement.objects.current().exclude(judgement=Sameness.WITHDRAWN)
    judged = judged.filter(
        among("first", frontier.keys) | among("second", frontier.keys)
    )
    said = set(judged.values_list("first", "second"))
    for one, other, score in rows.values_list("first_id", "second_id", "score"):
        if not said.isdisjoint({(f"P{one}", f"P{other}"), (f"P{other}", f"P{one}")}):
            continue
        yield Edge(
            start=f"P{one}",
            end=f"P{other}",
            kind=LinkKind.NEAR_NAME,
            is_computed=True,
            why=message(
                "The names are similar: %(score)s of 100.", score=round(100 * score)
            ),
        )
