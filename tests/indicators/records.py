"""Recoveries and their traces, written straight into the tables."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta

from armstrace.accounts import policy
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    PairJudgement,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.registry.models import Arm, LifeEvent
from armstrace.tracing.models import Trace, TraceDecision
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.arms import ArmType, Modification, ProductionClass
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import (
    Acquisition,
    CriminalContext,
    LegalJustification,
    PlaceKind,
    RecoveryKind,
)
from armstrace.vocabulary.tracing import (
    Establishment,
    Judgement,
    TraceOutcome,
    TraceStanding,
)
from tests.ledger_guard import written_directly

NUMBERS = itertools.count(1)
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2024, 1, 1, tzinfo=UTC)


def an_actor(role: Role, agency: str = "HUB") -> Actor:
    purpose = policy.PURPOSES[role][0]
    return Actor(role.value.lower(), agency, role, purpose, policy.grants_of(role))


def statistician() -> Actor:
    return an_actor(Role.STATISTICIAN)


def a_stranger() -> Actor:
    return Actor("stranger", "OTHER", Role.OFFICER, Purpose.INVESTIGATION, {})


@written_directly()
def a_recovery(known_at: datetime = BEGIN, item_kind: str = "ARM") -> Recovery:
    return Recovery.objects.create(
        source="TEST",
        source_number=str(next(NUMBERS)),
        item_kind=item_kind,
        known_at=known_at,
    )


@written_directly()
def an_arm_recovered(**values) -> Recovery:
    """Record a recovered arm: seized in 2020, unique by its serial."""
    recovery = a_recovery(values.get("known_at", BEGIN))
    a_version(recovery, **values)
    return recovery


@written_directly()
def a_version(recovery: Recovery, **values) -> RecoveryRecord:
    """Record what is known, and close what was known before."""
    known_at = values.setdefault("known_at", BEGIN)
    RecoveryRecord.objects.current().filter(recovery=recovery).update(
        superseded_at=known_at
    )
    defaults = {
        "recovery_kind": "SEIZED",
        "recovered_on": date(2020, 6, 1),
        "agency": "HUB",
        "serial_status": "COMPLETE",
        "production_class": "INDUSTRIAL",
        "modification": "NONE",
        "legal_justification": "POSSESSION",
    }
    return RecoveryRecord.objects.create(recovery=recovery, **(defaults | values))


@written_directly()
def a_trace(recovery: Recovery, known_at: datetime = BEGIN) -> Trace:
    return Trace.objects.create(recovery=recovery, known_at=known_at)


@written_directly()
def a_decision(trace: Trace, **values) -> TraceDecision:
    known_at = values.setdefault("known_at", BEGIN)
    TraceDecision.objects.current().filter(trace=trace).update(superseded_at=known_at)
    defaults = {
        "standing": "CLOSED",
        "outcome": "POINT_OF_DIVERSION_IDENTIFIED",
        "established": "OWN_REGISTER",
        "decided_on": known_at.date(),
        "decided_by": "analyst",
    }
    return TraceDecision.objects.create(trace=trace, **(defaults | values))


@written_directly()
def a_judgement(recovery: Recovery, judgement: str, **values) -> CandidateJudgement:
    arm = Arm.objects.create(
        source="REG", source_number=str(next(NUMBERS)), known_at=BEGIN
    )
    return CandidateJudgement.objects.create(
        recovery=recovery,
        arm=arm,
        judgement=judgement,
        judged_by="analyst",
        **({"known_at": BEGIN} | values),
    )


@written_directly()
def a_pair(later: Recovery, earlier: Recovery, repeat: str = "ENTERED_TWICE", **values):
    """Record a person's word that two recoveries are of one arm."""
    return PairJudgement.objects.create(
        recovery=later,
        earlier=earlier,
        repeat=repeat,
        judged_by="analyst",
        **({"known_at": BEGIN, "judgement": "SAME"} | values),
    )


@written_directly()
def ammunition(**values) -> AmmunitionRecord:
    recovery = a_recovery(item_kind="AMMUNITION")
    return AmmunitionRecord.objects.create(
        recovery=recovery, **(circumstances() | values)
    )


@written_directly()
def a_part(**values) -> PartRecord:
    recovery = a_recovery(item_kind="PART")
    return PartRecord.objects.create(recovery=recovery, **(circumstances() | values))


