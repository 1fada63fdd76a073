"""Rules of ballistics that need no database."""

from datetime import date

from armstrace.ballistics.inputs import (
    ConclusionInput,
    MarkInput,
)
from armstrace.vocabulary.ballistics import MarkOrigin, Verdict
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.sources import Source

DESIGN = Source("design", "ballistics")
PAPER = Source("paper-2018", "paras. 37 and 61")
NO_REASON = "A correction needs a reason; write why the record changes."


def require_one_owner(stated: MarkInput) -> None:
    """Refuse a mark that belongs to nothing, or to two things.

    Raises:
        RuleBroken: ``BL-01``; ``BL-02`` for a mark of a registered arm that is no
            test fire.
        InvalidInput: An exhibit has a day on which it was test-fired.

    Source:
        Background paper (2018), paras. 37 and 61.
    """
    if (stated.recovery_id is None) == (stated.arm_id is None):
        msg = (
            "A mark belongs to one recovery or is a test fire of one registered arm; "
            "name one of the two."
        )
        raise RuleBroken("BL-01", msg, source=PAPER)
    if stated.arm_id is not None and stated.origin is not MarkOrigin.TEST_FIRE:
        msg = "A mark of a registered arm is a test fire; name the recovery otherwise."
        raise RuleBroken("BL-02", msg, source=PAPER)
    if stated.fired_on is not None and stated.origin is not MarkOrigin.TEST_FIRE:
        msg = "Only a test fire has a day on which it was fired; leave the day out."
        raise InvalidInput(msg, field="fired_on")


def require_past(
    fired_on: date | None, calibrated_on: date | None, *, today: date
) -> None:
    """Refuse days to come.

    Raises:
        InvalidInput: The mark was fired, or the instrument calibrated, after today.

    Source:
        Rule of this design.
    """
    days = {"fired_on": fired_on, "calibrated_on": calibrated_on}
    for name, day in days.items():
        if day is not None and day > today:
            msg = f"{day.isoformat()} is still to come; check the year."
            raise InvalidInput(msg, field=name)


def require_unaltered(name: str, *, is_altered: bool, accepted_because: str) -> None:
    """Refuse a scan whose points differ from their checksum.

    Raises:
        RuleBroken: ``BL-03``, no examiner gave a reason to accept them.

    Source:
        ISO 25178-72 (checksum of the points); rule of this design.
    """
    if is_altered and not accepted_because.strip():
        msg = (
            f"The points of {name} differ from their checksum, so they are not those "
            "that the instrument wrote; copy the file again, or give the reason why "
            "it is accepted."
        )
        raise RuleBroken("BL-03", msg, source=DESIGN)


def require_own_scan(name: str, others: list[str], *, accepted_because: str) -> None:
    """Refuse a scan that a mark of another recovery or arm has.

    Args:
        name: The file.
        others: Those marks.
        accepted_because: Why it is used all the same.

    Raises:
        RuleBroken: ``BL-11``, no examiner gave a reason.

    Source:
        Rule of this design: one scan shows one exhibit.
    """
    if others and not accepted_because.strip():
        msg = (
            f"{name} is the very scan of {', '.join(others)}, and one scan cannot come "
            "from two exhibits; enrol the right file, or give the reason why it is "
            "accepted."
        )
        raise RuleBroken("BL-11", msg, source=DESIGN)


def require_reasoned(reason: str) -> None:
    """Refuse a correction without a reason.

    Raises:
        InvalidInput: The reason is empty.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    if not reason.strip():
        raise InvalidInput(NO_REASON, field="reason")


def require_comparable(first_type: str, second_type: str, *, is_same: bool) -> None:
    """Refuse to compare a mark with itself or with a mark of another type.

    Raises:
        RuleBroken: ``BL-04``.

    Source:
        Rule of this design: a mark speaks of the part that left it alone.
    """
    if is_same or first_type != second_type:
        msg = "Two different marks of one type are compared; choose another mark."
        raise RuleBroken("BL-04", msg, source=DESIGN)


def require_grounds(stated: ConclusionInput) -> None:
    """Refuse a conclusion without its reason or its comparison.

    Raises:
        RuleBroken: ``BL-05`` no reason; ``BL-06`` an identification without a kept
            comparison.

    Source:
        Rule of this design: a score selects, an examiner decides and says why.
    """
    if not stated.reason.strip():
        msg = "A conclusion is given with its reason; write what decided it."
        raise RuleBroken("BL-05", msg, source=DESIGN)
    if stated.verdict is Verdict.IDENTIFICATION and stated.comparison_id is None:
        msg = "An identification rests on a kept comparison; compare the marks first."
        raise RuleBroken("BL-06", msg, source=DESIGN)


def require_another_examiner(first: str, second: str) -> None:
    """Refuse a review by the examiner who concluded.

    Raises:
        RuleBroken: ``BL-07``.

    Source:
        Rule of this design: two examiners, each for themselves.
    """
    if first == second:
        msg = "The second examiner is another person than the first; ask a colleague."
        raise RuleBroken("BL-07", msg, source=DESIGN)


def require_review_reason(reason: str) -> None:
    """Refuse a review without a reason.

    Raises:
        RuleBroken: ``BL-05``.

    Source:
        Rule of this design.
    """
    if not reason.strip():
        msg = "A conclusion is given with its reason; write what decided it."
        raise RuleBroken("BL-05", msg, source=DESIGN)


def require_removal_reason(reason: str) -> None:
    """Refuse to remove a link without a reason.

    Raises:
        RuleBroken: ``BL-08``.

    Source:
        Rule of this design: a link is removed by a new record that says why.
    """
    if not reason.strip():
        msg = "A link is removed with a reason; write why it no longer stands."
        raise RuleBroken("BL-08", msg, source=DESIGN)


def another_run(reference: str) -> RuleBroken:
    """Make the refusal of a search that another run has taken over.

    Source:
        Rule of this design: ``BL-09``.
    """
    msg = f"Another run goes on with {reference}; wait until it is done."
    return RuleBroken("BL-09", msg, source=DESIGN)


def require_method(found: str, used: str, name: str) -> None:
    """Refuse a reference set whose counts another method gave.

    Raises:
        RuleBroken: ``BL-10``.

    Source:
        Rule of this design: a ratio speaks for the method that was tested.
    """
    if found != used:
        msg = (
            f"{name} holds counts of the method “{found or 'not known'}”, and this "
            f"program counts by “{used}”; compare its pairs with this program."
        )
        raise RuleBroken("BL-10", msg, source=DESIGN)
