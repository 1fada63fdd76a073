"""An arm kept after its holder's licence ended was not lawfully held any more."""

from datetime import date, timedelta

import pytest

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.tracing import queries
from armstrace.tracing.actions import findings
from armstrace.tracing.models import TraceFinding
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.licensing import GroundClass, Restriction
from tests import builders
from tests.cast import ANALYST, HOME, LICENSING, NOW, REGISTRAR
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
BOUGHT, FOUND = date(2016, 5, 1), NOW.date()
DAY = timedelta(days=1)


@remembered
def bought_pistol() -> None:
    """Put on record a pistol that P1 bought from D1."""
    builders.holders(NOW - 60 * DAY)
    builders.registered()
    sold = builders.an_event(
        LifeEventKind.SOLD_TO_HOLDER, str(BOUGHT), holder_from="D1", holder_to="P1"
    )
    builders.a_life(sold)


def licence_of_p1(until: date) -> None:
    stated = HolderInput(
        "P1",
        "Ama Sample",
        licence_number="L-P1",
        licence_type="POSSESS",
        valid_from=date(2016, 1, 1),
        valid_until=until,
    )
    at = NOW - 30 * DAY
    licensing.correct_holder(stated=stated, reason="licensed", by=REGISTRAR, at=at)


def restrict(act: Restriction) -> None:
    licensing.restrict_licence(
        number="L-P1",
        act=act,
        ground=GroundClass.BREACH,
        reason="unsafe",
        by=LICENSING,
        at=NOW - 20 * DAY,
    )


def traced(taken_from_is_holder: Known = Known.YES) -> TraceFinding:
    (recovery_id,) = builders.recovered(
        builders.a_recovery(
            recovered_on=FOUND, taken_from_is_holder=taken_from_is_holder
        )
    )
    findings.trace_at_home(
        recovery_ids=[recovery_id], home_country=HOME, by=ANALYST, at=NOW
    )
    shown = queries.trace_page(recovery_id, home_country=HOME, viewer=ANALYST)
    found = TraceFinding.objects.get()
    assert shown.chain.proposal is None or (
        shown.chain.proposal.kind == found.diversion_kind
    )
    return found


def test_an_arm_kept_after_the_licence_expired_was_diverted_then() -> None:
    bought_pistol()
    licence_of_p1(until=date(2020, 12, 31))

    found = traced()

    assert not found.is_lawfully_held
    assert found.diversion_kind == "LICENCE_ENDED"
    assert found.diversion_on == date(2021, 1, 1)
    assert found.last_lawful_holder.number == "P1"


def test_an_arm_kept_after_the_licence_was_revoked_was_diverted_then() -> None:
    bought_pistol()
    licence_of_p1(until=date(2030, 1, 1))
    restrict(Restriction.REVOKE)

    found = traced()

    assert found.diversion_kind == "LICENCE_ENDED"
    assert found.diversion_on == FOUND - 20 * DAY


def test_an_arm_bought_after_the_licence_ended_was_never_lawfully_held() -> None:
    bought_pistol()
    licence_of_p1(until=date(2016, 2, 1))

    assert traced().diversion_on == BOUGHT


@pytest.mark.parametrize("is_suspended", [False, True])
def test_an_arm_under_a_licence_that_has_not_ended_is_lawfully_held(
    is_suspended: bool,
) -> None:
    bought_pistol()
    licence_of_p1(until=date(2030, 1, 1))
    if is_suspended:
        restrict(Restriction.SUSPEND)

    assert traced().is_lawfully_held


def test_the_end_of_a_licence_says_nothing_of_an_arm_found_with_others() -> None:
    bought_pistol()
    licence_of_p1(until=date(2020, 12, 31))

    assert traced(Known.NO).diversion_kind == "HOLDER_SALE"
