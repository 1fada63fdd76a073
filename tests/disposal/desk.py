"""A desk of destruction: conditions decided, exhibits approved, lots filled."""

from datetime import date
from pathlib import Path

import pytest

from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.disposal.actions import deciding, ending, lots
from armstrace.disposal.conditions import Item
from armstrace.disposal.inputs import ConditionInput, EndInput, LotInput, WitnessInput
from armstrace.evidence.models import StoredFile
from armstrace.recoveries.actions import judging
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.custody import CustodyAct, WayOut
from armstrace.vocabulary.disposal import (
    ConditionAnswer,
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.custody import desk as custody
from tests.ledger_guard import written_directly

KEEPER = custody.KEEPER
DAY = date(2026, 3, 5)
MET = {
    ConditionKind.TITLE: ConditionAnswer.CONFISCATED,
    ConditionKind.CLAIMS: ConditionAnswer.CLAIM_ENDED,
    ConditionKind.RELEASE: ConditionAnswer.RELEASED,
}


def item(exhibit):
    return exhibit if isinstance(exhibit, Item) else Item(exhibit_id=exhibit.pk)


def decide(exhibit, kind, answer=None, by=KEEPER, **said):
    given = {"authority": "Regional court", "document": "12/26", "decided_on": DAY}
    stated = ConditionInput(kind, answer or MET[kind], **given | said)
    return deciding.decide_condition(
        item=item(exhibit), given=stated, by=by, at=cast.NOW
    )


def check(exhibit, by=KEEPER):
    return deciding.check_stolen(item=item(exhibit), by=by, at=cast.NOW)


def settle(exhibit):
    """Meet all four conditions."""
    for kind in MET:
        decide(exhibit, kind)
    check(exhibit)


def propose(exhibit, way_out=WayOut.DESTROY):
    custody.do(exhibit, CustodyAct.PROPOSED, way_out=way_out, reason="case closed")


def approved(number="N-1"):
    """Give an exhibit that may be destroyed."""
    exhibit = custody.received(number)
    custody.decided(exhibit)
    settle(exhibit)
    propose(exhibit)
    custody.do(exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="settled")
    return exhibit


def opened(by=KEEPER):
    given = LotInput(DestructionMethod.SHREDDED, "Steel works", "Hill")
    return lots.open_lot(given=given, by=by, at=cast.NOW)


def put(lot, *exhibits, by=KEEPER):
    items = [item(each) for each in exhibits]
    lots.put_in(lot_id=lot.pk, items=items, by=by, at=cast.NOW)


def take(lot, exhibit, reason="needed again", by=KEEPER):
    lots.take_out(lot_id=lot.pk, item=item(exhibit), reason=reason, by=by, at=cast.NOW)


def witness(lot, name, body="Ministry", *, is_observer=False, by=KEEPER):
    given = WitnessInput(name, body, is_observer)
    return lots.add_witness(lot_id=lot.pk, given=given, by=by, at=cast.NOW)


@written_directly()
def picture(name):
    kept, _ = StoredFile.objects.get_or_create(
        sha256=name * 64, size_bytes=1, media_type="image/png", known_at=cast.NOW
    )
    return kept


def photograph(lot, moment):
    add_picture(lot, picture("a" if moment is PictureMoment.BEFORE else "b"), moment)


def add_picture(lot, file, moment, folder=Path("none")):
    lots.add_photograph(
        lot_id=lot.pk,
        file_id=file.pk,
        moment=moment,
        folder=folder,
        by=KEEPER,
        at=cast.NOW,
    )


def show(lot):
    """Let two witnesses and two photographs show a lot."""
    witness(lot, "Wanda Witt")
    witness(lot, "Otto Oest", "Peace Observatory", is_observer=True)
    for moment in PictureMoment:
        photograph(lot, moment)


def end(lot, count_out, by=KEEPER, day=None):
    given = EndInput(day or cast.NOW.date(), count_out)
    return ending.end_lot(lot_id=lot.pk, given=given, by=by, at=cast.NOW)


def destroyed(*exhibits: Exhibit):
    """Destroy exhibits in a lot of their own."""
    lot = opened()
    put(lot, *exhibits)
    show(lot)
    end(lot, len(exhibits))
    return lot


def refused(rule, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.rule == rule, broken.value
    return str(broken.value)


def state(exhibit):
    return CustodyEvent.objects.current().get(exhibit=exhibit).way_out_state


def in_State_stock():
    (arm_id,) = builders.registered(builders.an_arm("77"))
    issued = builders.an_event(
        LifeEventKind.ISSUED_TO_STATE, "2020-01-01", arm_number="77"
    )
    builders.a_life(issued)
    return arm_id


def found_to_be(exhibit, arm_id, said=Judgement.SAME):
    same = judging.StatedJudgement(exhibit.recovery_id, arm_id, said, "seen")
    judging.judge_candidate(stated=same, by=cast.ANALYST, at=cast.NOW)
