"""The ranker of the register with what people put into use beside it."""

from dataclasses import replace

from armstrace.analysis.marks import folding
from armstrace.analysis.marks.folding import Folding
from armstrace.analysis.matching import channel as channels
from armstrace.analysis.matching.channel import Channel
from armstrace.analysis.matching.entries import channel_with_entries
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Ranker, ranker_of
from armstrace.analysis.matching.tuning import calibration_of, channel_with
from armstrace.audit import stamps
from armstrace.registry import keystore
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.registry.population import population
from armstrace.vocabulary.matching import TuningKind

type InUse = dict[str, MatchingTuning]


def tunings_in_use() -> InUse:
    """Give what is in use, by kind."""
    rows = TuningInUse.objects.current().select_related("tuning").order_by("kind")
    return {row.kind: row.tuning for row in rows if row.tuning is not None}


def channel_in_use(in_use: InUse) -> Channel:
    """Give the rates in use: those shipped, or learned ones put in their place."""
    channel = channels.standard()
    if (rates := in_use.get(TuningKind.RATES.value)) is not None:
        name = f"{channel.model}+r{rates.pk}"
        channel = channel_with(channel, rates.content, name=name)
    if (serials := in_use.get(TuningKind.SERIALS.value)) is not None:
        name = f"{channel.model}+s{serials.pk}"
        channel = channel_with_entries(channel, serials.content, name=name)
    return channel


def ranker_in_use(*, is_calibrated: bool = True) -> Ranker:
    """Give the ranker of the register as it is used.

    Args:
        is_calibrated: False leaves the calibration out, for fitting a new one.
    """
    classes = keystore.folding_in_use()
    key = ("ranker", is_calibrated, classes, folding.standard())
    return stamps.kept(key, lambda: _ranker_in_use(classes, is_calibrated))


def _ranker_in_use(classes: Folding, is_calibrated: bool) -> Ranker:  # noqa: FBT001
    counted, in_use = population(), tunings_in_use()
    if not is_calibrated:
        in_use.pop(TuningKind.CALIBRATION.value, None)
    if not in_use and classes == folding.standard():
        return ranker_of(counted)
    key = (classes.version, *((kind, each.pk) for kind, each in in_use.items()))
    return ranker_of(counted, key, lambda of: _ranker(of, in_use, classes))


def _ranker(counted: Population, in_use: InUse, classes: Folding) -> Ranker:
    channel = channels.with_classes(channel_in_use(in_use), classes)
    found = in_use.get(TuningKind.CALIBRATION.value)
    if found is None:
        return Ranker(counted, channel)
    channel = replace(channel, model=f"{channel.model}+c{found.pk}")
    return Ranker(counted, channel, calibration_of(found.content))


def model_for(kind: TuningKind) -> str:
    """Give the version of the rates that a tuning of a kind must be made for."""
    if kind is not TuningKind.CALIBRATION:
        return channels.standard().model
    return channel_in_use(tunings_in_use()).model
