"""How arms end in the synthetic country: lost in a depot, come back, handed in."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.analysis.synthetic import endings
from armstrace.analysis.synthetic.country import ENDS_ON
from armstrace.analysis.synthetic.pictures import plate
from armstrace.cli.demonstrating_decisions import person
from armstrace.collection import actions as collection
from armstrace.collection.inputs import CampaignInput, HandInInput
from armstrace.deactivations import actions
from armstrace.deactivations.inputs import DeactivationInput, VerificationInput
from armstrace.recoveries.actions import recording as recovering
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.registry import queries as registry
from armstrace.registry.queries import ArmRow
from armstrace.stockpiles.actions import counting, keeping
from armstrace.stockpiles.actions.counting import AnswerInput, CountInput
from armstrace.tracing.actions import findings
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.arms import ArmState, ArmType, PartType
from armstrace.vocabulary.collection import Amnesty, Identification, Incentive
from armstrace.vocabulary.custody import CountAnswer, CountFinding
from armstrace.vocabulary.deactivation import ArmKind, VerifiedCheck
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.stockpiles import CountKind, StockAct

SEED = 1
STORED, MONTHS, MONTH = 24, 12, timedelta(days=30)
DEACTIVATED, BROUGHT, LOOKED_AT = 4, 8, 80
# So long before the last day of the country the arms were deactivated that come back.
AGE = timedelta(days=40)
TRUTH = "demo-ends.jsonl"
SOURCE = "VARNIA-PATROLS"

type Fact = dict[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts in these stories, and when the last of them ends."""

    custodian: Actor
    officer: Actor
    registrar: Actor
    examiner: Actor
    supervisor: Actor
    now: datetime


def live_ends(seed: int = SEED) -> None:
    """Live the stories by the people who do them, and keep the truth apart."""
    desk = Desk(
        custodian=person("custodian"),
        officer=person("officer"),
        registrar=person("registrar"),
        examiner=person("examiner"),
        supervisor=person("supervisor", Purpose.TRACING),
        now=datetime.now(UTC),
    )
    told = [*keep_depot(desk, seed), *bring_back(desk, seed), *hand_in(desk, seed)]
    with (settings.HOME / TRUTH).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(fact) + "\n" for fact in told)


def _arms(desk: Desk, state: ArmState, before: date, many: int) -> list[ArmRow]:
    """Give arms of a whole number that have been so since before a day."""
    where = registry.ArmFilter(state=state, lowest_first=True)
    page = PageRequest(1, LOOKED_AT)
    rows = registry.arm_rows(where, viewer=actors.system_actor(), page=page).rows
    found = [
        row
        for row in rows
        if row.state_since
        and row.state_since < before
        and len(row.serial_as_marked) > 4
    ]
    return found[:many]


def keep_depot(desk: Desk, seed: int) -> Iterator[Fact]:
    """Keep a depot for a year and count it each month; give what is true of it."""
    begun = desk.now - (MONTHS + 1) * MONTH
    arms = _arms(desk, ArmState.HELD_STATE, timezone.localdate(begun), STORED)
    if not arms:
        return
    plan = endings.plan_depot(seed, len(arms), MONTHS)
    how: Any = {"by": desk.custodian, "at": begun}
    store = keeping.open_depot(name="Armoury of the north", **how)
    numbers = "\n".join(row.reference for row in arms)
    keeping.act_on_arms(
        depot_id=store.pk, act=StockAct.PLACED, text=numbers, reason="Hall 1", **how
    )
    for count in plan.counts:
        _count(store.pk, count, arms, desk)
    for place, row in enumerate(arms):
        month = plan.taken.get(place)
        on = timezone.localdate(begun + month * MONTH).isoformat() if month else ""
        # Whoever took it scans its label still.
        how = "COVERED" if month and place in plan.counts[-1].listed else ""
        number = row.reference
        yield {"what": "STORED", "number": number, "lost_on": on, "how": how}


def _count(
    depot_id: int, plan: endings.CountPlan, arms: Sequence[ArmRow], desk: Desk
) -> None:
    at = desk.now - (MONTHS + 1 - plan.month) * MONTH
    lines = [*(arms[place].reference for place in plan.listed), *plan.strange]
    stated = CountInput(
        kind=CountKind.PERIODIC, second=desk.officer.name, text="\n".join(lines)
    )
    made = counting.count_depot(
        depot_id=depot_id, stated=stated, by=desk.custodian, at=at
    )
    counting.sign_count(count_id=made.pk, by=desk.officer, at=at)
    if plan.explained:
        found = AnswerInput(
            finding=CountFinding.MISSING,
            answer=CountAnswer.EXPLAINED,
            explanation="It lay on the bench.",
            text="\n".join(arms[place].reference for place in plan.explained),
        )
        counting.answer_count(count_id=made.pk, stated=found, by=desk.officer, at=at)
    counting.report_unexplained(by=actors.system_actor(), at=at + timedelta(days=1))


