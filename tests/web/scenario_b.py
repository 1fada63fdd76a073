"""A record of each kind that scenario B adds, for pages that show one by its number."""

from armstrace.accounts import actors
from armstrace.intelligence.actions import links, subjects
from armstrace.investigations.actions import entries, opening
from armstrace.investigations.inputs import NewCase
from armstrace.procedures.actions import following
from armstrace.procedures.models import Step
from armstrace.vocabulary.investigations import Aim
from tests import cast
from tests.intelligence import desk as intelligence
from tests.investigations import desk as cases
from tests.risk import desk as risk
from tests.web import world


def numbers(people, recovery_id):
    """Record one of each; give what an address names it by."""
    by, at = actors.actor_for(people["ines"]), world.NOON
    given = NewCase(title="Pistols", aims=(Aim.DISRUPT,), why="three pistols of a make")
    case = opening.open_case(given=given, by=by, at=at)
    entry = entries.add_entry(case_id=case.pk, given=cases.a_phone(), by=by, at=at)
    one, other = (
        subjects.record_subject(stated=intelligence.a_subject(name), by=by, at=at)
        for name in ("Ama Sample", "Ben Sample")
    )
    stated = intelligence.a_link(one, other)
    link = links.assert_link(stated=stated, by=by, at=at)
    customs = actors.actor_for(people["carl"])
    (declared,) = risk.declare(risk.goods("X-1"), by=customs)
    following.follow_procedure(recoveries=[recovery_id], by=cast.SYSTEM, at=at)
    step = Step.objects.current().filter(recovery_id=recovery_id).first()
    return {
        "case_id": case.pk,
        "number": entry.number,
        "tab": "timeline",
        "subject_id": one.pk,
        "key": one.reference,
        "link_id": link.pk,
        "declaration_id": declared.pk,
        "step_id": step.pk,
        "slug": "event",
    }
