"""What the tables of stages do not have is refused over the wire as by the acts."""

import pytest

from armstrace.licensing.actions.steps import ENTRIES
from armstrace.licensing.stages import MOVES as LICENCE_MOVES
from armstrace.transfers.actions.decisions import ENTRIES as TRANSFER_ACTS
from armstrace.transfers.stages import MOVES as TRANSFER_MOVES
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.licensing import LicenceAct
from tests.licensing import desk
from tests.licensing.test_stages import MADE
from tests.transfers import stages

pytestmark = pytest.mark.django_db
SAID = {"reason": "known to us", "words": "why?", "department": "POLICE"}


def refused(answer, rule):
    told = answer.json()
    assert answer.status_code == 409, told
    assert told["rule"] == rule
    assert told["source"]
    assert "possible only at" in told["detail"]
    assert "may be done now" in told["detail"]
    return told["detail"]


@pytest.mark.parametrize("stage", MADE)
def test_LI_01_an_act_of_another_stage_is_refused_over_the_wire(caller, stage):
    made = MADE[stage]()
    before = desk.record_of(made)
    client = caller(Role.LICENSING, "VFR")

    for act in ENTRIES:
        if stage in LICENCE_MOVES[act].sources:
            continue
        if act is LicenceAct.SEND and before.act == LicenceAct.SEND:
            continue  # sent twice is sent once
        path = f"/api/v1/licences/{made.reference}/acts"
        answer = client.post(path, SAID | {"act": act}, "application/json")
        assert f"“{act.label}”" in refused(answer, "LI-01")
    assert desk.record_of(made) == before


@pytest.mark.parametrize("stage", stages.MADE)
def test_TX_01_an_act_of_another_stage_is_refused_over_the_wire(
    caller, stage, tmp_path
):
    made = stages.MADE[stage](tmp_path)
    before = stages.desk.record_of(made)
    client = caller(Role.LICENSING, "VFR")

    for act in TRANSFER_ACTS:
        if stage in TRANSFER_MOVES[act].sources:
            continue
        path = f"/api/v1/transfers/{made.reference}/acts"
        answer = client.post(path, stages.SAID | {"act": act}, "application/json")
        assert f"“{act.label}”" in refused(answer, "TX-01")
    assert stages.desk.record_of(made) == before
