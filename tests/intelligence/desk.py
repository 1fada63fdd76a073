"""An investigator's desk: people, subjects and links with what they need."""

from datetime import timedelta

from armstrace.intelligence.actions import links, sameness, subjects
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.licensing.models import Holder
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.networks import (
    InformationGrade,
    LinkKind,
    NodeKind,
    SourceGrade,
)
from tests import cast

INVESTIGATOR = cast.actor(Role.INVESTIGATOR, "VNP", Purpose.INVESTIGATION)
OTHER_INVESTIGATOR = cast.actor(Role.INVESTIGATOR, "VCG", Purpose.INVESTIGATION)
CUSTOMS = cast.actor(Role.CUSTOMS, "VCG", Purpose.INVESTIGATION)
PROSECUTOR = cast.actor(Role.PROSECUTOR, "VPO", Purpose.INVESTIGATION)
TODAY = cast.NOW.date()
SOON = TODAY + timedelta(days=1)
LATER = TODAY + timedelta(days=365)


def provenance(**changes):
    stated = {
        "source": "witness statement 7",
        "review_on": LATER,
        "source_grade": SourceGrade.B,
        "information_grade": InformationGrade.KNOWN_TO_SOURCE,
    }
    return Provenance(**(stated | changes))


def a_subject(name="Ama Sample", kind=NodeKind.PERSON, **changes):
    graded = {
        each: changes.pop(each)
        for each in ("source", "review_on", "handling", "restriction")
        if each in changes
    }
    return SubjectInput(kind, name, provenance(**graded), **changes)


def subject(name="Ama Sample", kind=NodeKind.PERSON, by=INVESTIGATOR, **changes):
    return subjects.record_subject(
        stated=a_subject(name, kind, **changes), by=by, at=cast.NOW
    )


def a_link(start, end, kind=LinkKind.ASSOCIATE_OF, **changes):
    graded = {
        each: changes.pop(each)
        for each in ("source", "review_on", "handling", "restriction")
        if each in changes
    }
    return LinkInput(str(start), str(end), kind, provenance(**graded), **changes)


def link(start, end, kind=LinkKind.ASSOCIATE_OF, by=INVESTIGATOR, **changes):
    return links.assert_link(
        stated=a_link(start, end, kind, **changes), by=by, at=cast.NOW
    )


def judge(first, second, judgement=Sameness.SAME, by=INVESTIGATOR, **changes):
    given = {"reason": "same paper"} | changes
    return sameness.judge_sameness(
        first=str(first),
        second=str(second),
        judgement=judgement,
        by=by,
        at=cast.NOW,
        **given,
    )


def holder(number):
    """Give the number here of a holder of the register."""
    return Holder.objects.get(number=number).reference
