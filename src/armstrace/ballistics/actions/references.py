"""Load reference sets: a laboratory's own score tables."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.analysis.ballistics import (
    comparison,
    documents,
    likelihood,
    reference_files,
    references,
)
from armstrace.audit import ledger
from armstrace.ballistics import lengths, rules
from armstrace.ballistics.comparing import VERSION
from armstrace.ballistics.models import ReferenceSet
from armstrace.records import closing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import MarkType
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class StatedSet:
    """A score table to be kept."""

    reference: references.ReferenceSet
    # Why a set of the same name is replaced; "" for a first one.
    reason: str = ""


def load_reference_set(*, stated: StatedSet, by: Actor, at: datetime) -> ReferenceSet:
    """Keep a score table, fitted and tested on sources left out.

    Returns:
        The set with the cost and the bounds that the test gave.

    Raises:
        InvalidInput: The table cannot be tested, or replaces one without a reason.
        RuleBroken: ``BL-10``, another method counted its cells.

    Source:
        Vergeer et al., Science and Justice 56 (2016).
    """
    by.require("ballistics.reference")
    reference, population = stated.reference, stated.reference.population
    counted_by = population.method or references.NOT_KNOWN
    rules.OF_OUR_METHOD.require((reference.name, counted_by, comparison.METHOD))
    lengths.require(
        name=reference.name,
        maker=population.maker,
        calibre=population.calibre,
        instrument=population.instrument,
        reason=stated.reason,
    )
    mark_type = _type(reference)
    calibration = likelihood.calibrate(reference)
    written = reference_files.written(reference)
    with ledger.entry("ballistics.reference_loaded", by=by, at=at) as entry:
        old = ReferenceSet.objects.current().filter(name=reference.name)
        if closing.close(old, at, entry):
            rules.require_reasoned(stated.reason)
        return closing.keep(
            ReferenceSet,
            entry,
            noted=["sources"],
            name=reference.name,
            mark_type=mark_type.value,
            maker=population.maker,
            calibre=population.calibre,
            instrument=population.instrument,
            method=population.method,
            sources=calibration.sources,
            same_pairs=calibration.same_pairs,
            different_pairs=calibration.different_pairs,
            pairs=written["pairs"],
            digest=documents.digest(written),
            cllr=round(calibration.cllr, 4),
            lowest_log10=calibration.bounds.lowest,
            highest_log10=calibration.bounds.highest,
            software_version=VERSION,
            loaded_by=by.name,
            reason=stated.reason,
        )


def withdraw_reference_set(
    *, name: str, reason: str, by: Actor, at: datetime
) -> ReferenceSet:
    """Take a reference set out of use; comparisons that used it keep it.

    Raises:
        InvalidInput: No reason is given.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    by.require("ballistics.reference")
    rules.require_reasoned(reason)
    lengths.require(reason=reason)
    kept = ReferenceSet.objects.current().filter(name=name, is_in_use=True).first()
    if kept is None:
        raise NotFound(
            message("There is no reference set “%(name)s” in use.", name=name)
        )
    with ledger.entry("ballistics.reference_withdrawn", by=by, at=at) as entry:
        return closing.replace(
            kept,
            entry,
            is_in_use=False,
            reason=reason,
            loaded_by=by.name,
            source=by.agency,
        )


def _type(reference: references.ReferenceSet) -> MarkType:
    words = reference.population.mark.strip().casefold()
    for one in MarkType:
        if words in {one.label.casefold(), one.value.casefold()}:
            return one
    raise InvalidInput(
        message(
            "%(name)s is about “%(mark)s”, which is not a type of mark; write one of: "
            "%(known)s.",
            name=reference.name,
            mark=reference.population.mark,
            known=tuple(MarkType),
        ),
        field="population",
    )
