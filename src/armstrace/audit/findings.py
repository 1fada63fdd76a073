"""What a proof of the ledger found, and the report that carries it."""

from dataclasses import dataclass, field
from typing import Protocol

from armstrace.vocabulary.ledger import FindingKind
from armstrace.vocabulary.messages import Message

KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: FindingKind
    sentence: Message
    # The entry that is wrong, or that last named the record.
    seq: int | None = None
    # Label of the record's model; empty for the ledger itself.
    table: str = ""
    # The record's primary key.
    key: int | None = None


class Taker(Protocol):
    """Whatever takes the findings of a proof."""

    def add(self, finding: Finding) -> None:
        """Take a finding."""


@dataclass(slots=True)
class Findings:
    """The findings of a proof; details beyond ``KEPT`` are only counted."""

    details: list[Finding] = field(default_factory=list)
    count: int = 0

    def add(self, finding: Finding) -> None:
        """Count a finding and keep it while there is room."""
        self.count += 1
        if len(self.details) < KEPT:
            self.details.append(finding)


@dataclass(frozen=True, slots=True)
class Report:
    """How a proof came out."""

    size: int
    # Root of the tree over them, in hexadecimal.
    root: str
    # Live business records that were compared.
    records: int
    checkpoints: int
    # Whether a checkpoint kept elsewhere was checked too.
    outside: bool
    # What is wrong, in order, at most ``KEPT``.
    findings: tuple[Finding, ...]
    # How many things are wrong.
    count: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.count == 0
