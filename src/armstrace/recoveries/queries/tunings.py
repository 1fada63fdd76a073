"""What is in use beside the shipped rates, what is proposed, how well it states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.analysis.matching import tuning
from armstrace.analysis.matching.channel import standard
from armstrace.analysis.matching.tuning import DecidedCase, Reliability
from armstrace.records.lookups import among
from armstrace.recoveries.labelled_cases import DECIDED, MOST_CASES
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.matching import Difference, TuningKind
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import Judgement

SHOWN = 20
MOST_GROUPS = 12
MOST_LOOK_ALIKES = 8


@dataclass(frozen=True, slots=True)
class TuningCard:
    """A proposed tuning with its replay, and whether it is in use."""

    id: int
    kind: TuningKind
    based_on: str
    content: Mapping[str, Any]
    replay: Mapping[str, Any]
    cases: int
    # Cases in the replay, decided ones or numbers entered twice.
    replayed: int
    is_better: bool
    is_in_use: bool
    proposed_by: str
    proposed_at: datetime

    @property
    def is_replayed(self) -> bool:
        """Whether the replay has cases enough to say something."""
        return self.replayed >= tuning.FEWEST_REPLAYED

    @property
    def errors(self) -> list["ErrorRate"]:
        """How often characters are misread, where that was learned."""
        if self.kind is not TuningKind.SERIALS:
            return []
        found, shipped = self.content["serial"], self.replay["shipped"]
        counted = self.content["counted"]
        return [
            ErrorRate(each, counted[kind], shipped[kind], found[kind])
            for each in Difference  # a database may give them in another order
            if (kind := each.value.lower()) in found
        ]

    @property
    def look_alikes(self) -> list["TakenFor"]:
        """The signs that were taken most often for those they look like."""
        if self.kind is not TuningKind.SERIALS:
            return []
        rates, shipped = self.content["look_alikes"], standard().serial.look_alikes
        rows = [
            TakenFor(pair[0], pair[1], counted, shipped.get(pair, 0.0), rates[pair])
            for pair, counted in self.content["taken"].items()
            if counted
        ]
        return sorted(rows, key=lambda row: -row.counted)[:MOST_LOOK_ALIKES]


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How often a kind of error is made, for each character."""

    kind: Difference
    # In how many characters it was counted.
    counted: float
    shipped: float
    learned: float


@dataclass(frozen=True, slots=True)
class TakenFor:
    """How often a sign is taken for another one that looks like it."""

    registered: str
    read: str
    counted: float
    # The published rate, for each such sign.
    shipped: float
    learned: float


@dataclass(frozen=True, slots=True)
class Monitor:
    """How well what was stated agrees with what people found."""

    model: str
    # What its rates of misread serials rest on.
    basis: Message
    # Over all decided candidates, as stated when they were decided.
    whole: Reliability
    # The same for each make, the largest groups.
    by_make: Mapping[str, Reliability]
    # The same by the length of the serial.
    by_length: Mapping[str, Reliability]


def matching_tunings(*, viewer: Actor) -> list[TuningCard]:
    """Give the newest proposed tunings, and those in use, the latest first."""
    viewer.require("matching.view")
    used = set(TuningInUse.objects.current().values_list("tuning_id", flat=True))
    rows = MatchingTuning.objects.order_by("-pk")
    newest = list(rows[:SHOWN])
    older = rows.filter(pk__in=used - {row.pk for row in newest})
    return [_card(row, is_in_use=row.pk in used) for row in (*newest, *older)]


def _card(row: MatchingTuning, *, is_in_use: bool) -> TuningCard:
    replayed = tuning.count_replayed(row.replay)
    return fill(
        TuningCard,
        row,
        replayed=replayed,
        is_better=row.is_better and replayed >= tuning.FEWEST_REPLAYED,
        is_in_use=is_in_use,
        proposed_at=row.known_at,
    )


def monitor(*, viewer: Actor) -> Monitor:
    """Set the probabilities that were stated beside what people decided."""
    viewer.require("matching.view")
    cases = list(_cases())
    by_make = tuning.by_group(cases, tuning.make_group)
    return Monitor(
        model=registry.model_in_use(viewer=viewer),
        basis=registry.basis_in_use(viewer=viewer),
        whole=tuning.reliability(cases),
        by_make=dict(list(by_make.items())[:MOST_GROUPS]),
        by_length=tuning.by_group(cases, tuning.length_group),
    )


def _cases() -> Iterator[DecidedCase]:
    rows = CandidateJudgement.objects.current().filter(
        judgement__in=DECIDED, probability__isnull=False
    )
    latest = list(
        rows.order_by("-pk").values_list("recovery_id", "judgement", "probability")[
            :MOST_CASES
        ]
    )
    found = RecoveryRecord.objects.current().filter(
        among("recovery_id", {row[0] for row in latest})
    )
    marks = {
        key: (make, len(serial))
        for key, make, serial in found.values_list(
            "recovery_id", "make", "serial_search"
        )
    }
    for recovery_id, judgement, probability in latest:
        make, length = marks.get(recovery_id, ("", 0))
        is_same = judgement == Judgement.SAME.value
        yield DecidedCase(float(probability or 0.0), is_same, make, length)


@dataclass(frozen=True, slots=True)
class TuningUse:
    """That somebody put a tuning into use, or went back to the shipped rates."""

    kind: TuningKind
    # None where the shipped rates came back.
    tuning_id: int | None
    proposed_by: str
    proposed_at: datetime | None
    decided_by: str
    since: datetime
    # When another took its place; None where it is in use.
    until: datetime | None
    reason: str


def tuning_uses(*, viewer: Actor) -> list[TuningUse]:
    """Give which tunings were used, by whom and from when to when, newest first."""
    rows = TuningInUse.objects.visible_to(viewer).select_related("tuning")
    return [
        fill(
            TuningUse,
            row,
            proposed_by=row.tuning.proposed_by if row.tuning else "",
            proposed_at=row.tuning.known_at if row.tuning else None,
            since=row.known_at,
            until=row.superseded_at,
        )
        for row in rows.order_by("-known_at", "-pk")
    ]
