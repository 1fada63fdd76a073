"""The whole picture in words: communities, shared things, brokers, repeat sources."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from armstrace.analysis.networks import communities, sources
from armstrace.analysis.networks.graph import Node
from armstrace.intelligence.queries.surveys import MOST_MEMBERS, Kept
from armstrace.translation import translate, write_list
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.networks import NodeKind

type Ends = Mapping[str, Node]
type Row = Mapping[str, Any]


def tell(kept: Kept) -> dict[str, Any]:
    """Tell a survey; what the reader no longer sees is left out."""
    survey, ends = kept.survey or {}, kept.nodes or {}
    return {
        **survey,
        "communities": [
            _community(each, ends)
            for each in survey["communities"]
            if each["key"] in ends
        ],
        "groups": [_group(each, ends) for each in kept.groups],
        "between": _with_end(survey["measured"]["rows"], ends),
        "repeated": _with_end(
            [{**row, **row["held"]} for row in survey["repeated"]], ends
        ),
        "is_estimate": survey["measured"]["starts"] < survey["measured"]["nodes"],
        "not_guilt": translate(communities.NOT_GUILT),
        "no_sample": translate(sources.NO_SAMPLE),
    }


def _community(part: Row, ends: Ends) -> Row:
    kinds = [
        gettext("%(count)s × %(kind)s")
        % {"count": count, "kind": gettext(NodeKind(kind).label)}
        for kind, count in part["kinds"]
    ]
    return {
        **part,
        "kinds": write_list(kinds),
        "named": [ends[key] for key in part["named"] if key in ends],
        "sources": [(ends[key], n) for key, n in part["sources"] if key in ends],
    }


def _group(group: Row, ends: Ends) -> Row:
    shown = [key for key in group["keys"][:MOST_MEMBERS] if key in ends]
    return {
        "ends": [ends[key] for key in shown],
        "around": " ".join(shown),
        "count": len(group["keys"]),
        "why": [translate(Message.read(why)) for why in group["why"]],
    }


def _with_end(rows: Iterable[Row], ends: Ends) -> list[Row]:
    return [{**row, "end": ends[row["key"]]} for row in rows if row["key"] in ends]
