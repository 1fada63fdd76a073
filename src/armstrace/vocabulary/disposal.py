"""Words for what comes before an arm is disposed of, and for lots of destruction."""

from armstrace.vocabulary.codes import Code


class ConditionKind(Code):
    """What is decided or checked before an arm is disposed of."""

    TITLE = "TITLE", "confiscation or surrender"
    CLAIMS = "CLAIMS", "claims of owners and third parties"
    RELEASE = "RELEASE", "release as evidence"
    CHECK = "CHECK", "stolen check and trace decision"


class ConditionAnswer(Code):
    """What was decided or found."""

    CONFISCATED = "CONFISCATED", "confiscated"
    SURRENDERED = "SURRENDERED", "surrendered to the State"
    SURPLUS = "SURPLUS", "declared surplus"
    NOT_CONFISCATED = "NOT_CONFISCATED", "not confiscated"
    NO_CLAIM = "NO_CLAIM", "nobody claims it"
    CLAIM_ENDED = "CLAIM_ENDED", "claim refused or given up"
    CLAIM_OPEN = "CLAIM_OPEN", "a claim is open"
    CLAIM_UPHELD = "CLAIM_UPHELD", "a claim is upheld"
    NO_EVIDENCE = "NO_EVIDENCE", "never evidence in a case"
    RELEASED = "RELEASED", "released by court or prosecutor"
    STILL_EVIDENCE = "STILL_EVIDENCE", "still evidence"
    NOT_REPORTED = "NOT_REPORTED", "not reported lost or stolen"
    REPORTED = "REPORTED", "reported lost or stolen"


ANSWERS = {
    ConditionKind.TITLE: (
        ConditionAnswer.CONFISCATED,
        ConditionAnswer.SURRENDERED,
        ConditionAnswer.NOT_CONFISCATED,
    ),
    ConditionKind.CLAIMS: (
        ConditionAnswer.NO_CLAIM,
        ConditionAnswer.CLAIM_ENDED,
        ConditionAnswer.CLAIM_OPEN,
        ConditionAnswer.CLAIM_UPHELD,
    ),
    ConditionKind.RELEASE: (
        ConditionAnswer.NO_EVIDENCE,
        ConditionAnswer.RELEASED,
        ConditionAnswer.STILL_EVIDENCE,
    ),
    ConditionKind.CHECK: (ConditionAnswer.NOT_REPORTED, ConditionAnswer.REPORTED),
}
"""What can be the answer to each; that a State arm is surplus is said of no other."""
SURPLUS_ANSWERS = (ConditionAnswer.SURPLUS,)
BARS = frozenset({
    ConditionAnswer.NOT_CONFISCATED, ConditionAnswer.CLAIM_OPEN,
    ConditionAnswer.CLAIM_UPHELD, ConditionAnswer.STILL_EVIDENCE,
})  # fmt: skip
"""Answers with which an arm is not disposed of."""


class DestructionMethod(Code):
    """How a lot is destroyed: what is recorded, and never how it is done."""

    SHREDDED = "SHREDDED", "shredded"
    CUT = "CUT", "cut"
    SHEARED = "SHEARED", "sheared"
    CRUSHED = "CRUSHED", "crushed"
    MELTED = "MELTED", "melted"
    BURNED = "BURNED", "burned (ammunition)"


class PictureMoment(Code):
    """Whether a photograph of a lot was taken before or after."""

    BEFORE = "BEFORE", "before"
    AFTER = "AFTER", "after"
