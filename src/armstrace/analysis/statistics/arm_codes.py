"""From the stored codes of a recovery to the facts that decide how it counts.

The first line of a decision wins where its parts disagree: a decision that
says both how the point of diversion was established and that none was, counts
by how it was established.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import NamedTuple

from armstrace.analysis.statistics import cells, scope
from armstrace.analysis.statistics.cells import (
    Answer,
    Possession,
    RecoveryFacts,
    Register,
    TraceProgress,
)
from armstrace.vocabulary.arms import ItemKind, Modification, ProductionClass
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import (
    POPULATION_OF,
    LegalJustification,
    RecoveryKind,
)
from armstrace.vocabulary.tracing import Establishment, TraceOutcome, TraceStanding

REGISTERS = {
    Establishment.OWN_REGISTER.value: Register.NATIONAL,
    Establishment.FOREIGN_REGISTER.value: Register.FOREIGN,
}
PROGRESS = {
    TraceStanding.OPEN.value: TraceProgress.OPEN,
    TraceStanding.CLOSED.value: TraceProgress.CLOSED,
    TraceStanding.EXCEPTED.value: TraceProgress.NONE,
}


class Columns(NamedTuple):
    """Stored columns of a recovered arm; alike columns count alike."""

    kind: str
    justification: str
    is_antique: bool | None
    serial_status: str
    production: str
    modification: str
    # Where its decision stands; empty or None before any decision.
    standing: str | None
    outcome: str | None
    establishment: str | None
    # Whether a person found it to be one registered arm.
    is_identified: bool | None
    # Whether a person found it to be on file already.
    is_second_entry: bool | None = None


def scope_of(columns: Columns) -> scope.ScopeFacts:
    """Read what decides whether a recovered arm counts.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), concepts and definitions.
    """
    return scope.ScopeFacts(
        ItemKind.ARM,
        RecoveryKind[columns.kind] if columns.kind else None,
        LegalJustification[columns.justification],
        bool(columns.is_antique),
        is_second_entry=bool(columns.is_second_entry),
    )


def facts_of(columns: Columns) -> RecoveryFacts:
    """Read what decides the cell of a recovered arm.

    Source:
        UNODC illicit arms flows questionnaire, tables 5.1-5.3.
    """
    status = SerialStatus[columns.serial_status]
    register, possession = _last_record(columns)
    return RecoveryFacts(
        cells.marking_of(status, identifies=bool(columns.is_identified)),
        register,
        possession,
        Answer.YES if columns.establishment == Establishment.AUTHORITY else Answer.NO,
        # What no person decided was not begun.
        PROGRESS.get(columns.standing or "", TraceProgress.NONE),
        cells.making_of(
            ProductionClass[columns.production], Modification[columns.modification]
        ),
        cells.tampering_of(status),
    )


def _last_record(columns: Columns) -> tuple[Register, Possession]:
    if columns.outcome == TraceOutcome.NO_DIVERSION.value:
        return Register.NATIONAL, Possession.STILL_HELD
    register = REGISTERS.get(columns.establishment or "", Register.NONE)
    possession = Possession.UNKNOWN if register is Register.NONE else Possession.LEFT
    return register, possession


def alike[C: Code](
    values: Iterable[C], effect: Callable[[C], Hashable]
) -> tuple[tuple[str, ...], ...]:
    """Bring together codes of which it makes no difference which one stands.

    Returns:
        Groups of codes that decide the same; the first may stand for all.
    """
    groups: dict[Hashable, list[C]] = {}
    for value in values:
        groups.setdefault(effect(value), []).append(value)
    return tuple(tuple(group) for group in groups.values())


def _effect_of_status(status: SerialStatus) -> Hashable:
    marking = [cells.marking_of(status, identifies=known) for known in (True, False)]
    return (*marking, cells.tampering_of(status))


def _effect_of_production(production: ProductionClass) -> Hashable:
    return tuple(cells.making_of(production, each) for each in Modification)


def _effect_of_modification(modification: Modification) -> Hashable:
    return tuple(cells.making_of(each, modification) for each in ProductionClass)


def _effect_of_justification(justification: LegalJustification) -> Hashable:
    facts = [
        scope.ScopeFacts(ItemKind.ARM, kind, justification) for kind in RecoveryKind
    ]
    return tuple(scope.exclusion_of(each) for each in facts)


# Codes that decide the same are counted together, which keeps the groups few.
ALIKE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "kind": alike(RecoveryKind, POPULATION_OF.__getitem__),
    "justification": alike(LegalJustification, _effect_of_justification),
    "serial_status": alike(SerialStatus, _effect_of_status),
    "production": alike(ProductionClass, _effect_of_production),
    "modification": alike(Modification, _effect_of_modification),
    "standing": alike(TraceStanding, str),
    "outcome": alike(TraceOutcome, lambda each: each is TraceOutcome.NO_DIVERSION),
    "establishment": alike(Establishment, str),
}
