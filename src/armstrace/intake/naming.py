"""Which columns of a file tell who a person is, and who is given them.

Source:
    Directive (EU) 2016/680, art. 25: who reads personal data, and why, is logged.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from armstrace.audit import disclosures
from armstrace.intake.fields import FIELDS, IntakeKind
from armstrace.intake.models import Batch
from armstrace.vocabulary.actors import Actor

GRANT = "holder.view"


def naming(kind: str) -> frozenset[str]:
    """Give the fields of a kind of file that tell who a person is."""
    return frozenset(f.name for f in FIELDS[IntakeKind(kind)] if f.is_personal)


def naming_columns(
    kind: str, headings: Sequence[str], columns: Mapping[str, Sequence[str]]
) -> frozenset[int]:
    """Give the places of the columns that tell who a person is.

    Args:
        kind: What the rows are; of holders, a column that nothing reads may tell too.
        columns: Heading to the canonical fields that it gives.
    """
    fields, is_of_holders = naming(kind), kind == IntakeKind.HOLDERS
    return frozenset(
        at
        for at, heading in enumerate(headings)
        if not fields.isdisjoint(columns.get(heading, ()))
        or (is_of_holders and not columns.get(heading))
    )


def withheld(
    batch: Batch, columns: frozenset[int], *, viewer: Actor, at: datetime, reason: str
) -> frozenset[int]:
    """Give the columns that a viewer does not get; the others leave an entry."""
    if not columns or not viewer.may(GRANT):
        return columns
    disclosures.disclose(
        viewer=viewer,
        at=at,
        act="batch.persons_viewed",
        records=[batch],
        reason=reason,
        grants=(GRANT,),
    )
    return frozenset()
