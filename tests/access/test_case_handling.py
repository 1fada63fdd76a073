"""Entries of cases: each role, need to know and handling code, sealed or not."""

import pytest
from django.test import Client

from armstrace.accounts import actors
from armstrace.intelligence.models import OPENED_BY
from armstrace.investigations.actions import entries, membership, opening
from armstrace.investigations.inputs import EntryInput, NewCase
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import Aim, EntryKind
from armstrace.vocabulary.networks import HandlingCode
from tests.access.test_matrix import ONE_A_ROLE, a_token
from tests.web import world

pytestmark = pytest.mark.django_db
TIP = "the canary sings at noon"
MEMBERS = ("ines", "paul")
PAGES = (
    "/cases/{case}/part/timeline/",
    "/cases/{case}/entries/1/",
    "/cases/{case}/print/",
    "/cases/{case}/",
)
API = ("/api/v1/cases/{case}/entries", "/api/v1/cases/{case}")


def a_case(people, code, *, is_sealed):
    """Let an investigator write down a tip, and a prosecutor join the case."""
    by, at = actors.actor_for(people["ines"]), world.NOON
    given = NewCase(title="Tips", aims=(Aim.DISRUPT,), why="a tip", is_sealed=is_sealed)
    case = opening.open_case(given=given, by=by, at=at)
    join = {"case_id": case.pk, "person": "paul", "reason": "charges"}
    membership.add_member(**join, by=by, at=at)
    tip = EntryInput(
        kind=EntryKind.EVENT,
        text=TIP,
        when=DateSpan.read("2026-01"),
        origin="a source",
        handling=code,
    )
    entries.add_entry(case_id=case.pk, given=tip, by=by, at=at)
    return case.pk


@pytest.mark.parametrize("is_sealed", [False, True])
@pytest.mark.parametrize("code", HandlingCode)
def test_an_entry_is_read_by_who_sees_its_case_and_may_read_its_code(
    at_desk, people, code, is_sealed
):
    case, wrong = a_case(people, code, is_sealed=is_sealed), []
    for name in ONE_A_ROLE:
        viewer = actors.actor_for(people[name])
        needs_to_know = name in MEMBERS or (
            not is_sealed and viewer.may_for("case.view", "PC-NORTE")
        )
        reads = needs_to_know and viewer.may_for(OPENED_BY[code], "PC-NORTE")
        programme = Client()
        programme.defaults["HTTP_AUTHORIZATION"] = f"Bearer {a_token(people[name])}"
        for client, pages in ((at_desk(name), PAGES), (programme, API)):
            told = [client.get(page.format(case=case)) for page in pages]
            texts = [each.content.decode() for each in told]
            if (TIP in texts[0]) != reads or (not reads and TIP in str(texts)):
                wrong.append((name, "reads" if reads else "reads it not"))
            if not needs_to_know and any(each.status_code == 200 for each in told):
                wrong.append((name, "needs not know"))
            is_held = needs_to_know and not reads
            if ("held back" in texts[-1] or '"held_back": [{' in texts[-1]) != is_held:
                wrong.append((name, "is told that it is held back"))

    assert wrong == []
