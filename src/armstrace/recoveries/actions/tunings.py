"""Propose a calibration or rates of misreading from what is on record."""

from dataclasses import asdict
from datetime import datetime

from armstrace.analysis.matching import channel as channels
from armstrace.analysis.matching import entries, learning, tuning
from armstrace.analysis.matching.calibration import fit
from armstrace.analysis.matching.rank import Ranker
from armstrace.analysis.matching.tuning import Reliability
from armstrace.audit import ledger
from armstrace.recoveries import labelled_cases
from armstrace.registry import queries as registry
from armstrace.registry import ranking
from armstrace.registry.actions import tuning as tunings
from armstrace.registry.models import MatchingTuning
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.matching import TuningKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sources import Source

DESIGN = Source("design", "tuning of matching")
FEWEST_DECIDED = tuning.KEPT_BACK_EACH * tuning.FEWEST_REPLAYED
FEWEST_READINGS = 200
MOST_READINGS = 2000


def propose_calibration(*, by: Actor, at: datetime) -> MatchingTuning:
    """Fit a calibration to what people decided, and replay it on the rest.

    Three of four decisions are learned from; the fourth is kept back.

    Returns:
        The proposal; it changes nothing until a person puts it into use. Where the
        very same one is on record, that one.

    Raises:
        RuleBroken: ``MT-04``, too few cases were decided.

    Source:
        M. Ayer et al., 1955 (pool adjacent violators); rule of this design.
    """
    by.require("matching.tune")
    ranker = ranking.ranker_in_use(is_calibrated=False)
    decided = labelled_cases.replay(ranker, viewer=by)
    learned, kept_back = tuning.part(decided.cases)
    table = fit([c.probability for c in learned], [c.is_same for c in learned])
    if table is None or len(decided.cases) < FEWEST_DECIDED:
        msg = message(
            "Decided candidates that can be ranked again: %(have)s; needed: "
            "%(needed)s. Three of four are learned from, the fourth is kept back for "
            "the replay.",
            have=len(decided.cases),
            needed=FEWEST_DECIDED,
        )
        raise RuleBroken("MT-04", msg, source=DESIGN)
    before, after = (
        tuning.reliability(kept_back),
        tuning.reliability(kept_back, table),
    )
    stated = tunings.StatedTuning(
        kind=TuningKind.CALIBRATION,
        based_on=ranker.channel.model,
        content=tuning.table_of(table),
        replay={"decided_before": asdict(before), "decided_after": asdict(after)},
        cases=len(learned),
        is_better=after.log_loss < before.log_loss,
    )
    return _record("matching.calibration_fitted", stated, by=by, at=at)


def propose_rates(*, by: Actor, at: datetime) -> MatchingTuning:
    """Learn rates of misreading from readings without labels, and replay them.

    Three of four readings are learned from; the fourth is kept back. The cases that
    people decided are replayed as well: with too few of them no rates are better.

    Returns:
        The proposal; it changes nothing until a person puts it into use. Where the
        very same one is on record, that one.

    Raises:
        RuleBroken: ``MT-04``, too few recoveries have a serial.

    Source:
        A. Dempster, N. Laird, D. Rubin, 1977 (EM); rule of this design.
    """
    by.require("matching.tune")
    asked = labelled_cases.cases_without_label(MOST_READINGS)
    if len(asked) < FEWEST_READINGS:
        msg = message(
            "Recoveries with a serial: %(have)s; needed: %(needed)s. Three "
            "of four are learned from, the fourth is kept back for the "
            "replay.",
            have=len(asked),
            needed=FEWEST_READINGS,
        )
        raise RuleBroken("MT-04", msg, source=DESIGN)
    ranker = ranking.ranker_in_use(is_calibrated=False)
    rankings = [
        each
        for start in range(0, len(asked), labelled_cases.CHUNK)
        for each in registry.rankings(
            asked[start : start + labelled_cases.CHUNK], viewer=by, ranker=ranker
        )
    ]
    channel = ranker.channel
    learned_from, kept_back = (
        learning.cases_of(part, channel) for part in tuning.part(rankings)
    )
    start = learning.rates_of(channel)
    learned = learning.learn(learned_from, start)
    content = learning.channel_changes(channel, learned.rates)
    tuned = Ranker(
        ranker.population, tuning.channel_with(channel, content, name="tried")
    )
    decided = [labelled_cases.replay(each, viewer=by) for each in (ranker, tuned)]
    figures = {
        "readings": learned_from.size,
        "rounds": len(learned.log_likelihoods) - 1,
        "log_likelihood_before": _mean(kept_back, start),
        "log_likelihood_after": _mean(kept_back, learned.rates),
        "decided_before": asdict(tuning.reliability(decided[0].cases)),
        "decided_after": asdict(tuning.reliability(decided[1].cases)),
        "recall_before": decided[0].recall,
        "recall_after": decided[1].recall,
        "before": learning.channel_changes(channel, start),
    }
    stated = tunings.StatedTuning(
        kind=TuningKind.RATES,
        based_on=ranking.model_for(TuningKind.RATES),
        content=content,
        replay=figures,
        cases=learned_from.size,
        is_better=_mean(kept_back, learned.rates) > _mean(kept_back, start)
        and _holds(*(tuning.reliability(each.cases) for each in decided)),
    )
    return _record("matching.rates_learned", stated, by=by, at=at)


