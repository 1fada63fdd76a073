"""What links one record: asserted, removed, judged and computed, each apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q

from armstrace.analysis.networks.graph import Edge, Node
from armstrace.audit import consultations
from armstrace.intelligence.models import (
    Link,
    SamenessJudgement,
    Subject,
    SubjectRecord,
    no_such_link,
)
from armstrace.intelligence.queries.nodes import (
    no_such_record,
    note_shown,
    visible_nodes,
)
from armstrace.intelligence.queries.picture import neighbourhood
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.paging import Page, PageRequest

MOST_COMPUTED = 200
MOST_TOLD = 1_000
MOST_DUE = 500


@dataclass(frozen=True, slots=True)
class LinkRow[L: Link | SamenessJudgement | Edge]:
    """What links two records, as the record at one of its ends shows it."""

    link: L
    other: Node
    # Whether it goes from the record whose links are listed.
    is_outgoing: bool


@dataclass(frozen=True, slots=True)
class RecordLinks:
    node: Node
    # By people, standing, the latest first.
    asserted: tuple[LinkRow[Link], ...]
    # By people, removed since.
    removed: tuple[LinkRow[Link], ...]
    # Of sameness, the latest first, with those that are superseded.
    judgements: tuple[LinkRow[SamenessJudgement], ...]
    computed: tuple[LinkRow[Edge], ...]
    # How many further records are linked by computed links.
    left_out: int


def record_links(key: str, *, viewer: Actor) -> RecordLinks:
    """Give what links a record, as far as the viewer may see the other ends."""
    graph = neighbourhood([key], viewer=viewer, most=MOST_COMPUTED)
    nodes = {node.key: node for node in graph.nodes}
    asserted = Link.objects.visible_to(viewer).filter(Q(start=key) | Q(end=key))
    links = sorted(asserted[:MOST_TOLD], key=attrgetter("known_at"), reverse=True)
    judged = SamenessJudgement.objects.visible_to(viewer)
    said = list(judged.filter(Q(first=key) | Q(second=key)).order_by("-pk")[:MOST_TOLD])
    ends = {end for each in links for end in (each.start, each.end)}
    ends |= {end for each in said for end in (each.first, each.second)}
    unseen = {key, *ends} - nodes.keys()
    nodes |= visible_nodes(unseen, viewer=viewer, with_withdrawn=True)
    if key not in nodes:
        raise no_such_record(key)
    note_shown(nodes[each] for each in unseen & nodes.keys())
    consultations.show_all(Link, [each.pk for each in links])

    def rows_of[L: Link | SamenessJudgement | Edge](
        link: L, start: str, end: str
    ) -> Iterator[LinkRow[L]]:
        other = end if start == key else start
        if other in nodes:
            yield LinkRow(link, nodes[other], start == key)

    rows = [row for each in links for row in rows_of(each, each.start, each.end)]
    return RecordLinks(
        node=nodes[key],
        asserted=tuple(row for row in rows if row.link.removed_at is None),
        removed=tuple(row for row in rows if row.link.removed_at is not None),
        judgements=tuple(
            row for each in said for row in rows_of(each, each.first, each.second)
        ),
        computed=tuple(
            row
            for edge in graph.edges
            if edge.is_computed and key in {edge.start, edge.end}
            for row in rows_of(edge, edge.start, edge.end)
        ),
        left_out=graph.left_out.get(key, 0),
    )


def link(link_id: int, *, viewer: Actor) -> tuple[Link, dict[str, Node]]:
    """Give one asserted link, standing or removed, and its two ends.

    Raises:
        NotFound: There is none, or it or an end of it is not for these eyes.
    """
    found, nodes = visible_link(link_id, viewer=viewer)
    note_shown(nodes.values())
    consultations.show_opened(Link, found.pk)
    return found, nodes


def visible_link(link_id: int, *, viewer: Actor) -> tuple[Link, dict[str, Node]]:
    """Find one asserted link and its two ends, for an act on it: it shows nothing.

    Raises:
        NotFound: There is none, or it or an end of it is not for these eyes.
    """
    found = Link.objects.get_visible(link_id, viewer)
    ends = {found.start, found.end}
    nodes = visible_nodes(ends, viewer=viewer, with_withdrawn=True)
    if ends - nodes.keys():
        raise NotFound(no_such_link(link_id))
    return found, nodes


def links_to_review(*, viewer: Actor, today: date) -> list[Link]:
    """Give the links to be looked at again by who may remove them, longest due first.

    Raises:
        NotPermitted: The viewer may remove none.
    """
    agencies = viewer.agencies("intelligence.record")
    rows = Link.objects.visible_to(viewer).of(agencies)
    due = rows.filter(removed_at=None, review_on__lte=today)
    found = list(due.order_by("review_on", "pk")[:MOST_DUE])
    ends = {end for row in found for end in (row.start, row.end)}
    seen = visible_nodes(ends, viewer=viewer, with_withdrawn=True)
    shown = [row for row in found if {row.start, row.end} <= seen.keys()]
    consultations.show_all(Link, [row.pk for row in shown])
    return shown


def subjects_to_review(
    *, viewer: Actor, today: date, page: PageRequest
) -> Page[SubjectRecord]:
    """Give the subjects to be looked at again by who may withdraw them.

    Raises:
        NotPermitted: The viewer may withdraw none.
    """
    agencies = viewer.agencies("intelligence.record")
    rows = SubjectRecord.objects.current().visible_to(viewer).of(agencies)
    due = rows.filter(is_withdrawn=False, review_on__lte=today)
    found = page_of(due.select_related("subject").order_by("review_on", "pk"), page)
    consultations.show_all(Subject, [row.subject_id for row in found.rows])
    return found
