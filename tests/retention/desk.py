"""A pistol that was sold and destroyed, a recovery, and the people who act."""

from dataclasses import replace
from datetime import UTC, date, datetime

from armstrace.retention import queries
from armstrace.retention.actions import erasing, holding
from armstrace.retention.inputs import HoldInput, KeptFilter
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.retention import KeptKind, KeptState
from tests import builders, cast

STATED = datetime(2020, 5, 4, 12, tzinfo=UTC)
LATER = datetime(2061, 1, 1, 12, tzinfo=UTC)
TODAY = LATER.date()
SUPERVISOR = cast.SUPERVISOR
SECOND = replace(SUPERVISOR, name="second.vfh")


def a_life(*more):
    """Put a pistol on record that maker, dealer and P1 had."""
    builders.holders(at=STATED)
    (arm_id,) = builders.registered(at=STATED)
    kind = LifeEventKind
    builders.a_life(
        builders.an_event(kind.MANUFACTURED, "2015-01-10", holder_to="M1"),
        builders.an_event(
            kind.SOLD_TO_DEALER, "2015-03-01", holder_from="M1", holder_to="D1"
        ),
        builders.an_event(
            kind.SOLD_TO_HOLDER,
            "2016-05-01",
            holder_from="D1",
            holder_to="P1",
            place="Hill",
            notes="sold to Ama Sample",
        ),
        *more,
        at=STATED,
    )
    return arm_id


def a_destroyed_pistol():
    """Put a pistol on record that was destroyed in 2019."""
    return a_life(builders.an_event(LifeEventKind.DESTROYED, "2019-06-01"))


def a_recovery(**changes):
    """Put a recovery of 2020 on record."""
    stated = builders.a_recovery(recovered_on=STATED.date(), **changes)
    (key,) = builders.recovered(stated, at=STATED)
    return key


def rows(kind, on=TODAY, *, state="", viewer=cast.SYSTEM):
    where = KeptFilter(KeptKind(kind).value, state)
    page = queries.kept_rows(where, viewer=viewer, page=PageRequest(), today=on)
    return list(page.rows)


def due(kind, on=TODAY, viewer=cast.SYSTEM):
    """Give the records of a kind that are due, with their last days."""
    found = rows(kind, on, state=KeptState.DUE.value, viewer=viewer)
    return [(each.number, each.until) for each in found]


def state_of(kind, key, on=TODAY):
    found = {each.record_id: each.state for each in rows(kind, on)}
    return found[key]


def propose(kind, *keys, by=SUPERVISOR, at=LATER, reason="The period is over."):
    return erasing.propose_erasure(kind=kind, keys=keys, reason=reason, by=by, at=at)


def decide(erasure, *, by=SECOND, at=LATER, agreed=True):
    return erasing.decide_erasure(
        erasure_id=erasure.pk, is_agreed=agreed, reason="I looked.", by=by, at=at
    )


def erase(kind, *keys, at=LATER):
    """Erase records as two people do."""
    return decide(propose(kind, *keys, at=at), at=at)


def hold(number, by=SUPERVISOR, at=STATED, review_on=date(2030, 1, 1)):
    given = HoldInput(number, "The case is before the court.", review_on, "O-7")
    return holding.place_hold(given=given, by=by, at=at)
