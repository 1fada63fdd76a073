"""Enter, load, explain and keep; and what changed since."""

from datetime import timedelta

import pytest

from armstrace.analysis.statistics.questionnaire import entering
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import Origin, WhyBlank
from armstrace.audit.models import LedgerEntry
from armstrace.indicators import queries
from armstrace.indicators.actions import returns as actions
from armstrace.indicators.models import EnteredFigure, ExplainedDifference, Return
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import InvalidInput, NotPermitted, RuleBroken
from armstrace.vocabulary.messages import NOTHING
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage
from tests.audit import cast
from tests.indicators import records

pytestmark = pytest.mark.django_db
LATER = records.NOW + timedelta(days=30)


def filled(year=2020, as_of=None):
    return queries.return_of(year=year, as_of=as_of, viewer=records.statistician())


def enter(cell, value=None, reason="", at=records.NOW, by=None, **stated):
    source = stated.pop("source", "Ministry of Justice, letter of 3 March")
    figure = StatedFigure(2020, cell, value, source, **stated)
    return actions.enter_figure(
        stated=figure, reason=reason, by=by or records.statistician(), at=at
    )


def keep(at=records.NOW, **changes):
    return actions.keep_return(
        **{"year": 2020, "by": records.statistician(), "at": at, **changes}
    )


def refused(rule, act):
    before = LedgerEntry.objects.count()
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.rule == rule
    assert LedgerEntry.objects.count() == before


def test_an_entered_figure_stands_with_its_source():
    enter("E1:TARGETED:TOTAL", 12)

    cell = filled().cell("E1:TARGETED:TOTAL")
    assert (cell.value, cell.origin) == (12, Origin.ENTERED)
    assert cell.source == "Ministry of Justice, letter of 3 March"
    assert [e.act for e in LedgerEntry.objects.all()] == ["return.figure_entered"]


def test_sexes_add_up_to_a_total_that_nobody_entered():
    enter("E2:ARRESTED:MALE", 7)
    enter("E2:ARRESTED:FEMALE", 2)
    enter("E2:ARRESTED:UNKNOWN", 0)

    assert filled().cell("E2:ARRESTED:TOTAL").value == 9


def sums_of(rule, found):
    return [c.holds for c in found.checks if c.rule == rule and c.cells]


def test_a_blank_part_leaves_the_sum_blank_until_it_is_stated():
    text = "table,row,column,value\nE2,ARRESTED,MALE,7\nE2,ARRESTED,FEMALE,2\n"
    stated, _ = entering.read_lines(text, year=2020, source="Ministry, 2021")
    actions.load_figures(stated=stated, by=records.statistician(), at=records.NOW)

    found = filled()
    total = found.cell("E2:ARRESTED:TOTAL")
    assert (total.value, total.source) == (None, "")
    assert total.why_blank is WhyBlank.ENTERED_BY_OTHERS
    assert sums_of("CK-07", found) == [None]

    enter("E2:ARRESTED:TOTAL", 11)
    assert filled().cell("E2:ARRESTED:TOTAL").value == 11
    assert sums_of("CK-07", filled()) == [None]
    enter("E2:ARRESTED:UNKNOWN", 1)
    assert sums_of("CK-07", filled()) == [False]


def test_a_blank_row_leaves_the_total_of_stated_rows_blank():
    enter("E3:ONLY:TOTAL", 5)

    assert filled().cell("E3:TOTAL:TOTAL").is_blank


def test_RT_21_a_figure_says_one_thing():
    refused("RT-21", lambda: enter("E1:TARGETED:TOTAL"))
    refused("RT-21", lambda: enter("E1:TARGETED:TOTAL", text="many"))
    refused("RT-21", lambda: enter("E1:TARGETED:TOTAL", 3, why_blank=WhyBlank.WITHHELD))


def test_RT_22_a_figure_names_its_source():
    refused("RT-22", lambda: enter("E1:TARGETED:TOTAL", 12, source=" "))


def test_RT_23_a_count_is_not_below_zero_and_has_at_most_12_digits():
    refused("RT-23", lambda: enter("E1:TARGETED:TOTAL", -1))
    refused("RT-23", lambda: enter("E1:TARGETED:TOTAL", 10**12))
    enter("E1:TARGETED:TOTAL", 10**12 - 1)

    assert filled().cell("E1:TARGETED:TOTAL").value == 10**12 - 1


def test_a_load_names_all_that_is_wrong_at_once():
    text = (
        "table,row,column,value\nE1,TARGETED,TOTAL,1.5\nE9,A,B,1\n"
        f"E3,ONLY,TOTAL,{'9' * 6000}\nE2,ARRESTED,MALE,3\nE2,ARRESTED,MALE,4\n"
    )
    stated, unread = entering.read_lines(text, year=2020, source="Courts")

    with pytest.raises(InvalidInput) as wrong:
        actions.load_figures(
            stated=stated, unread=unread, by=records.statistician(), at=records.NOW
        )

    told = str(wrong.value).splitlines()
    assert [words.split()[0] for words in told] == ["Line", "The", "No", "A"]
    assert not EnteredFigure.objects.exists()


