"""Runs, results and pairs as their pages and files show them."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.rank import Candidate
from armstrace.recoveries import queries
from armstrace.translation import translate
from armstrace.vocabulary.matching import Agreement, MatchAgainst, MatchQuestion
from armstrace.vocabulary.tracing import Judgement
from armstrace.web import jobs
from armstrace.web.drawing import aligned, waterfall
from armstrace.web.marks import candidates

WORDS_OF = {
    Judgement.SAME: "confirmed",
    Judgement.DIFFERENT: "refused",
    Judgement.UNSURE: "waiting",
    Judgement.WITHDRAWN: "",
}
EXPORTED = (
    "recovery", "recovered_on", "question", "found", "probability",
    "probability_sibling", "probability_none", "reported_lost_or_stolen",
    "in_one_procedure", "serial_read", "serial_found", "make_read", "make_found", "why",
    "note", "changed_since", "judgement", "judged_by", "reason", "model_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run with its job."""

    card: queries.RunCard
    job: jobs.JobShown


@dataclass(frozen=True, slots=True)
class Tab:
    """The results of one question of a run."""

    question: MatchQuestion
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What was found: an arm of the register or an earlier recovery."""

    reference: str
    url_name: str
    identity: int
    make: str
    model: str
    calibre: str
    serial: str


@dataclass(frozen=True, slots=True)
class RowShown:
    """One result of a run."""

    row: queries.FoundRow
    found: Counterpart | None
    note: str
    said_words: str
    said_meaning: str
    judge_address: str


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two recoveries compared field by field."""

    columns: tuple[aligned.Column, ...]
    serial_words: str
    fields: tuple[candidates.Compared, ...]
    waterfall: waterfall.Waterfall | None


def run(card: queries.RunCard) -> RunShown:
    """Give a run with its state in words."""
    shown = jobs.present(
        card.job,
        address=reverse("matching-run", args=[card.id]),
        go_on=reverse("matching-go-on", args=[card.id]),
    )
    return RunShown(card, shown)


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


def row(found: queries.FoundRow) -> RowShown:
    """Give a result with what people said of it."""
    said = found.said
    return RowShown(
        row=found,
        found=counterpart(found),
        note=translate(found.note),
        said_words=gettext(said.verdict.label) if said else "",
        said_meaning=WORDS_OF[said.judgement] if said else "",
        judge_address=_judge_address(found),
    )


def _judge_address(found: queries.FoundRow) -> str:
    """Give where a decision on a result is sent; "" where nothing was found."""
    recovery_id = found.recovery.recovery_id
    if found.arm is not None:
        return reverse("recovery-judge", args=[recovery_id, found.arm.arm_id])
    if found.earlier is not None:
        return reverse("pair", args=[recovery_id, found.earlier.recovery_id])
    return ""


def counterpart(found: queries.FoundRow) -> Counterpart | None:
    """Give what was found for a recovery; None for nothing."""
    if found.arm is not None:
        arm = found.arm
        return Counterpart(
            arm.reference,
            "arm",
            arm.arm_id,
            arm.make,
            arm.model,
            arm.calibre,
            arm.serial_as_marked,
        )
    if found.earlier is not None:
        one = found.earlier
        return Counterpart(
            one.reference,
            "recovery",
            one.recovery_id,
            one.make,
            one.model,
            one.calibre,
            one.serial_as_marked,
        )
    return None


def export_row(found: queries.FoundRow, model: str) -> tuple[object, ...]:
    """Give a row of the exported results."""
    other, said = counterpart(found), found.said
    return (
        found.recovery.reference,
        found.recovery.recovered_on,
        found.question.value,
        other.reference if other else "",
        round(found.probability, 6) if other else None,
        round(found.probability_sibling, 6) if found.earlier else None,
        found.probability_absent,
        "yes" if found.is_reported else "no",
        "yes" if found.in_one_procedure else "no",
        found.recovery.serial_as_marked,
        other.serial if other else "",
        found.recovery.make,
        other.make if other else "",
        translate(found.why),
        translate(found.note),
        "yes" if found.is_stale else "no",
        said.judgement.value if said else "",
        said.judged_by if said else "",
        said.reason if said else "",
        model,
    )


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
