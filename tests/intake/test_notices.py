"""Notices of the trade by file: loaded, held with a sentence, and loaded once."""

import pytest

from armstrace.intake import recording
from armstrace.intake.actions import held as mending
from armstrace.intake.actions import loading, noticing
from armstrace.intake.actions.profiles import save_profile
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import HeldRow
from armstrace.intake.profiles import library
from armstrace.jobs.running import JobContext
from armstrace.vocabulary.errors import NotPermitted, RuleBroken
from armstrace.vocabulary.outcomes import RowOutcome
from tests.cast import NOW, REGISTRAR, TRADE
from tests.registry import trade
from tests.registry.at_desk import TODAY, holder_of

pytestmark = pytest.mark.django_db
PROFILE = library.built_in_profiles()["armstrace-events"]
HEADINGS = "source_number,arm_number,event,happened_on,holder_from,holder_to"


def load(tmp_path, *rows: str):
    path = tmp_path / "notices.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n")
    file = IncomingFile(path, path.name, TRADE.agency, belongs_to=TRADE.agency)
    batch = loading.begin_batch(file=file, profile=PROFILE, by=TRADE, at=NOW)
    return loading.run_batch(batch=batch, by=TRADE, at=NOW, context=JobContext())


def test_each_row_of_a_file_is_counted_and_one_sent_twice_is_loaded_once(
    tmp_path,
) -> None:
    arm_id = trade.in_stock()
    rows = (
        f"1,A{arm_id},SOLD_TO_HOLDER,{TODAY},,L-P3",
        f"2,A999999,SOLD_TO_HOLDER,{TODAY},,L-P3",
        f"3,A{arm_id},IMPORTED,{TODAY},,",
    )

    first = load(tmp_path, *rows)
    again = load(tmp_path, *rows)

    assert (first.source, first.rows_loaded, first.rows_held) == (TRADE.agency, 1, 2)
    assert (again.rows_loaded, again.rows_skipped) == (0, 1)
    assert holder_of(arm_id) == "P3"
    held = HeldRow.objects.filter(batch=first).order_by("row").first()
    assert "does not show one arm" in held.troubles[0]["sentence"]["template"]


def test_the_registry_mends_a_notice_that_is_held(tmp_path) -> None:
    arm_id = trade.in_stock()
    batch = load(tmp_path, f"2,A999999,SOLD_TO_HOLDER,{TODAY},,L-P3")

    mending.mend_row(
        held=HeldRow.objects.get(batch=batch),
        values={"arm_number": f"A{arm_id}"},
        by=REGISTRAR,
        at=NOW,
    )

    assert holder_of(arm_id) == "P3"


def test_RG_34_a_notice_of_an_unknown_arm_is_kept_for_the_registry() -> None:
    trade.in_stock()

    def give(told):
        return noticing.give_notice(notice=told, by=TRADE, at=NOW, context=JobContext())

    kept = give(trade.notice("A999999"))

    assert (kept.fate, kept.rule) == (RowOutcome.REFUSED, "RG-34")
    assert HeldRow.objects.get().values["arm_number"] == "A999999"
    with pytest.raises(RuleBroken):
        give(trade.notice("A999999", happened_on=None))


def test_events_are_recorded_by_the_grant_of_events() -> None:
    assert recording.grant_of(IntakeKind.EVENTS) == "registry.event"


def test_the_trade_loads_no_other_rows_and_saves_no_profile() -> None:
    profile = library.built_in_profiles()["armstrace-holders"]

    with pytest.raises(NotPermitted):
        save_profile(text=PROFILE.text, reason="mine", by=TRADE, at=NOW)
    file = IncomingFile("none.csv", "none.csv")
    with pytest.raises(NotPermitted):
        loading.begin_batch(file=file, profile=profile, by=TRADE, at=NOW)