def circumstances() -> dict:
    return {
        "known_at": BEGIN,
        "recovery_kind": "SEIZED",
        "recovered_on": date(2020, 6, 1),
        "agency": "HUB",
    }


def a_random_country(seed: int, size: int) -> None:
    """Record arms, corrections, traces and judgements at random moments."""
    rng = random.Random(seed)
    arms: list[Recovery] = []
    for _ in range(size):
        recovery = a_recovery()
        moments = sorted(BEGIN + timedelta(days=rng.randrange(1400)) for _ in range(3))
        for moment in moments[: rng.randint(1, 3)]:
            a_version(recovery, known_at=moment, **_random_marks(rng))
        if rng.random() < 0.7:
            _random_trace(recovery, rng)
        if rng.random() < 0.3:
            until = moments[2] if rng.random() < 0.3 else None
            a_judgement(
                recovery,
                rng.choice(list(Judgement)),
                known_at=moments[0],
                superseded_at=until,
            )
        if arms and rng.random() < 0.3:
            _random_pair(recovery, rng.choice(arms), rng)
        arms.append(recovery)
    for make in (ammunition, a_part):
        make(recovery_kind=RecoveryKind(rng.choice(list(Acquisition))))
        make(
            recovered_on=date(rng.randint(2019, 2022), 3, 1),
            quantity=rng.choice([None, 1, 20]),
            case_number=rng.choice(["", "1", "7"]),
            legal_justification=rng.choice(list(LegalJustification)),
        )
    for _ in range(size // 5):
        an_ended_arm(rng)


@written_directly()
def an_ended_arm(rng: random.Random) -> None:
    """Record an arm that was destroyed or retained, recovered before or not."""
    number = next(NUMBERS)
    arm = Arm.objects.create(source="REG", source_number=str(number), known_at=BEGIN)
    ends = rng.choice(["DESTROYED", "RETAINED_MARKED"])
    for place, kind in enumerate(["RECOVERED", ends][rng.choice([0, 0, 1]) :]):
        LifeEvent.objects.create(
            arm=arm,
            source="REG",
            source_number=f"{number}-{place}",
            kind=kind,
            happened_on=date(rng.randint(2019, 2022), 5, 1),
            known_at=BEGIN + timedelta(days=rng.randrange(1400)),
        )


def _random_pair(recovery: Recovery, earlier: Recovery, rng: random.Random) -> None:
    known_at = BEGIN + timedelta(days=rng.randrange(1400))
    a_pair(
        recovery,
        earlier,
        rng.choice(["ENTERED_TWICE", "ENTERED_TWICE", "RECOVERED_AGAIN", ""]),
        judgement=rng.choice(["SAME", "SAME", "DIFFERENT"]),
        known_at=known_at,
        superseded_at=rng.choice([None, None, known_at + timedelta(days=200)]),
    )


def _random_trace(recovery: Recovery, rng: random.Random) -> None:
    moments = sorted(BEGIN + timedelta(days=rng.randrange(1400)) for _ in range(3))
    trace = a_trace(recovery, moments[0])
    for moment in moments[: rng.randint(0, 3)]:
        a_decision(
            trace,
            known_at=moment,
            standing=rng.choice(list(TraceStanding)),
            reason=rng.choice(["", "", "", "Opened by the domestic trace."]),
            outcome=rng.choice(list(TraceOutcome)),
            established=rng.choice(list(Establishment)),
        )


def _random_marks(rng: random.Random) -> dict:
    return {
        "recovery_kind": rng.choice([*list(Acquisition) * 3, *RecoveryKind]),
        "recovered_on": date(rng.randint(2019, 2022), rng.choice([1, 12]), 31),
        "legal_justification": rng.choice(list(LegalJustification)),
        "year_of_manufacture": rng.choice([None, 1880, 1899, 1900, 1990]),
        "serial_status": rng.choice(list(SerialStatus)),
        "arm_type": rng.choice(list(ArmType)),
        "place_kind": rng.choice(list(PlaceKind)),
        "criminal_contexts": sorted(
            rng.sample(list(CriminalContext), rng.choice([0, 1, 1, 2, 3]))
        ),
        "agency": rng.choice(["HUB", "HUB", "CUSTOMS"]),
        "case_number": rng.choice(["", "1", "2", "3"]),
        "make": "MAKE",
        "serial_search": str(rng.randrange(60)),
        "production_class": rng.choice(list(ProductionClass)),
        "modification": rng.choice(list(Modification)),
    }
