"""Read models of marks, comparisons, searches and links, as doors show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from armstrace.ballistics import calibres
from armstrace.ballistics.inputs import ClassInput
from armstrace.ballistics.models import (
    BallisticMark,
    ClassCharacteristics,
    Comparison,
    MarkRegion,
    Scan,
)
from armstrace.jobs.queries import JobRow
from armstrace.vocabulary.ballistics import (
    Blinded,
    ConclusionStanding,
    Gallery,
    LinkStanding,
    MarkedPart,
    MarkLinkKind,
    MarkOrigin,
    MarkType,
    RegionOrigin,
    Verdict,
)
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.messages import Message


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """What narrows a list of marks; empty means any.

    Args:
        text: A number or a label.
        calibre: Calibre, as the vocabulary has it.
        is_unchecked: Only those whose region nobody checked.
    """

    text: str = ""
    mark_type: str = ""
    origin: str = ""
    calibre: str = ""
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark in a list.

    Args:
        owner: Reference of its recovery or registered arm.
    """

    mark_id: int
    reference: str
    mark_type: MarkType
    origin: MarkOrigin
    label: str
    owner: str
    recovery_id: int | None
    arm_id: int | None
    agency: str
    part_number_as_marked: str
    enrolled_by: str
    enrolled_at: datetime
    described: ClassInput
    region_origin: RegionOrigin

    @property
    def part(self) -> MarkedPart:
        """The part of which alone the mark speaks."""
        return self.mark_type.part

    def is_of_calibre_of(self, other: "MarkRow") -> bool:
        """Whether both have one calibre, or one is not known."""
        one, two = self.described.calibre, other.described.calibre
        return not one or not two or calibres.read(one) == calibres.read(two)


@dataclass(frozen=True, slots=True)
class Removal:
    """Who removed a link, when and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ConclusionShown:
    """What two examiners concluded about two marks.

    Args:
        verdict: Withheld, as the reason is, from an examiner who may yet be the
            second.
        removal: Of the link that it made, where that no longer stands.
    """

    conclusion_id: int
    first_id: int
    second_id: int
    comparison_id: int | None
    verdict: Verdict | Blinded
    reason: str
    examiner: str
    at: datetime
    review_verdict: Verdict | None
    review_reason: str
    reviewer: str
    reviewed_at: datetime | None
    superseded_at: datetime | None
    removal: Removal | None

    @property
    def standing(self) -> ConclusionStanding:
        """Whether the second examiner bore the first out."""
        if self.review_verdict is None:
            return ConclusionStanding.AWAITED
        if self.review_verdict is not self.verdict:
            return ConclusionStanding.DISPUTED
        if self.removal is not None:
            return ConclusionStanding.UNLINKED
        return ConclusionStanding.CONFIRMED


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One kept comparison in a list; cells of the weaker direction."""

    comparison_id: int
    reference: str
    first: MarkRow
    second: MarkRow
    congruent_cells: int
    cells: int
    score: float
    log10_ratio: float | None
    is_at_bound: bool
    compared_by: str
    compared_at: datetime

    @property
    def is_of_two_calibres(self) -> bool:
        """Whether its marks are said to be of two calibres."""
        return not self.first.is_of_calibre_of(self.second)


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """One kept comparison with all that computes it again."""

    # With its regions, their scans and the set that spoke.
    kept: Comparison
    # The same as a list shows it.
    row: ComparisonRow
    # (reference of a recovery, its case number), where there is one.
    case_numbers: tuple[tuple[str, str], ...]
    # All that was concluded about the two marks, the latest first.
    conclusions: tuple[ConclusionShown, ...]
    # What speaks against relying on it.
    remarks: tuple[Message, ...]

    @property
    def regions(self) -> tuple[MarkRegion, MarkRegion]:
        """What was compared of each scan."""
        return self.kept.first_region, self.kept.second_region

    @property
    def conclusion(self) -> ConclusionShown | None:
        """What stands about the two marks."""
        standing = (one for one in self.conclusions if one.superseded_at is None)
        return next(standing, None)


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A kept comparison computed again."""

    # Whether all numbers came out as kept.
    is_same: bool
    # Of the result as computed now.
    digest: str
    # As computed now.
    numbers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One search in a list."""

    run_id: int
    reference: str
    probe_id: int
    probe: str
    gallery: Gallery
    filters: dict[str, str]
    job: JobRow
    entries: int
    left_out: int
    compare_closer: int
    started_by: str
    started_at: datetime

    @property
    def state(self) -> JobState:
        """How far it has come, in words."""
        return self.job.state

    @property
    def done(self) -> int:
        """How many entries were searched."""
        return self.job.done


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A mark that a search ranked; a candidate is not an answer.

    Args:
        congruent_cells: As the search counted, one direction at 50 um.
        cells: Likewise.
        comparison: Both directions at 25 um, where it was compared.
        conclusion: What examiners concluded about it and the probe, if anything.
        is_of_another_calibre: Than the probe, by what is said of both.
    """

    rank: int
    mark: MarkRow
    is_of_another_calibre: bool
    congruent_cells: int
    cells: int
    score: float
    turn_deg: float
    comparison: ComparisonRow | None
    conclusion: ConclusionShown | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One search with its candidates.

    Args:
        counts: (congruent cells, entries) in order.
    """

    row: SearchRow
    probe: MarkRow
    parameters: dict[str, Any]
    method: str
    software_version: str
    counts: tuple[tuple[int, int], ...]
    candidates: tuple[CandidateShown, ...]


@dataclass(frozen=True, slots=True)
class LinkSide:
    """One side of a link: a mark and whose it is.

    Args:
        mark_id: None where the mark is another agency's and not for these eyes; its
            numbers are "" then.
    """

    mark_id: int | None
    mark: str
    owner: str
    recovery_id: int | None
    arm_id: int | None
    agency: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A confirmed identification seen from one side.

    Args:
        part: The part that left both marks; it may have moved between arms.
        here: The side that was asked for.
        there: The other side.
        removal: Where this is the record of a removal.
    """

    link_id: int
    kind: MarkLinkKind
    part: MarkedPart
    standing: LinkStanding
    here: LinkSide
    there: LinkSide
    conclusion_id: int
    examiner: str
    reviewer: str
    reason: str
    known_at: datetime
    superseded_at: datetime | None
    removal: Removal | None


@dataclass(frozen=True, slots=True)
class MarkPage:
    """One mark with its scans, regions, comparisons, searches and links."""

    # As it was enrolled.
    mark: BallisticMark
    # The same as a list shows it.
    row: MarkRow
    # The latest first, each with its file.
    scans: tuple[Scan, ...]
    # The latest first.
    regions: tuple[MarkRegion, ...]
    # What was said of the class of arm, the latest first.
    classes: tuple[ClassCharacteristics, ...]
    comparisons: tuple[ComparisonRow, ...]
    conclusions: tuple[ConclusionShown, ...]
    searches: tuple[SearchRow, ...]
    links: tuple[LinkShown, ...]
    # Where the mark and the arm that it belongs to do not agree.
    remarks: tuple[Message, ...]

    @property
    def scan(self) -> Scan:
        """The scan that stands."""
        return next(each for each in self.scans if each.superseded_at is None)

    @property
    def region(self) -> MarkRegion:
        """The region that stands."""
        return next(each for each in self.regions if each.superseded_at is None)