def test_RT_24_what_records_fill_is_not_entered():
    records.an_arm_recovered()

    refused("RT-24", lambda: enter("A2:TOTAL:SEIZED", 5))
    enter("A2:TOTAL:FOUND", 0)

    assert filled().cell("A2:TOTAL:FOUND").value == 0


def test_RT_25_a_correction_gives_its_reason_and_keeps_what_stood():
    enter("E1:TARGETED:TOTAL", 12)

    refused("RT-25", lambda: enter("E1:TARGETED:TOTAL", 13, at=LATER))
    enter("E1:TARGETED:TOTAL", 13, reason="recount", at=LATER)

    assert filled().cell("E1:TARGETED:TOTAL").value == 13
    assert filled(as_of=records.NOW).cell("E1:TARGETED:TOTAL").value == 12


def test_a_withheld_cell_withholds_the_sums_that_would_tell_it():
    records.an_arm_recovered(arm_type="PISTOL")
    enter("B1:PISTOL:SEIZED", why_blank=WhyBlank.WITHHELD)

    found = filled()

    assert found.cell("B1:PISTOL:SEIZED").why_blank is WhyBlank.WITHHELD
    assert found.cell("B1:TOTAL:SEIZED").value is None


def test_words_stand_in_the_table_of_context():
    enter("I:REGISTER:TEXT", text="Kept since 1987.")

    assert filled().cell("I:REGISTER:TEXT").text == "Kept since 1987."


def test_a_cell_that_no_table_has_is_refused():
    with pytest.raises(InvalidInput, match="No cell of the return"):
        enter("E9:TOTAL:TOTAL", 1)


def test_figures_load_from_a_file_all_or_none():
    text = "table,row,column,value\nE1,TARGETED,TOTAL,12\nE3,ONLY,TOTAL,WITHHELD\n"
    stated, _ = entering.read_lines(text, year=2020, source="Courts, 2021")
    actions.load_figures(stated=stated, by=records.statistician(), at=records.NOW)

    found = filled()
    assert found.cell("E1:TARGETED:TOTAL").origin is Origin.LOADED
    assert found.cell("E3:ONLY:TOTAL").why_blank is WhyBlank.WITHHELD

    wrong = [*stated, StatedFigure(2020, "E9:A:B", 1, "Courts")]
    with pytest.raises(InvalidInput):
        actions.load_figures(stated=wrong, by=records.statistician(), at=LATER)
    assert EnteredFigure.objects.count() == 2


def test_a_line_without_a_value_states_nothing():
    text = "table,row,column,value\nE1,TARGETED,TOTAL,\nI,REGISTER,TEXT, \n"

    assert entering.read_lines(text, year=2020, source="Courts") == ([], [])


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_may_be_parted_as_the_spreadsheet_parts_them(mark):
    text = "\ufefftable,row,column,value\r\nE1,TARGETED,TOTAL,7\r\n"

    stated, unread = entering.read_lines(
        text.replace(",", mark), year=2020, source="Courts"
    )

    assert [(each.cell, each.value) for each in stated] == [("E1:TARGETED:TOTAL", 7)]
    assert not unread


def test_a_file_names_its_wrong_lines():
    _, (unread,) = entering.read_lines(
        "table,row,column,value\nE1,TARGETED,TOTAL,1\nE1,TARGETED,TOTAL,1.5\n"
        "E1,TARGETED,TOTAL,-2\n",
        year=2020,
    )

    assert "Line 3, 4" in str(unread)
    with pytest.raises(InvalidInput, match="add value"):
        entering.read_lines("table,row,column\nE1,TARGETED,TOTAL\n", year=2020)


def test_an_explanation_travels_with_the_return():
    records.an_arm_recovered(
        serial_status="OBLITERATED", production_class="RUDIMENTARY"
    )
    (open_check,) = [c for c in filled().checks if c.holds is False]
    assert open_check.rule == "CK-05"
    refused("RT-29", lambda: keep(stage=ReturnStage.SUBMITTED))

    explain(open_check.key)
    kept = keep(stage=ReturnStage.SUBMITTED)

    _, again = queries.kept_return(return_id=kept.pk, viewer=records.statistician())
    (told,) = [c for c in again.checks if c.explained]
    assert told.explained == "ORDER_OF_ROWS"
    assert again.content_hash == kept.content_hash


