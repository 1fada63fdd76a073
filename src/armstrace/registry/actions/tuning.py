"""Propose a tuning of matching; put it into use or take it back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from armstrace.analysis.matching.tuning import FEWEST_REPLAYED, count_replayed
from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.registry import ranking, tuning_rules
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.matching import TuningKind
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class StatedTuning:
    """A table to be proposed, with what it did on cases that were kept back."""

    kind: TuningKind
    # Version of the rates that it was made for.
    based_on: str
    content: Mapping[str, object]
    # Figures before and after, for the page.
    replay: Mapping[str, object]
    cases: int
    # Whether the replay was better with it than without.
    is_better: bool


def propose_tuning(*, stated: StatedTuning, by: Actor, at: datetime) -> MatchingTuning:
    """Put a tuning on record; it changes nothing until a person uses it.

    Returns:
        The proposal; the earlier one where the very same is on record.

    Source:
        Rule of this design: matching never puts a tuning into use by itself.
    """
    by.require("matching.tune")
    if (same := _on_record(stated)) is not None:
        with ledger.entry("matching.tuning_proposed_again", by=by, at=at) as entry:
            entry.beside(MatchingTuning, [same.pk])
        return same
    with ledger.entry("matching.tuning_proposed", by=by, at=at) as entry:
        made = MatchingTuning.objects.create(
            **asdict(stated), proposed_by=by.name, known_at=at
        )
        entry.about(made, kind=stated.kind.value)
    return made


def _on_record(stated: StatedTuning) -> MatchingTuning | None:
    rows = MatchingTuning.objects.filter(
        kind=stated.kind.value, based_on=stated.based_on, cases=stated.cases
    )
    made = (dict(stated.content), dict(stated.replay))
    return next((o for o in rows.order_by("pk") if (o.content, o.replay) == made), None)


def use_tuning(*, tuning_id: int, reason: str, by: Actor, at: datetime) -> TuningInUse:
    """Put a tuning into use, in the place of the one of its kind before.

    Raises:
        RuleBroken: ``MT-01``, no reason; ``MT-02``, its replay was no better;
            ``MT-03``, it was made for other rates than those in use; ``MT-05``, too
            few decided cases were replayed.

    Source:
        Rule of this design: a person puts a tuning into use, after its replay.
    """
    by.require("matching.deploy")
    tuning = MatchingTuning.objects.filter(pk=tuning_id).first()
    if tuning is None:
        msg = message(
            "There is no tuning %(tuning)s; the page lists those that exist.",
            tuning=tuning_id,
        )
        raise NotFound(msg)
    tuning_rules.REASONED_TUNING.require(reason)
    tuning_rules.REPLAYED.require((count_replayed(tuning.replay), FEWEST_REPLAYED))
    tuning_rules.BETTER_REPLAY.require(tuning.is_better)
    in_use = ranking.model_for(TuningKind(tuning.kind))
    tuning_rules.SAME_RATES.require((tuning.based_on, in_use))
    with ledger.entry("matching.tuning_used", by=by, at=at) as entry:
        return _decide(tuning.kind, tuning, reason, entry)


def take_tuning_back(
    *, kind: TuningKind, reason: str, by: Actor, at: datetime
) -> TuningInUse:
    """Go back to matching without a tuning of a kind.

    Raises:
        RuleBroken: ``MT-01``, no reason.

    Source:
        Rule of this design: what was put into use can be taken back.
    """
    by.require("matching.deploy")
    tuning_rules.REASONED_TUNING.require(reason)
    with ledger.entry("matching.tuning_taken_back", by=by, at=at) as entry:
        return _decide(kind.value, None, reason, entry)


def _decide(
    kind: str, tuning: MatchingTuning | None, reason: str, entry: ledger.Entry
) -> TuningInUse:
    """Close what is in use; a calibration does not outlive the rates beneath it."""
    lengths.require_fits(reason, lengths.REASON)
    ending = {kind, TuningKind.CALIBRATION.value}
    rows = TuningInUse.objects.current().filter(kind__in=ending)
    closing.close(rows, entry.at, entry)
    made = TuningInUse.objects.create(
        kind=kind,
        tuning=tuning,
        decided_by=entry.by.name,
        reason=reason,
        source=entry.by.agency,
        known_at=entry.at,
    )
    entry.about(made, kind=kind)
    return made
