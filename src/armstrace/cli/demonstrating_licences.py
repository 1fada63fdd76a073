"""A licensing authority of the synthetic country: applications at every stage."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.analysis.synthetic.pictures import plate
from armstrace.cli.demonstrating_decisions import person
from armstrace.licensing import actions, queries
from armstrace.licensing.inputs import ApplicationInput, FileInput, Said
from armstrace.registry.actions import trading as reports_for
from armstrace.registry.queries import trading
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import (
    Department,
    DocumentKind,
    GroundClass,
    LicenceAct,
    LicenceType,
)
from armstrace.vocabulary.paging import PageRequest

APPLICANTS = 13
DEALERS = 50
GAP = timedelta(days=6)
ROAD = ("SEND", "ACCEPT", "VET", "POLICE", "SAFETY", "PROPOSE")
WAYS = (
    *(ROAD[:length] for length in range(len(ROAD) + 1)),
    (*ROAD, "DECIDE"),
    (*ROAD, "DECIDE", "ISSUE"),
    (*ROAD, "DENY", "REFUSE"),
    (*ROAD, "DENY", "REFUSE", "APPEAL"),
    ("SEND", "ASK"),
    ("SEND", "WITHDRAW"),
)
"""What was done with the applications of the demo, in turn."""
DECISIONS: Mapping[str, dict[str, Any]] = {
    "DECIDE": {"is_granted": True},
    "DENY": {"ground": GroundClass.RELIABILITY},
}


SAYS: Mapping[str, dict[str, Any]] = {
    "ASK": {"words": "Of which shooting club is the applicant a member?"},
    "PROPOSE": {"is_granted": True},
    "POLICE": {"words": "Nothing is known against the applicant."},
    "SAFETY": {"words": "The store was seen and is safe."},
    "WITHDRAW": {"reason": "The applicant asked for it by letter."},
    "DENY": {"reason": "The letters of the neighbours were not answered."},
    "REFUSE": {"reason": "The letters of the neighbours were not answered."},
    "APPEAL": {"reason": "The applicant answers the letters now."},
}
"""What is said at a step of an application of the demo."""


def issue_licences() -> None:
    """Take applications of people and dealers as far as each has come."""
    clerk, assessor = person("registrar"), person("licensing")
    decider = person("licensing2")
    begun = datetime.now(UTC) - timedelta(days=110)
    for kind, activity in (
        (HolderKind.PERSON, LicenceType.POSSESS),
        (HolderKind.DEALER, LicenceType.DEAL),
    ):
        found = queries.holder_rows(
            queries.HolderFilter(kind=kind),
            viewer=assessor,
            at=begun,
            page=PageRequest(1, APPLICANTS),
        )
        for number, (row, way) in enumerate(zip(found.rows, WAYS, strict=False)):
            at = begun + number * GAP / 2
            made = _draft(row.number, activity, clerk, at)
            for step in way:
                at = min(datetime.now(UTC), at + GAP)
                who = decider if step in DECISIONS else assessor
                _do(made, step, activity, {"by": who, "at": at})


def report_for_a_dealer() -> None:
    """Let the clerk of the trade report for a dealer who has arms in stock."""
    by, clerk, at = actors.system_actor(), person("registrar"), datetime.now(UTC)
    dealers = queries.holder_rows(
        queries.HolderFilter(kind=HolderKind.DEALER),
        viewer=by,
        at=at,
        page=PageRequest(1, DEALERS),
    )
    one = PageRequest(1, 1)
    for row in dealers.rows:
        if trading.stock_left(row.holder_id, viewer=by, page=one).rows:
            reports_for.assign_agency(
                agency="VDC",
                holder=row.number,
                reason="Its clerk signs in here.",
                by=clerk,
                at=at,
            )
            return


def _draft(holder: str, activity: LicenceType, by: Actor, at: datetime) -> int:
    given = ApplicationInput(
        holder=holder,
        activity=activity,
        purpose="Sport and trade of the demo",
        categories="B, C",
        quantity=3,
        storage="A safe of resistance grade 1",
        born_on=date(1985, 4, 2) if activity is LicenceType.POSSESS else None,
    )
    made = actions.draft_application(given=given, key=uuid4().hex, by=by, at=at)
    picture = plate([holder[:15]], seed=made.pk)
    actions.attach_document(
        application_id=made.pk,
        kind=DocumentKind.IDENTITY,
        file=FileInput(picture, "identity.png", settings.MEDIA_ROOT),
        by=by,
        at=at,
    )
    return made.pk


def _do(made: int, step: str, activity: LicenceType, how: dict[str, Any]) -> None:
    said = {"reason": "The papers are complete."} | SAYS.get(step, {})
    if step in list(Department):
        if step == Department.SAFETY and activity is not LicenceType.DEAL:
            return
        said["department"], step = Department(step), LicenceAct.HEAR
    if step in DECISIONS:
        said |= DECISIONS[step]
        step = LicenceAct.DECIDE
        if "is_granted" in said:
            begun = timezone.localdate(how["at"])
            said |= {"valid_from": begun, "valid_until": begun + timedelta(days=1826)}
    act = LicenceAct(step)
    actions.act_on_application(application_id=made, act=act, said=Said(**said), **how)