def test_an_explanation_does_not_hold_for_other_figures():
    odd = {"serial_status": "OBLITERATED", "production_class": "RUDIMENTARY"}
    records.an_arm_recovered(**odd)
    (open_check,) = [c for c in filled().checks if c.holds is False]
    explain(open_check.key)
    records.an_arm_recovered(**odd)

    (found,) = [c for c in filled().checks if c.holds is False]

    assert found.key == open_check.key
    assert (found.explained, found.outdated) == ("", open_check.sentence)
    refused("RT-29", lambda: keep(stage=ReturnStage.SUBMITTED))
    actions.explain_difference(
        stated=actions.StatedExplanation(
            2020, found.key, DifferenceReason.ORDER_OF_ROWS
        ),
        by=records.statistician(),
        at=LATER,
    )
    (again,) = [c for c in filled().checks if c.holds is False]
    assert (again.explained, again.outdated) == ("ORDER_OF_ROWS", NOTHING)


def explain(finding, reason=DifferenceReason.ORDER_OF_ROWS, words="", by=None):
    return actions.explain_difference(
        stated=actions.StatedExplanation(2020, finding, reason, words),
        by=by or records.statistician(),
        at=records.NOW,
    )


def test_RT_26_only_what_a_check_found_is_explained():
    refused("RT-26", lambda: explain("CK-99|A2:TOTAL:SEIZED"))


def test_RT_27_another_reason_needs_words():
    records.an_arm_recovered(
        serial_status="OBLITERATED", production_class="RUDIMENTARY"
    )
    (found,) = [c for c in filled().checks if c.holds is False]

    refused("RT-27", lambda: explain(found.key, DifferenceReason.OTHER))
    assert not ExplainedDifference.objects.exists()


def test_RT_28_a_return_is_not_kept_as_known_at_a_later_time():
    refused("RT-28", lambda: keep(as_of=LATER))


def test_RT_30_a_return_of_a_year_without_a_record_is_not_submitted():
    refused("RT-30", lambda: keep(stage=ReturnStage.SUBMITTED))
    enter("E1:TARGETED:TOTAL", 12)
    refused("RT-30", lambda: keep(stage=ReturnStage.SUBMITTED))

    records.an_arm_recovered()
    cast.holder()
    assert keep(stage=ReturnStage.SUBMITTED).stage == "SUBMITTED"


def test_RT_31_the_same_content_is_submitted_once():
    records.an_arm_recovered()
    keep(stage=ReturnStage.SUBMITTED)

    refused("RT-31", lambda: keep(stage=ReturnStage.SUBMITTED, at=LATER))
    enter("E1:TARGETED:TOTAL", 12)

    assert keep(stage=ReturnStage.SUBMITTED, at=LATER).pk
    assert Return.objects.count() == 2


def test_CK_10_a_submission_leaves_what_it_explains_as_it_was():
    trace = records.a_trace(records.an_arm_recovered())
    first = keep(stage=ReturnStage.SUBMITTED)
    records.a_decision(trace, known_at=LATER)
    revised = [c for c in filled().checks if c.rule == "CK-10" and c.holds is False]
    for each in revised:
        explain(each.key, DifferenceReason.CORRECTED)
    second = keep(stage=ReturnStage.SUBMITTED, at=LATER)

    again = filled()

    assert len(revised) == 2
    assert again.content_hash == second.content_hash
    assert [c.explained for c in again.checks if c.rule == "CK-10"] == ["CORRECTED"] * 2
    found = queries.revisions(year=2020, viewer=records.statistician())
    assert found.since.return_id == first.pk
    assert ("5.1:IN:SEIZED", 0, 1) in found.cells
    after = LATER + timedelta(days=1)
    refused("RT-31", lambda: keep(stage=ReturnStage.SUBMITTED, at=after))


def test_a_kept_return_can_be_filled_again_as_then_known():
    recovery = records.an_arm_recovered()
    kept = keep()
    records.a_decision(records.a_trace(recovery, LATER), known_at=LATER)

    again = keep(as_of=records.NOW, at=LATER)

    assert again.pk == kept.pk
    assert filled(as_of=kept.as_of).content_hash == kept.content_hash
    assert Return.objects.count() == 1


def test_an_analyst_reads_returns_but_neither_fills_nor_keeps_them():
    analyst = records.an_actor(Role.ANALYST)
    assert queries.return_of(year=2020, viewer=analyst).year == 2020

    for act in (
        lambda: enter("E1:TARGETED:TOTAL", 1, by=analyst),
        lambda: keep(by=analyst),
        lambda: explain("CK-01", by=analyst),
        lambda: actions.load_figures(stated=[], by=analyst, at=records.NOW),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert not LedgerEntry.objects.exists()


def test_a_stranger_sees_no_kept_return_and_no_revision():
    kept = keep()
    stranger = records.a_stranger()

    for ask in (
        lambda: queries.kept_returns(viewer=stranger),
        lambda: queries.kept_return(return_id=kept.pk, viewer=stranger),
        lambda: queries.revisions(year=2020, viewer=stranger),
    ):
        with pytest.raises(NotPermitted):
            ask()
