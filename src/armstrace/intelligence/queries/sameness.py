"""Which subjects may be one and the same: proposals, and the score of a pair."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from armstrace.accounts import queries as accounts
from armstrace.audit import consultations, disclosures
from armstrace.intelligence import name_keys
from armstrace.intelligence.models import (
    SamenessJudgement,
    SamenessProposal,
    Subject,
    SubjectRecord,
)
from armstrace.intelligence.name_keys import Near
from armstrace.licensing.models import HolderRecord
from armstrace.records.lookups import among
from armstrace.recoveries import queries as recoveries
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.networks import HandlingCode, NodeKind

# Most proposals that are looked through at once.
MOST, MOST_SHOWN = 200, 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two subjects that may be one, and nobody has judged yet."""

    one: SubjectRecord
    other: SubjectRecord
    score: float


def candidates(subject_id: int, *, viewer: Actor) -> list[Near]:
    """Give the subjects whose names are nearest, the nearest first."""
    visible = SubjectRecord.objects.current().visible_to(viewer)
    record = visible.select_related("subject").filter(subject_id=subject_id).first()
    if record is None:
        raise NotFound(Subject.scope.missing(subject_id))
    near = [each for each in name_keys.nearest(record) if each.score.is_near]
    seen = visible.filter(among("subject_id", [n.record.subject_id for n in near]))
    ids = set(seen.values_list("subject_id", flat=True))
    judged = _judgement_partners(f"P{subject_id}", viewer)
    kept = [
        each
        for each in near
        if each.record.subject_id in ids and str(each.record.subject) not in judged
    ][:MOST_SHOWN]
    consultations.show_all(Subject, [each.record.subject_id for each in kept])
    return kept


def other_units(subject_id: int, *, viewer: Actor) -> list[tuple[str, str]]:
    """Name the other units that wrote the same, and their telephones: never what.

    Each learns of the other on its own page; what is bound by H3 is told of to nobody.

    Source:
        Background paper (Vienna, 2018), ¶65; event de-confliction between units.
    """
    if not viewer.may("intelligence.record"):
        return []
    rows = SubjectRecord.objects.current().visible_to(viewer)
    record = rows.select_related("subject").get(subject_id=subject_id)
    same = (near.record for near in name_keys.nearest(record) if near.score.score == 1)
    codes = {each.agency for each in same if each.handling != HandlingCode.H3}
    codes -= {viewer.agency, record.agency}
    known = accounts.agency_contacts(codes, viewer=viewer)
    return [known.get(code, (code, "")) for code in sorted(codes)]


def proposals(*, viewer: Actor) -> list[Proposal]:
    """Give the pairs of subjects that wait for a judgement, the nearest first."""
    viewer.require("intelligence.judge")
    own = Subject.objects.visible_to(viewer).filter(is_withdrawn=False)
    keys = own.values("pk")
    rows = SamenessProposal.objects.filter(first_id__in=keys, second_id__in=keys)
    # The judged are few beside the proposed, and left out one by one.
    found = list(rows.order_by("-score", "first_id", "second_id")[: 2 * MOST])
    keys_asked = {_written(key) for each in found for key in _ids(each)}
    judged = SamenessJudgement.objects.current().visible_to(viewer)
    said = judged.filter(among("first", keys_asked), among("second", keys_asked))
    said = said.exclude(judgement=Sameness.WITHDRAWN)
    done = set(map(frozenset, said.values_list("first", "second")))
    left = [each for each in found if frozenset(map(_written, _ids(each))) not in done][
        :MOST
    ]
    ids = {key for each in left for key in _ids(each)}
    records = SubjectRecord.objects.current().visible_to(viewer)
    named = {
        row.subject_id: row
        for row in records.filter(among("subject_id", ids)).select_related("subject")
    }
    consultations.show_all(Subject, named)
    return [
        Proposal(named[each.first_id], named[each.second_id], each.score)
        for each in left
    ]


