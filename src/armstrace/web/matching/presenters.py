"""Runs, results and pairs as their pages and files show them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.rank import Candidate
from armstrace.recoveries import queries
from armstrace.recoveries.queries.rows import RecoveryRow
from armstrace.registry.queries import ArmRow
from armstrace.translation import translate
from armstrace.vocabulary.matching import Agreement, MatchAgainst, MatchQuestion
from armstrace.vocabulary.tracing import Judgement
from armstrace.web import jobs
from armstrace.web.drawing import aligned, waterfall
from armstrace.web.lists import exports
from armstrace.web.marks import candidates

type Found = ArmRow | RecoveryRow

MEANINGS = {
    Judgement.SAME: "confirmed",
    Judgement.DIFFERENT: "refused",
    Judgement.UNSURE: "waiting",
    Judgement.WITHDRAWN: "",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """The results of one question of a run."""

    question: MatchQuestion
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two recoveries compared field by field."""

    columns: tuple[aligned.Column, ...]
    serial_words: str
    fields: tuple[candidates.Compared, ...]
    waterfall: waterfall.Waterfall | None


def job_of(card: queries.RunCard) -> jobs.JobShown:
    return jobs.present(
        card.job,
        address=reverse("matching-run", args=[card.id]),
        go_on=reverse("matching-go-on", args=[card.id]),
    )


def questions(card: queries.RunCard) -> tuple[MatchQuestion, ...]:
    """Give the questions that a run asks, that of the register first."""
    if card.against is MatchAgainst.ALL:
        return (MatchQuestion.REGISTRY, MatchQuestion.RECOVERIES)
    if card.against is MatchAgainst.RECOVERIES:
        return (MatchQuestion.RECOVERIES,)
    return (MatchQuestion.REGISTRY,)


def tabs(card: queries.RunCard, asked: QueryDict) -> list[Tab]:
    """Give a tab for each question of a run, the filters kept."""
    made = []
    for question in questions(card):
        kept = asked.copy()
        kept["question"] = question.value
        kept.pop("page", None)
        is_here = asked["question"] == question.value
        made.append(Tab(question, f"?{kept.urlencode()}", is_here=is_here))
    return made


def columns(model: str) -> exports.Columns:
    """Give the columns of the exported results of a run.

    Args:
        model: The version of its rates.
    """
    return {
        "recovery": "recovery.reference",
        "recovered_on": "recovery.recovered_on",
        "question": "question.value",
        "found": _found("reference"),
        "probability": lambda row: _round(row.probability, row.arm or row.earlier),
        "probability_sibling": lambda row: _round(row.probability_sibling, row.earlier),
        "probability_none": "probability_absent",
        "reported_lost_or_stolen": _yes_or_no("is_reported"),
        "in_one_procedure": _yes_or_no("in_one_procedure"),
        "serial_read": "recovery.serial_as_marked",
        "serial_found": _found("serial_as_marked"),
        "make_read": "recovery.make",
        "make_found": _found("make"),
        "why": lambda row: translate(row.why),
        "note": lambda row: translate(row.note),
        "changed_since": _yes_or_no("is_stale"),
        "judgement": lambda row: row.said.judgement.value if row.said else "",
        "judged_by": lambda row: row.said.judged_by if row.said else "",
        "reason": lambda row: row.said.reason if row.said else "",
        "model_version": lambda _: model,
    }


def _found(name: str) -> Callable[[queries.FoundRow], object]:
    return lambda row: getattr(row.arm or row.earlier, name, "")


def _yes_or_no(name: str) -> Callable[[queries.FoundRow], object]:
    return lambda row: "yes" if getattr(row, name) else "no"


def _round(probability: float, found: Found | None) -> float | None:
    return round(probability, 6) if found else None


def pair(one: Candidate | None, proposed: queries.Proposed | None) -> PairShown:
    """Give the comparison of two recoveries.

    Args:
        proposed: What a list said of them: its probability is what the bits sum up to.
    """
    if one is None:
        return PairShown((), "", (), None)
    steps, total = candidates.steps_of(one), gettext("in all")
    drawn = waterfall.draw(steps, total_name=total) if steps else None
    if drawn and proposed:
        chance = proposed.probability
        drawn = candidates.bits(one, chance, against=1 - chance, total=total)
    return PairShown(
        columns=aligned.columns(one.places),
        serial_words=translate(candidates.serial_words(one)),
        fields=candidates.compare_fields(one.evidence, _of_both),
        waterfall=drawn,
    )


def _of_both(one: Evidence) -> str:
    if one.agreement is Agreement.AGREES:
        return one.registered
    return gettext("%(later)s; in the earlier recovery %(earlier)s") % {
        "later": one.read or gettext("not known"),
        "earlier": one.registered or gettext("not known"),
    }