def propose_serials(*, by: Actor, at: datetime) -> MatchingTuning:
    """Learn how serials are misread from arms that two people entered.

    Three of four pairs are learned from; the fourth is kept back for the replay.
    Where enough candidates are decided, these must not be told the worse for it.

    Returns:
        The proposal; it changes nothing until a person puts it into use. Where the
        very same one is on record, that one.

    Raises:
        RuleBroken: ``MT-04``, too few arms were entered twice.

    Source:
        B.-H. Juang, L. Rabiner, 1990 (segmental estimation); rule of this design.
    """
    by.require("matching.tune")
    pairs = labelled_cases.pairs_entered()
    if len(pairs) < entries.FEWEST_PAIRS:
        msg = message(
            "Arms that two people entered with a whole serial number: %(have)s; "
            "needed: %(needed)s. Until then the published rates are used.",
            have=len(pairs),
            needed=entries.FEWEST_PAIRS,
        )
        raise RuleBroken("MT-04", msg, source=DESIGN)
    learned_from, kept_back = tuning.part(pairs)
    ranker = ranking.ranker_in_use(is_calibrated=False)
    shipped = channels.standard().serial
    content = entries.table_of(entries.learn(learned_from, shipped))
    tried = entries.channel_with_entries(ranker.channel, content, name="tried")
    tuned = Ranker(ranker.population, tried)
    decided = [labelled_cases.replay(each, viewer=by).cases for each in (ranker, tuned)]
    told = [tuning.reliability(cases) for cases in decided]
    before, after = (
        entries.log_likelihood(kept_back, each.channel.serial)
        for each in (ranker, tuned)
    )
    figures = {
        "pairs": len(kept_back),
        "log_likelihood_before": before,
        "log_likelihood_after": after,
        "decided_before": asdict(told[0]),
        "decided_after": asdict(told[1]),
        "shipped": {kind: getattr(shipped, kind) for kind in content["serial"]},
    }
    stated = tunings.StatedTuning(
        kind=TuningKind.SERIALS,
        based_on=ranking.model_for(TuningKind.SERIALS),
        content=content,
        replay=figures,
        cases=len(learned_from),
        is_better=after > before
        and (_holds(*told) or told[1].cases < tuning.FEWEST_REPLAYED),
    )
    return _record("matching.serials_learned", stated, by=by, at=at)


def _record(
    act: str, stated: tunings.StatedTuning, *, by: Actor, at: datetime
) -> MatchingTuning:
    with ledger.entry(act, by=by, at=at) as entry:
        made = tunings.propose_tuning(stated=stated, by=by, at=at)
        entry.beside(MatchingTuning, [made.pk])
    return made


def _mean(cases: learning.Cases, rates: learning.Rates) -> float:
    return learning.log_likelihood(cases, rates) / max(cases.size, 1)


def _holds(before: Reliability, after: Reliability) -> bool:
    """Tell whether enough decided cases were replayed, and none the worse."""
    is_enough = after.cases >= tuning.FEWEST_REPLAYED
    return is_enough and after.log_loss <= before.log_loss