def bring_back(desk: Desk, seed: int) -> Iterator[Fact]:
    """Deactivate pistols that fire again, and recover them among arms that live."""
    begun = min(desk.now, datetime.combine(ENDS_ON, time(9), UTC)) - AGE
    done = timezone.localdate(begun)
    rows = _arms(desk, ArmState.HELD_CIVILIAN, done, LOOKED_AT)
    done_so = (row for row in rows if _is_deactivated(row, desk, begun))
    pistols = list(islice(done_so, DEACTIVATED))
    others = [row for row in rows if row not in pistols][-len(pistols) :]
    both = [*pistols, *others]
    for seen in endings.plan_returns(seed, len(both)):
        row, on = both[seen.place], done + timedelta(days=seen.days)
        number = f"P-{seen.place + 1}"
        at = begun + timedelta(days=seen.days)
        stated = [_recovery(number, row, seen, on)]
        (made,) = recovering.record_recoveries(
            source=SOURCE, stated=stated, by=desk.officer, at=at
        )
        findings.trace_at_home(
            recovery_ids=[made.record_id],
            home_country=settings.HOME_COUNTRY,
            by=desk.supervisor,
            at=at,
        )
        what = "RETURNED" if row in pistols else "LIVE"
        yield _fact(what, number, on, seen)


def _fact(what: str, number: str, on: date, seen: endings.Seen) -> Fact:
    how = "CUT" if seen.cut else ""
    return {"what": what, "number": number, "on": on.isoformat(), "how": how}


def _is_deactivated(row: ArmRow, desk: Desk, at: datetime) -> bool:
    """Deactivate a pistol; tell whether its life let that happen."""
    if row.arm_type is not ArmType.PISTOL:
        return False
    parts = (
        *(PartType.FRAME_OR_RECEIVER, PartType.BARREL),
        *(PartType.SLIDE_OR_CYLINDER, PartType.BOLT_OR_BREECH_BLOCK),
    )
    stated = DeactivationInput(
        arm_id=row.arm_id,
        kind=ArmKind.PISTOL,
        performed_on=timezone.localdate(at),
        performed_by="Old Mill Gunsmiths",
        performer="J. Sample",
        parts=parts,
    )
    signed = VerificationInput(
        parts=parts,
        checks=tuple(VerifiedCheck),
        marked=parts,
        verified_by="Proof house of Varnia",
        signatory="V. Sample",
        title="Proof master",
        symbol="PV",
        reason="The licence was seen on paper.",
    )
    try:
        made = actions.record_deactivation(stated=stated, by=desk.registrar, at=at)
        actions.verify_deactivation(
            deactivation_id=made.pk, signed=signed, by=desk.examiner, at=at
        )
    except RuleBroken:
        return False
    return True


def _recovery(number: str, row: ArmRow, seen: endings.Seen, on: date) -> RecoveryInput:
    return RecoveryInput(
        number=number,
        recovery_kind=RecoveryKind.SEIZED,
        recovered_on=on,
        agency="VNP",
        description=Description(
            type=row.arm_type.label,
            make=row.make,
            model=row.model,
            calibre=row.calibre,
            serial=seen.read(row.serial_as_marked),
        ),
    )


def hand_in(desk: Desk, seed: int) -> Iterator[Fact]:
    """Run a campaign: arms that nobody misses, some stolen, some brought twice."""
    today = timezone.localdate(desk.now)
    given = CampaignInput(
        name="Spring collection",
        begins_on=today - 2 * MONTH,
        ends_on=today + MONTH,
        places="Town hall\nParish house",
        amnesty=Amnesty.TEMPORARY,
        identification=Identification.ANONYMOUS,
        incentive=Incentive.VOUCHER,
        currency="EUR",
        rates=f"PISTOL, 80, {today - 2 * MONTH}",
    )
    at = desk.now - MONTH
    campaign = collection.open_campaign(given=given, by=desk.custodian, at=at)
    stolen = _arms(desk, ArmState.STOLEN, timezone.localdate(at), BROUGHT // 2)
    lawful = _arms(desk, ArmState.HELD_CIVILIAN, timezone.localdate(at), LOOKED_AT)[
        :BROUGHT
    ]
    brought = [*((row, "STOLEN") for row in stolen), *((row, "ONCE") for row in lawful)]
    twice = [(row, "TWICE") for row, _ in brought[len(stolen) :: 2]]
    all_of_them = [*brought, *twice]
    for seen in endings.plan_returns(seed, len(all_of_them), stream=2):
        row, what = all_of_them[seen.place]
        kept = collection.take_in(
            campaign_id=campaign.pk,
            given=HandInInput(
                place="Town hall",
                arm_type=row.arm_type,
                make=f"{row.make} {row.model}".strip(),
                serial=seen.read(row.serial_as_marked),
                calibre=row.calibre,
            ),
            picture=plate([row.make[:15], f"No {seen.place}"], seed=seen.place),
            folder=settings.MEDIA_ROOT,
            by=desk.officer,
            at=at + timedelta(days=seen.days),
        )
        yield _fact(what, kept.reference, kept.day, seen)
