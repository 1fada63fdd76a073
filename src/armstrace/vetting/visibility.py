"""Until when other States see a refusal, and by when it is reviewed."""

from datetime import date

from armstrace.vetting.inputs import RefusalInput
from armstrace.vocabulary.profiles import CountedFrom, Profile, RecordClass
from armstrace.vocabulary.vetting import Duration


def review_by(told: RefusalInput, law: Profile) -> date | None:
    """Give the last day of the next review; None where none is asked.

    Args:
        law: The jurisdiction profile; its retention of refusals is the period.

    Source:
        Delegated Regulation (EU) 2021/1423, art. 4(3) to (5).
    """
    ends = told.ends_on if told.duration is Duration.FIXED_END else date.max
    is_over = told.revoked_on is not None or told.is_annulled
    if is_over or ends is None or told.duration is Duration.NEITHER:
        return None
    due = _later(told, told.confirmed_on or told.decided_on, law)
    return due if due is not None and due <= ends else None


def visible_until(told: RefusalInput, law: Profile) -> date | None:
    """Give the last day on which other States see a refusal; None where never.

    An annulled decision is taken out, and one from before the law is not exchanged.
    A review that is missed ends it, which recording the review puts right.

    Source:
        Delegated Regulation (EU) 2021/1423, arts. 1, 4(1), 5.
    """
    if told.is_annulled:
        return None
    if told.revoked_on is not None:
        return _later(told, told.revoked_on, law)
    review = review_by(told, law)
    if told.duration is Duration.FIXED_END and review is not None:
        return review
    days = (told.decided_on, told.confirmed_on, told.ends_on)
    return _later(told, max(day for day in days if day is not None), law)


def _later(told: RefusalInput, day: date, law: Profile) -> date | None:
    counted = {CountedFrom.RECORD: day}
    return law.kept_until(RecordClass.REFUSAL, counted, told.decided_on)