def contradictions(key: str, *, viewer: Actor) -> list[Message]:
    """Say which judgements on a record cannot all hold, in a sentence each.

    They cannot where two records are judged different and a chain of records that are
    judged the same leads from the one to the other.
    """
    rows = SamenessJudgement.objects.current().visible_to(viewer)
    same = rows.filter(judgement=Sameness.SAME)
    chains = {key: [key]}
    while beside := _one_further(chains, same):
        chains |= beside
    different = rows.filter(judgement=Sameness.DIFFERENT)
    pairs = different.filter(among("first", chains), among("second", chains))
    return [
        message(
            "%(first)s and %(second)s are judged different, and other judgements make "
            "them one: %(records)s. Take back the judgement that does not hold.",
            first=first,
            second=second,
            records=" = ".join(_between(chains[first], chains[second])),
        )
        for first, second in sorted(set(pairs.values_list("first", "second")))
    ]


def _one_further(
    chains: dict[str, list[str]], same: QuerySet[SamenessJudgement]
) -> dict[str, list[str]]:
    """Give the records that are judged the same as those known, each with its chain."""
    if len(chains) > MOST:
        return {}
    rows = same.filter(among("first", chains) | among("second", chains))
    pairs = [*rows.order_by("first", "second").values_list("first", "second")]
    both = [*pairs, *(pair[::-1] for pair in pairs)]
    return {
        other: [*chains[one], other]
        for one, other in both
        if one in chains and other not in chains
    }


def _between(one: list[str], other: list[str]) -> list[str]:
    """Join two chains from one record, without what they have in common."""
    shared = sum(a == b for a, b in zip(one, other, strict=False))
    return [*reversed(one[shared:]), one[shared - 1], *other[shared:]]


def compare_pair(
    first: str, second: str, *, viewer: Actor, at: datetime, reason: str = ""
) -> Near | None:
    """Set the names of two records beside each other; None where none can be read.

    Args:
        second: Number of another subject, a holder or a recovery.
        viewer: Who asks; reading a holder's name, or from whom an arm was taken, is
            written down.
    """
    one, other = sorted((first, second), key=lambda key: key[:1] != "P")
    if not viewer.may("intelligence.view") or not one[1:].isdecimal():
        return None
    visible = SubjectRecord.objects.current().visible_to(viewer)
    rows = visible.select_related("subject")
    record = rows.filter(subject_id=int(one[1:])).first() if one[:1] == "P" else None
    names = _names(other, viewer, at, reason)
    if record is None or not names:
        return None
    return name_keys.compare_named(NodeKind(record.subject.kind), record, names)


def _ids(proposal: SamenessProposal) -> tuple[int, int]:
    return proposal.first_id, proposal.second_id


def _written(subject_id: int) -> str:
    return f"P{subject_id}"


def _names(key: str, viewer: Actor, at: datetime, reason: str) -> list[str]:
    """Give the names of a record; one that may not be read is not compared."""
    if key[:1] not in {"P", "R", "H"} or not key[1:].isdecimal():
        return []
    number = int(key[1:])
    if key[0] == "P":
        rows = SubjectRecord.objects.current().visible_to(viewer)
        found = rows.filter(subject_id=number).first()
        return name_keys.spellings(found) if found else []
    read = _taken_from if key[0] == "R" else _holder
    try:
        return read(number, viewer, at, reason)
    except (InvalidInput, NotFound, NotPermitted):
        return []


def _taken_from(number: int, viewer: Actor, at: datetime, reason: str) -> list[str]:
    name = recoveries.taken_from(number, viewer=viewer, at=at, reason=reason)
    return [name] if name else []


def _holder(number: int, viewer: Actor, at: datetime, reason: str) -> list[str]:
    found = disclosures.disclose(
        viewer=viewer,
        at=at,
        act="holder.viewed",
        records=HolderRecord.objects.current().filter(holder_id=number),
        reason=reason,
        grants=("holder.view",),
    )
    return [each.name for each in found]


def _judgement_partners(key: str, viewer: Actor) -> set[str]:
    """Give the records on which somebody has said a word that stands."""
    rows = SamenessJudgement.objects.current().visible_to(viewer)
    rows = rows.filter(Q(first=key) | Q(second=key))
    rows = rows.exclude(judgement=Sameness.WITHDRAWN)
    pairs = rows.values_list("first", "second")
    return {each for pair in pairs for each in pair} - {key}
