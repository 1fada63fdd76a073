"""Find the open cases that touch what a case touches, and write down the asking.

What is found is kept as a row that both cases read, each in its own words, without
what the other one holds. Whether a side may read it is asked when it looks: a case
that is sealed now is told of to nobody but its own members.
"""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from armstrace.investigations.models import Case, CaseEntry, CaseRecovery, Overlap
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import CandidateJudgement
from armstrace.tracing.models import TraceDecision, TraceFinding
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import CaseState, OverlapKind
from armstrace.vocabulary.networks import NodeKind

type Found = tuple[OverlapKind, int, str, str]
"""What kind it is, the other case, and what it is in the one and in the other."""

# The last digits of a telephone number: its country is written in many ways.
PHONE_DIGITS = 9
FEWEST = 4


def key_of(kind: str, text: str) -> str:
    """Give what is compared of a subject as written; empty where nothing is.

    A name identifies nobody, so persons, groups and places have none.

    Args:
        kind: A code of ``NodeKind``.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    match kind:
        case NodeKind.PHONE:
            kept = "".join(filter(str.isdecimal, plain))[-PHONE_DIGITS:]
        case NodeKind.VEHICLE:
            kept = "".join(filter(str.isalnum, plain))
        case NodeKind.ACCOUNT:
            kept = "".join(plain.split()).lstrip("@")
        case _:
            return ""
    return f"{kind}:{kept}" if len(kept) >= FEWEST else ""


def ask_others(case: Case, by: Actor, at: datetime) -> list[Overlap]:
    """Ask the other open cases, sealed ones too; give what was not known before."""
    known = set(
        Overlap.objects.filter(case=case).values_list("kind", "other", "own", "theirs")
    )
    # What the other side found first is known to both already.
    known |= {
        (kind, other, own, theirs)
        for kind, other, own, theirs in Overlap.objects.filter(other=case).values_list(
            "kind", "case", "theirs", "own"
        )
    }
    new = [
        Overlap(
            case=case,
            other_id=other,
            kind=kind.value,
            own=own,
            theirs=theirs,
            asked_by=by.name,
            asked_agency=by.agency,
            known_at=at,
        )
        for kind, other, own, theirs in dict.fromkeys(_found(case))
        if (kind.value, other, own, theirs) not in known
    ]
    return Overlap.objects.bulk_create(new)


def _found(case: Case) -> Iterator[Found]:
    others = Case.objects.filter(state=CaseState.OPEN).exclude(pk=case.pk)
    own = CaseRecovery.objects.current().filter(case=case)
    ids = list(own.values_list("recovery_id", flat=True))
    held = CaseRecovery.objects.current().filter(case__in=others)
    for recovery, other in held.filter(among("recovery_id", ids)).values_list(
        "recovery_id", "case"
    ):
        yield OverlapKind.ITEM, other, f"R{recovery}", f"R{recovery}"
    yield from _same_arms(ids, held)
    yield from _same_holders(ids, held)
    entries = CaseEntry.objects.current().exclude(subject_key="")
    keys = dict(
        entries.filter(case=case)
        .order_by("-number")
        .values_list("subject_key", "number")
    )
    same = entries.filter(among("subject_key", keys), case__in=others)
    for key, other, number in same.values_list("subject_key", "case", "number"):
        yield OverlapKind.SUBJECT, other, str(keys[key]), str(number)


def _same_holders(
    ids: list[int], held: VersionQuerySet[CaseRecovery]
) -> Iterator[Found]:
    """Find what traces of other cases lead to the same last lawful holder."""
    traced = (TraceFinding.objects.current(), TraceDecision.objects.current())
    key, holder = "trace__recovery_id", "last_lawful_holder_id"
    own: dict[int, int] = {}
    for rows in traced:
        near = rows.filter(among(key, ids)).exclude(last_lawful_holder=None)
        own |= dict(near.values_list(holder, key))
    again: dict[int, int] = {}
    for rows in traced:
        far = rows.filter(among(holder, own)).exclude(among(key, ids))
        far = far.filter(trace__recovery__in=held.values("recovery"))
        again |= dict(far.values_list(key, holder))
    there = held.filter(among("recovery_id", again))
    for recovery, other in there.values_list("recovery_id", "case"):
        yield OverlapKind.HOLDER, other, f"R{own[again[recovery]]}", f"R{recovery}"


def _same_arms(ids: list[int], held: VersionQuerySet[CaseRecovery]) -> Iterator[Found]:
    judged = CandidateJudgement.objects.same()
    arms = dict(
        judged.filter(among("recovery_id", ids)).values_list("arm_id", "recovery_id")
    )
    if not arms:
        return
    again = judged.filter(among("arm_id", arms)).exclude(among("recovery_id", ids))
    arm_of = dict(again.values_list("recovery_id", "arm_id"))
    rows = held.filter(among("recovery_id", arm_of))
    for recovery, other in rows.values_list("recovery_id", "case"):
        yield OverlapKind.ARM, other, f"R{arms[arm_of[recovery]]}", f"R{recovery}"
