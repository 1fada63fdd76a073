"""Subjects and links as their pages show them."""

from armstrace.intelligence import queries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.networks import NodeKind
from armstrace.web.marks import readings

ACTING = (NodeKind.PERSON, NodeKind.GROUP, NodeKind.ORGANISATION)
KNOWN = (
    *("name", "other_names", "born", "document", "place", "category", "basis"),
    *("notes", "source", "source_grade", "information_grade", "handling"),
    *("restriction", "review_on"),
)


def links_of(found: queries.RecordLinks, *, viewer: Actor) -> dict[str, object]:
    """Give what a page shows of the links of a record."""
    kind = found.node.kind
    return {
        "links": found,
        "record": found.node,
        "contradictions": queries.contradictions(found.node.key, viewer=viewer),
        "may_link": viewer.may("intelligence.record"),
        "may_judge": viewer.may("intelligence.judge"),
        "may_ask_origins": kind in ACTING,
        "may_ask_passed": kind in ACTING or kind is NodeKind.HOLDER,
    }


def history(page: queries.SubjectPage) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about a subject, the newest first."""
    versions = (
        (each.known_at, each.told_by, each.reason, _known(each))
        for each in page.versions
    )
    return readings.history(list(versions))


def as_typed(page: queries.SubjectPage) -> dict[str, object]:
    """Give what is known of a subject as the form of a correction shows it."""
    return _known(page.record) | {"version": page.record.pk}


def _known(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in KNOWN}
