"""Subjects and links as their pages show them."""

from dataclasses import dataclass

from armstrace.analysis.networks.graph import Node
from armstrace.intelligence import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.networks import NodeKind
from armstrace.web import record_numbers
from armstrace.web.marks import readings

ACTING = (NodeKind.PERSON, NodeKind.GROUP, NodeKind.ORGANISATION)
KNOWN = (
    *("name", "other_names", "born", "document", "place", "category", "basis"),
    *("notes", "source", "source_grade", "information_grade", "handling"),
    *("restriction", "review_on"),
)


@dataclass(frozen=True, slots=True)
class End:
    """A record at the end of a link, and its page; "" where it has none."""

    key: str
    kind: str
    label: str
    address: str


def end(node: Node) -> End:
    """Give the record at the end of a link as a list shows it."""
    page = record_numbers.address_of(node.key)
    return End(node.key, node.kind.label, node.label, page)


def links_of(found: queries.RecordLinks, *, viewer: Actor) -> dict[str, object]:
    """Give what a page shows of the links of a record."""
    may_record = viewer.may("intelligence.record")
    return {
        "asserted": [_row(row) for row in found.asserted],
        "removed": [_row(row) for row in found.removed],
        "judgements": [
            {"judgement": row.judgement, "other": end(row.other)}
            for row in found.judgements
        ],
        "computed": [
            {"edge": row.edge, "other": end(row.other)} for row in found.computed
        ],
        "left_out": found.left_out,
        "record": end(found.node),
        "may_link": may_record,
        "may_judge": viewer.may("intelligence.judge"),
        "may_ask_origins": found.node.kind in ACTING,
        "may_ask_passed": found.node.kind in {*ACTING, NodeKind.HOLDER},
    }


def _row(row: queries.LinkRow) -> dict[str, object]:
    return {
        "link": row.link,
        "other": end(row.other),
        "is_outgoing": row.is_outgoing,
    }


def history(page: queries.SubjectPage) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about a subject, the newest first."""
    return readings.history(
        [
            (
                each.known_at,
                each.told_by,
                each.reason,
                {name: getattr(each, name) for name in KNOWN},
            )
            for each in page.versions
        ]
    )


def as_typed(page: queries.SubjectPage) -> dict[str, object]:
    """Give what is known of a subject as the form of a correction shows it."""
    record = page.record
    return {name: getattr(record, name) for name in KNOWN} | {"version": record.pk}
