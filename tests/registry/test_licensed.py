"""Both sides of an act have the licence of that day, or a sentence says why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from armstrace.audit import ledger
from armstrace.licensing import actions as licensing
from armstrace.licensing import standing, terms
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Licence
from armstrace.records import jurisdiction
from armstrace.registry import queries
from armstrace.registry.actions import entering, happening, life, passing
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.licensing import (
    GroundClass,
    LicenceAct,
    LicenceType,
    Restriction,
)
from tests import builders
from tests.cast import LICENSING, NOW, REGISTRAR
from tests.licensing import desk
from tests.registry.at_desk import (
    happened,
    held_pistol,
    holder_of,
    licensed,
    pass_to,
    refused,
)

Kind = LifeEventKind
DAY = timedelta(days=1)
TODAY = NOW.date()
give = partial(pass_to, taker="P7", manner=Passing.INHERITANCE)


@pytest.fixture
def of_union(monkeypatch):
    monkeypatch.setattr(jurisdiction, "profile", lambda: profiles.load("eu"))


def permitted(
    quantity: int | None = None, licence: str = "POSSESS", categories: str = ""
) -> None:
    """License P7, a month ago, for so many arms."""
    at = NOW - 30 * DAY
    licensing.enter_holder(
        taken_over="county register, sheet 7",
        stated=stated(licence),
        by=REGISTRAR,
        at=at,
    )
    with ledger.entry("licence.issued", by=LICENSING, at=at) as entry:
        terms.say_anew(
            entry,
            number="L-P7",
            stage="ISSUED",
            quantity=quantity,
            categories=categories,
            decided_by="second.vfr",
        )


def stated(licence: str = "POSSESS", since: date = date(2020, 1, 1)) -> HolderInput:
    return HolderInput(
        "P7",
        "Gil Sample",
        licence_number="L-P7",
        licence_type=licence,
        valid_from=since,
        valid_until=date(2035, 1, 1),
    )


def restrict(act: Restriction, ground: GroundClass | None = None) -> None:
    licensing.restrict_licence(
        number="L-P7", act=act, ground=ground, reason="unsafe", by=LICENSING, at=NOW
    )


def pistols(*numbers: str) -> list[int]:
    """Put arms of the dealer D1 on record."""
    arms = builders.registered(*(builders.an_arm(n) for n in numbers))
    builders.a_life(
        *(
            builders.an_event(
                Kind.SOLD_TO_DEALER,
                "2020-03-01",
                number=f"E-{n}",
                arm_number=n,
                holder_to="D1",
            )
            for n in numbers
        )
    )
    return arms


def register(holder: str) -> None:
    told = entering.Entering(
        builders.an_arm(""),
        Kind.MANUFACTURED,
        date(2026, 5, 4),
        holder=holder,
        reason="the country is on the barrel",
    )
    entering.register_arm(entering=told, by=REGISTRAR, at=NOW)


@pytest.mark.django_db
def test_HO_02_who_makes_arms_has_a_licence_to_make_them() -> None:
    licensed("M9", "Licensed Maker", HolderKind.MANUFACTURER, "MANUFACTURE")
    licensed("D9", "Dealer", HolderKind.DEALER, "DEAL")

    refused("HO-02", lambda: register("D9"))
    register("M9")

    assert Arm.objects.get().holder.number == "M9"


@pytest.mark.django_db
def test_HO_02_a_dealer_without_a_licence_sells_no_arm_but_returns_it(
    of_union,
) -> None:
    builders.holders()
    (arm_id,) = pistols("A-1")
    licensed("P3", "Cy Sample", HolderKind.PERSON, "POSSESS")
    licensed("D3", "Second Dealer", HolderKind.DEALER, "DEAL")

    refused("HO-02", lambda: pass_to(arm_id, "P3", reason="the last one"))
    pass_to(arm_id, "D3", manner=Passing.RETURN_TO_DEALER)

    assert holder_of(arm_id) == "D3"


@pytest.mark.django_db
def test_HO_03_a_seller_without_a_licence_is_kept_with_the_reason(of_union) -> None:
    arm_id = held_pistol()
    refused("HO-03", lambda: pass_to(arm_id, "P3"))

    pass_to(arm_id, "P3", reason="sold out of an estate")

    assert "estate" in LifeEvent.objects.order_by("-pk").first().notes


@pytest.mark.django_db
def test_RS_03_a_day_to_come_is_refused_before_a_licence_is_asked_for(of_union) -> None:
    arm_id = held_pistol()

    refused("RS-03", lambda: pass_to(arm_id, "P3", happened_on=TODAY + DAY))


@pytest.mark.django_db
def test_HO_02_a_licence_for_two_arms_is_none_for_a_third(of_union) -> None:
    builders.holders()
    permitted(quantity=2)
    *two, third = pistols("A-1", "A-2", "A-3")
    for arm_id in two:
        give(arm_id)

    with pytest.raises(RuleBroken, match=r"L-P7 allows \(2\)") as broken:
        give(third, reason="one more")

    assert broken.value.rule == "HO-02"


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 1, 2])
def test_HO_02_an_arm_told_late_counts_with_those_that_came_since(
    days, of_union
) -> None:
    builders.holders()
    permitted(quantity=1)
    first, second = pistols("A-1", "A-2")
    give(first)

    refused("HO-02", lambda: give(second, happened_on=TODAY - days * DAY))


@pytest.mark.django_db
def test_HO_02_a_permit_to_acquire_is_used_up_though_the_arm_went_on(of_union) -> None:
    builders.holders()
    permitted(quantity=1, licence="ACQUIRE")
    licensed("D3", "Second Dealer", HolderKind.DEALER, "DEAL")
    first, second = pistols("A-1", "A-2")
    give(first)
    pass_to(first, "D3")

    refused("HO-02", lambda: give(second))


@pytest.mark.django_db
def test_HO_02_an_act_is_judged_by_the_terms_of_its_day(of_union) -> None:
    builders.holders()
    permitted()
    (arm_id,) = pistols("A-1")
    restrict(Restriction.SUSPEND, GroundClass.BREACH)

    refused("HO-02", lambda: give(arm_id))
    give(arm_id, happened_on=TODAY - DAY, reason="the contract is of that day")

    assert holder_of(arm_id) == "P7"


@pytest.mark.django_db
def test_HO_02_a_licence_renewed_from_today_held_yesterday_too(of_union) -> None:
    builders.holders()
    permitted()
    (arm_id,) = pistols("A-1")
    licensing.correct_holder(
        stated=stated(since=TODAY), reason="renewed", by=REGISTRAR, at=NOW
    )

    refused("HO-02", lambda: give(arm_id, happened_on=TODAY - 40 * DAY))
    give(arm_id, happened_on=TODAY - DAY)

    assert holder_of(arm_id) == "P7"


def renew(since: date, **terms: object) -> None:
    """Renew the licence of P7 by a law that asks for no vetting."""
    days = desk.granted(valid_from=since, valid_until=date(2041, 1, 1))
    told = {"holder": "P7", "quantity": None, "categories": ""} | terms
    at = NOW + min(since - TODAY, 0 * DAY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jurisdiction, "profile", lambda: profiles.load("protocol"))
        made = desk.decided(days, at=at, **told, **desk.again("L-P7"))
        desk.do(made, LicenceAct.ISSUE, at)


@pytest.mark.django_db
def test_HO_02_a_renewal_leaves_the_days_before_it_to_the_licence(of_union) -> None:
    builders.holders()
    licensing.enter_holder(
        taken_over="county register, sheet 7", stated=stated(), by=REGISTRAR, at=NOW
    )
    first, second = pistols("A-1", "A-2")
    renew(TODAY, quantity=1)
    give(first, happened_on=TODAY - DAY)

    with pytest.raises(RuleBroken, match=r"L-P7 allows \(1\)"):
        give(second)
    give(second, happened_on=TODAY - DAY)

    assert {holder_of(each) for each in (first, second)} == {"P7"}


@pytest.mark.django_db
def test_HO_02_a_permit_used_up_since_its_renewal_was_free_before(of_union) -> None:
    builders.holders()
    permitted(quantity=1, licence="ACQUIRE")
    first, second = pistols("A-1", "A-2")
    renew(TODAY - DAY, activity=LicenceType.ACQUIRE, quantity=1)
    give(first, happened_on=TODAY - DAY)

    refused("HO-02", lambda: give(second))
    give(second, happened_on=TODAY - 2 * DAY)

    assert holder_of(second) == "P7"


@pytest.mark.django_db
def test_a_licence_renewed_from_a_later_day_is_in_force_until_then() -> None:
    builders.holders()
    licensing.enter_holder(
        taken_over="county register, sheet 7", stated=stated(), by=REGISTRAR, at=NOW
    )
    renew(TODAY + 30 * DAY)
    held = list(Licence.objects.current().filter(number="L-P7"))

    assert standing.in_force(held, TODAY)
    assert standing.in_force(held, date(2040, 1, 1))
    assert not standing.in_force(held, date(2019, 1, 1))
    restrict(Restriction.SUSPEND, GroundClass.BREACH)
    assert not standing.in_force(held, TODAY)


@pytest.mark.django_db
def test_HO_02_a_correction_names_no_holder_without_a_licence(of_union) -> None:
    builders.holders()
    permitted(quantity=1)
    (arm_id,) = pistols("A-1")
    give(arm_id)
    event = life.OfLife(arm_id, LifeEvent.objects.order_by("-pk").first().pk)
    correct = partial(
        life.correct_event, event=event, reason="misread", by=REGISTRAR, at=NOW
    )

    refused("HO-02", lambda: correct(changes={"holder_to": "P2"}))
    correct(changes={"happened_on": TODAY - DAY})

    assert holder_of(arm_id) == "P7"


@pytest.mark.django_db
def test_HO_03_a_reason_to_correct_is_no_reason_to_pass_an_arm() -> None:
    builders.holders()
    (arm_id,) = pistols("A-1")
    pass_to(arm_id, "P1", reason="the licence is on paper")
    event = life.OfLife(arm_id, LifeEvent.objects.order_by("-pk").first().pk)
    correct = partial(
        life.correct_event, event=event, reason="misread", by=REGISTRAR, at=NOW
    )

    refused("HO-03", lambda: correct(changes={"holder_to": "P2"}))
    correct(changes={"holder_to": "P2", "notes": "this one is on paper too"})

    assert holder_of(arm_id) == "P2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "hour", "day"),
    [("Pacific/Auckland", 20, 25), ("America/Bogota", 3, 23)],
)
def test_the_day_of_an_act_is_that_of_this_country(of_union, settings, zone, hour, day):
    settings.TIME_ZONE = zone
    builders.holders(NOW - 30 * DAY)
    permitted()
    (arm_id,) = pistols("A-1")
    at, today = datetime(2026, 11, 24, hour, tzinfo=UTC), date(2026, 11, day)
    licensing.correct_holder(
        stated=replace(stated(), valid_until=today - DAY),
        reason="it ended at midnight",
        by=REGISTRAR,
        at=at,
    )

    def pass_on(on: date) -> None:
        handover = passing.Handover(Passing.INHERITANCE, "P7", on)
        passing.pass_arm(arm_id=arm_id, handover=handover, by=REGISTRAR, at=at)

    refused("HO-02", lambda: pass_on(today))
    refused("RS-03", lambda: pass_on(today + DAY))
    pass_on(today - DAY)

    assert holder_of(arm_id) == "P7"


@pytest.mark.django_db
def test_LC_17_what_happened_today_here_is_not_of_tomorrow(settings) -> None:
    settings.TIME_ZONE = "Pacific/Auckland"
    arm_id = held_pistol()
    late = datetime(2026, 11, 24, 20, tzinfo=UTC)
    lost = happened(Kind.LOST, happened_on=date(2026, 11, 25))

    happening.report_loss(arm_id=arm_id, happening=lost, by=REGISTRAR, at=late)

    assert Arm.objects.get(pk=arm_id).state == "LOST"


@pytest.mark.django_db(transaction=True)
def test_what_is_lacking_is_told_without_holding_up_anybody() -> None:
    arm_id = held_pistol()
    page = queries.arm_page(arm_id, viewer=REGISTRAR)

    how = Passing.SALE, TODAY
    told = queries.lacking_to_pass(page, ("", "P3"), how, viewer=REGISTRAR, at=NOW)

    assert all("licence" in str(each) for each in told)
