"""Candidates as the pages show them: chances, aligned serials, bits."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.analysis.matching import explaining
from armstrace.analysis.matching.explaining import FIELD_WORDS, Evidence
from armstrace.analysis.matching.rank import Candidate, Ranking
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.translation import translate
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.matching import Agreement, MatchClass
from armstrace.vocabulary.messages import NOTHING, Message
from armstrace.vocabulary.tracing import Judgement
from armstrace.web.drawing import aligned, waterfall

LEAST = 1e-12
MEANINGS = {
    Judgement.SAME: "confirmed",
    Judgement.DIFFERENT: "refused",
    Judgement.UNSURE: "waiting",
}

SIGNS = {
    Agreement.AGREES: "agree",
    Agreement.CLOSE: "agree",
    Agreement.DIFFERS: "differ",
    Agreement.NOT_RECORDED: "unknown",
    Agreement.NOT_READ: "unknown",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A field beside the record: its sign, its name, its words."""

    sign: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """One row of the list of candidates."""

    arm_id: int
    reference: str
    title: str
    probability: float
    match_words: str
    taken_as: str
    columns: tuple[aligned.Column, ...]
    serial_words: str
    fields: tuple[Compared, ...]
    waterfall: waterfall.Waterfall
    meaning: str = ""
    judgement_words: str = ""
    judgement_reason: str = ""
    seen: int = 0
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class RankingShown:
    found: Ranking
    candidates: tuple[CandidateShown, ...]
    # No serial number was compared: the shares only say how many arms are alike.
    is_by_kind_only: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether a person decided on one of the candidates."""
        return any(one.meaning for one in self.candidates)


def shown(
    ranking: Ranking,
    arms: Mapping[int, registry.ArmRow],
    judged: Iterable[recoveries.Judged] = (),
) -> RankingShown:
    """Put a ranking into words and numbers of a page.

    Args:
        arms: The registered arms among the candidates, by identity.
    """
    words = {one.arm_id: one for one in judged}
    rows = [
        _candidate(one, arms[int(one.registry_id)], ranking, words)
        for one in ranking.candidates
        if int(one.registry_id) in arms
    ]
    return RankingShown(
        found=ranking,
        candidates=tuple(rows),
        is_by_kind_only=bool(rows) and not any(row.columns for row in rows),
    )


def _candidate(
    one: Candidate,
    arm: registry.ArmRow,
    ranking: Ranking,
    words: Mapping[int, recoveries.Judged],
) -> CandidateShown:
    last = words.get(arm.arm_id)
    said = last if last and last.judgement is not Judgement.WITHDRAWN else None
    return CandidateShown(
        arm_id=arm.arm_id,
        reference=arm.reference,
        title=_title(arm),
        probability=one.probability,
        match_words=gettext(one.match_class.label) if one.match_class else "",
        taken_as=translate(one.taken_as),
        columns=aligned.columns(one.places),
        serial_words=translate(serial_words(one)),
        fields=compare_fields(one.evidence),
        waterfall=bits(one, one.probability, against=ranking.probability_absent),
        meaning=MEANINGS[said.judgement] if said else "",
        judgement_words=gettext(said.judgement.label) if said else "",
        judgement_reason=said.reason if said else "",
        seen=last.seen if last else 0,
        is_refused=said is not None and said.judgement is Judgement.DIFFERENT,
    )


def _title(arm: registry.ArmRow) -> str:
    described = [gettext(arm.arm_type.label), arm.make, arm.model, arm.calibre]
    return " ".join(part for part in described if part)


def _values(one: Evidence) -> str:
    read, registered = (
        gettext(each.label) if isinstance(each, Code) else each for each in one.values
    )
    if one.agreement is Agreement.AGREES:
        return registered
    if one.agreement is Agreement.NOT_READ:
        return gettext("not read; registered as %(registered)s") % {
            "registered": registered or gettext("not known")
        }
    if one.agreement is Agreement.NOT_RECORDED:
        return gettext("read %(read)s; not in the record") % {"read": read}
    return gettext("read %(read)s, registered %(registered)s") % {
        "read": read,
        "registered": registered,
    }


def compare_fields(
    evidence: Iterable[Evidence], values: Callable[[Evidence], str] = _values
) -> tuple[Compared, ...]:
    """Say for each described field whether it agrees, differs or is not known.

    Args:
        values: Words the two values of a field.
    """
    return tuple(
        Compared(
            SIGNS[one.agreement],
            translate(FIELD_WORDS[one.field]),
            values(one),
        )
        for one in evidence
        if one.field != "serial"
    )


def serial_words(one: Candidate) -> Message:
    """Say how the two serials differ; nothing where there are not two."""
    serial = next((row for row in one.evidence if row.field == "serial"), None)
    if serial is None or one.match_class is None:
        return NOTHING
    if one.match_class is MatchClass.EXACT:
        return serial.said
    return explaining.serial_words(serial.differences)


def steps_of(one: Candidate) -> list[waterfall.Step]:
    """Give what each field adds."""
    return [
        waterfall.Step(translate(FIELD_WORDS[row.field]), row.bits, translate(row.said))
        for row in one.evidence
    ]


def bits(
    one: Candidate, probability: float, *, against: float, total: str = ""
) -> waterfall.Waterfall:
    """Draw the evidence as a waterfall that ends in the odds of a probability.

    Args:
        probability: That it is the same arm; what the evidence does not say of its
            odds is what was so before anything was compared.
        against: The probability of what it is weighed against.
        total: The name of the sum.
    """
    odds = math.log2(max(probability, LEAST) / max(against, LEAST))
    steps = [waterfall.Step(gettext("before comparing"), odds - one.bits)]
    steps += steps_of(one)
    return waterfall.draw(steps, total_name=total or gettext("against “none”"))
