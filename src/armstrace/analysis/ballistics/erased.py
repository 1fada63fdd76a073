"""Which registered arm an arm with erased marks may be: marks and shots together.

Marks give each registered arm a probability, and one to the arm's being none of them
(``matching``). A test fire compared with the test fires of registered arms gives
likelihood ratios. They are joined so:

* **Class counts once.** Calibre, maker, breech-face pattern and firing-pin shape follow
  from make and model, which the marks have weighed already. They narrow searches and
  are never a factor here. A ratio comes from a reference set of the same maker and
  calibre, so it says something beyond the class, and is multiplied with the marks.
* **Ratios of one pair of arms are averaged, never multiplied.** Breech face and firing
  pin of one shot, or two shots through one slide, are not independent, and how they
  depend is not known. The mean of likelihood ratios is again a statistic of mean at
  most one where the sources differ, whatever the dependence; a product is not.
* **A part may have been exchanged.** A mark speaks of a slide or firing pin. With the
  share ``EXCHANGED`` of arms the part is not the one that was test-fired, and then the
  ratio says nothing: ``(1 - EXCHANGED) * ratio + EXCHANGED``. Disagreement can
  therefore not exclude an arm. The share was set by hand, not measured.
* **Absence keeps its weight**: "none of the registered arms" and "a registered arm that
  is not listed" are weighed with a ratio of one, and all shares sum to one.
* **Without a ratio there is no factor.** Where no reference set fits, cells are shown
  and the probability stays what the marks gave.
* **What two examiners concluded is not a probability.** A confirmed identification puts
  the arm above all others, a confirmed elimination beneath them, and the probability
  beside it stays what it was.

Source:
    V. Vovk, R. Wang, "E-values: calibration, combination and applications", Annals of
    Statistics 49 (2021), for the mean under any dependence.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
EXCHANGED = 0.1


class Standing(IntEnum):
    """What two examiners concluded of an arm; the lower stands first."""

    IDENTIFIED = 0
    OPEN = 1
    ELIMINATED = 2


@dataclass(frozen=True, slots=True)
class Shot:
    """One comparison of the recovered arm's mark with a registered arm's."""

    # Which marks, such as ``Breech face B4 with B9``.
    marks: Message
    congruent_cells: int
    # Likewise.
    cells: int
    # Within the bounds of its set; None where no set fits.
    log10_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one registered arm."""

    # Probability by its marks; None where marks do not list it.
    by_marks: float | None = None
    # Comparisons with its test fires.
    shots: tuple[Shot, ...] = ()
    # What two examiners concluded.
    standing: Standing = Standing.OPEN
    marks_words: Message | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """What is not a listed arm, by the marks."""

    # Probability that the arm is not in the register.
    absent: float
    # That it is a registered arm that is not listed.
    others: float = 0.0
    # How many registered arms the marks do not list.
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """A registered arm in the joined list."""

    arm: int
    # By marks and shots together, 0 to 1.
    probability: float
    # By marks alone.
    by_marks: float
    # Mean ratio of its shots after exchange; None where none counts.
    log10_ratio: float | None
    # What two examiners concluded.
    standing: Standing
    # Sentences, marks first.
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class JoinedList:
    """The joined list, and what remains unknown."""

    # Identified first, then by probability, eliminated last.
    arms: tuple[Joined, ...]
    # Probability that the arm is in no record here.
    absent: float
    # That it is a registered arm that is not listed.
    others: float
    # Sentences on what the list does not know.
    unknown: tuple[Message, ...]
    # Its arms for and against which no shot speaks, in its order.
    silent: tuple[int, ...] = ()


def join(
    arms: Mapping[int, Evidence], rest: Rest, *, exchanged: float = EXCHANGED
) -> JoinedList:
    """Join marks and shots into one list.

    An arm that only its shots name takes an equal part of ``rest.others``.

    Raises:
        ValueError: ``exchanged`` is not between 0 and 1.

    Source:
        See the module. Limits of use: it orders what to look at and proves nothing;
        ``limits.LIMITS`` hold for every ratio in it.
    """
    if not 0 < exchanged <= 1:
        raise ValueError("the share of exchanged parts lies above 0 and up to 1")
    unnamed = sum(1 for one in arms.values() if one.by_marks is None)
    part = rest.others / max(rest.unlisted, unnamed, 1)
    left = max(rest.others - part * unnamed, 0.0)
    priors = {
        arm: part if one.by_marks is None else one.by_marks for arm, one in arms.items()
    }
    ratios = {arm: mean_ratio(one.shots, exchanged) for arm, one in arms.items()}
    weights = {arm: priors[arm] * (ratios[arm] or 1.0) for arm in arms}
    total = math.fsum([*weights.values(), rest.absent, left]) or 1.0
    joined = [
        Joined(
            arm,
            weights[arm] / total,
            priors[arm],
            _log10(ratios[arm]),
            one.standing,
            _why(one, ratios[arm]),
        )
        for arm, one in arms.items()
    ]
    joined.sort(key=lambda one: (one.standing, -one.probability, one.arm))
    unknown = _unknown(list(arms.values()), rest.absent / total, left / total)
    silent = tuple(one.arm for one in joined if not arms[one.arm].shots)
    return JoinedList(tuple(joined), rest.absent / total, left / total, unknown, silent)


def mean_ratio(shots: Sequence[Shot], exchanged: float) -> float | None:
    """Give the mean likelihood ratio of shots, lessened for exchanged parts.

    Returns:
        The ratio, at least ``exchanged``; None where no shot has one.
    """
    told = [10.0**one.log10_ratio for one in shots if one.log10_ratio is not None]
    if not told:
        return None
    return (1 - exchanged) * math.fsum(told) / len(told) + exchanged


def _log10(ratio: float | None) -> float | None:
    return None if ratio is None else math.log10(ratio)


def _why(one: Evidence, ratio: float | None) -> tuple[Message, ...]:
    marks = one.marks_words or message("The marks do not name this arm.")
    shots = [_shot_words(shot) for shot in one.shots]
    if ratio is not None:
        count = sum(1 for shot in one.shots if shot.log10_ratio is not None)
        shots.append(
            SAID.say("WEIGHED_BY_MEAN", log10=f"{math.log10(ratio):.2f}", count=count)
        )
    said = {
        Standing.IDENTIFIED: [message("Two examiners identified the part.")],
        Standing.ELIMINATED: [
            message("Two examiners eliminated the part, not the arm.")
        ],
        Standing.OPEN: [],
    }
    return (marks, *shots, *said[one.standing])


def _shot_words(shot: Shot) -> Message:
    if shot.log10_ratio is None:
        return SAID.say(
            "UNWEIGHED_PAIR",
            pair=shot.marks,
            congruent=shot.congruent_cells,
            cells=shot.cells,
        )
    return SAID.say(
        "WEIGHED_PAIR",
        pair=shot.marks,
        congruent=shot.congruent_cells,
        cells=shot.cells,
        log10=f"{shot.log10_ratio:.2f}",
    )


def _unknown(
    arms: Sequence[Evidence], absent: float, others: float
) -> tuple[Message, ...]:
    sentences = [
        SAID.say("NONE_OF_THEM", absent=f"{absent:.1%}", others=f"{others:.1%}"),
    ]
    silent = sum(1 for one in arms if not one.shots)
    if silent:
        sentences.append(SAID.say("SILENT_ARMS", silent=silent, arms=len(arms)))
    if any(shot.log10_ratio is None for one in arms for shot in one.shots):
        sentences.append(
            message("Comparisons without a reference set are not weighed.")
        )
    sentences.append(SAID.say("PART_MOVED"))
    return tuple(sentences)
