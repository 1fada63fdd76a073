"""Let parts of the linked picture leave it as files."""

from collections.abc import Iterable
from datetime import datetime

from armstrace.analysis.networks.graph import Edge, Node, held_back
from armstrace.audit import ledger
from armstrace.intelligence import rules
from armstrace.intelligence.models import Link, Subject
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ledger import Operation


def pass_on(
    *, parts: Iterable[Node | Edge], reason: str, by: Actor, at: datetime
) -> None:
    """Let subjects and links leave; of what is held back, with a reason alone.

    Args:
        reason: Its words are kept beside the entry that names what was held back.

    Raises:
        RuleBroken: ``LP-15``, there is no reason.

    Source:
        Council document 6261/18, handling codes; Directive (EU) 2016/680, art. 25.
    """
    by.require("intelligence.view")
    held = held_back(parts)
    if not held:
        return
    lengths.require_reason(rules.PASSED_ON_FOR_A_REASON, reason)
    with ledger.entry("picture.exported", by=by, at=at, op=Operation.CONSULT) as entry:
        subjects = {int(each.key[1:]) for each in held if isinstance(each, Node)}
        links = {e.number[1:] for e in held if isinstance(e, Edge) and e.number}
        entry.about_keys(Subject, sorted(subjects))
        entry.about_keys(Link, sorted(map(int, links)))
        entry.justify(reason)
