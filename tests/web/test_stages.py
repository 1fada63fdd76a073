"""What the tables of stages do not have is refused on the pages as by the acts."""

import html

import pytest
from django.urls import reverse

from armstrace.licensing.actions.steps import ENTRIES as LICENCE_ACTS
from armstrace.licensing.rules import LICENSING
from armstrace.licensing.stages import MOVES as LICENCE_MOVES
from armstrace.transfers.actions.decisions import ENTRIES as TRANSFER_ACTS
from armstrace.transfers.rules import ARTICLE_10
from armstrace.transfers.stages import MOVES as TRANSFER_MOVES
from armstrace.vocabulary.licensing import LicenceAct
from tests.licensing import desk
from tests.licensing.test_stages import MADE
from tests.transfers import stages

pytestmark = pytest.mark.django_db
# Their forms offer nothing to choose where no question is open and nobody is heard.
OFFERED = {LicenceAct.ANSWER, LicenceAct.HEAR}
SAID = {
    "reason": "known to us",
    "words": "why?",
    "department": "POLICE",
    "is_granted": "no",
    "ground": "SECURITY",
    "cause": "QUESTION",
    "answer": "NO_OBJECTION",
}


def refused(page, act, rule, source):
    shown = html.unescape(page.content.decode())
    assert page.status_code == 409, (act, page.status_code)
    assert f"“{act.label}” is possible only at" in shown
    assert "may be done now" in shown
    assert f"Rule {rule}: {source}" in shown


@pytest.mark.parametrize("stage", MADE)
def test_LI_01_an_act_of_another_stage_is_refused_on_the_page(at_desk, stage):
    made = MADE[stage]()
    before = desk.record_of(made)
    client = at_desk("lisa")

    for act in LICENCE_ACTS:
        if stage in LICENCE_MOVES[act].sources:
            continue
        if act is LicenceAct.SEND and before.act == LicenceAct.SEND:
            continue  # sent twice is sent once
        address = reverse("application-act", args=[made.pk, act.lower()])
        page = client.post(address, SAID)
        if act in OFFERED:
            assert page.status_code == 422
        else:
            refused(page, act, "LI-01", LICENSING)
        assert client.get(address).status_code == 302
    assert desk.record_of(made) == before


@pytest.mark.parametrize("stage", stages.MADE)
def test_TX_01_an_act_of_another_stage_is_refused_on_the_page(at_desk, stage, tmp_path):
    made = stages.MADE[stage](tmp_path)
    before = stages.desk.record_of(made)
    client = at_desk("lisa")

    for act in TRANSFER_ACTS:
        if stage in TRANSFER_MOVES[act].sources:
            continue
        address = reverse("authorisation-act", args=[made.pk, act.lower()])
        refused(
            client.post(address, SAID),
            act,
            "TX-01",
            ARTICLE_10,
        )
    assert stages.desk.record_of(made) == before
