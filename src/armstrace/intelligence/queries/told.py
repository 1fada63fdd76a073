"""Links that people stated, judgements of sameness, and names that are near."""

from collections.abc import Iterator

from django.db.models import Q

from armstrace.analysis.networks.graph import Edge
from armstrace.intelligence.models import (
    Link,
    SamenessJudgement,
    SamenessProposal,
)
from armstrace.intelligence.queries.nodes import Frontier
from armstrace.records.lookups import among
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.networks import LinkKind

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
            yield _edge(*row)


def _edge(*row: object) -> Edge:
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
    rows = SamenessProposal.objects.filter(among("first_id", frontier["P"]))
    judged = SamenessJudgement.objects.current().exclude(judgement=Sameness.WITHDRAWN)
    judged = judged.filter(among("first", frontier.keys))
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
