"""Indicator 16.4.2 by each of its methods."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import drill, indicator, ratios
from armstrace.analysis.statistics.cells import (
    Answer,
    Marking,
    Possession,
    RecoveryFacts,
    Register,
)
from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.scope import ScopeFacts
from armstrace.analysis.statistics.tables import (
    LEAVES,
    CellTable,
    RecoveredGroup,
    YearTables,
    tables_of,
)
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.recoveries import Acquisition, LegalJustification
from armstrace.vocabulary.tracing import TracingCell

pytestmark = pytest.mark.pure


def a_year(year: int, kind: Acquisition = Acquisition.SEIZED, **leaves: int):
    cells = {TracingCell[name]: count for name, count in leaves.items()}
    return YearTables(year, {kind: CellTable(cells)})


def a_register(*years: YearTables):
    return {each.year: each for each in years}


BRITAIN = a_register(a_year(2016, IN=141, NO=685), a_year(2017, IN=116, K=799))
AZERBAIJAN = a_register(
    a_year(2017, OD=133), a_year(2018, PE=46, NO=85), a_year(2019, IN=69, PE=372)
)


def value_of(register, year, method):
    return indicator.indicator_16_4_2(register, year, method).value


@pytest.mark.parametrize(
    ("register", "year", "method", "expected"),
    [
        (BRITAIN, 2016, Method.UNODC_ANNUAL, "17.07"),
        (BRITAIN, 2017, Method.UNODC_ANNUAL, "12.68"),
        (BRITAIN, 2016, Method.UNODC_2026, "14.87"),
        (BRITAIN, 2017, Method.UNODC_POOLED, "14.76"),
        (AZERBAIJAN, 2017, Method.UNODC_2026, "50.00"),
        (AZERBAIJAN, 2018, Method.UNODC_2026, "7.82"),
        (AZERBAIJAN, 2018, Method.UNODC_POOLED, "50.38"),
        (AZERBAIJAN, 2019, Method.UNODC_POOLED, "12.06"),
    ],
)
def test_worked_figures_come_out_at_two_decimals(register, year, method, expected):
    assert value_of(register, year, method) == Decimal(expected)


def test_ME_01_only_seized_arms_that_could_be_traced_count_for_unodc():
    tables = YearTables(
        2018,
        {
            Acquisition.SEIZED: CellTable(dict(zip(LEAVES, range(1, 12), strict=True))),
            Acquisition.FOUND: CellTable({TracingCell.IN: 50}),
        },
    )

    ratio = ratios.annual(tables)

    # LO 1, IN 2, IF 3, OD 4, AT 5, PE 6, NO 7, NI 8, NE 9, NX 10, K 11.
    assert (ratio.numerator, ratio.denominator) == (
        2 + 3 + 4,
        2 + 3 + 4 + 5 + 6 + 7 + 11,
    )
    assert {each.code: each.count for each in ratio.excluded} == {
        "FOUND": 50,
        "LO": 1,
        "NI": 8,
        "NE": 9,
        "NX": 10,
    }


def test_the_metadata_counts_all_arms_below_and_established_ones_above():
    tables = YearTables(
        2018,
        {
            Acquisition.SEIZED: CellTable(
                {TracingCell.IN: 2, TracingCell.LO: 3, TracingCell.NI: 4}, established=1
            ),
            Acquisition.SURRENDERED: CellTable({TracingCell.OD: 1, TracingCell.NO: 9}),
        },
    )

    figure = indicator.indicator_16_4_2({2018: tables}, 2018, Method.METADATA)

    assert figure.numerator_and_denominator == (2 + 1 + 1, 9 + 10)
    assert [part.name for part in figure.parts] == ["SEIZED", "SURRENDERED"]
    assert "would give 7 of 19, 36.84 %" in str(figure.notes[0])


def test_the_unique_variant_leaves_out_what_no_mark_identifies():
    register = a_register(a_year(2018, IN=2, LO=3, NI=4, K=5))

    figure = indicator.indicator_16_4_2(register, 2018, Method.METADATA_UNIQUE)

    assert figure.numerator_and_denominator == (2, 5)
    assert {each.code: each.count for each in figure.excluded} == {"NI": 4, "K": 5}


def test_a_filed_total_is_taken_before_the_sum_of_the_leaves():
    table = CellTable({TracingCell.IN: 2}, unique_filed=5, total_filed=10)
    register = a_register(YearTables(2018, {Acquisition.SEIZED: table}))

    assert value_of(register, 2018, Method.METADATA) == 20
    assert value_of(register, 2018, Method.METADATA_UNIQUE) == 40


def test_a_year_without_any_tracing_row_has_no_figure_and_is_not_zero():
    table = CellTable({}, total_filed=314)
    register = a_register(YearTables(2018, {Acquisition.SEIZED: table}))

    for method in Method:
        figure = indicator.indicator_16_4_2(register, 2018, method)
        assert figure.value is None
        assert figure.window == ""
        assert str(figure.reason) == "No row of a tracing table is filled."


def test_a_blank_leaf_counts_as_zero_beside_a_filled_one():
    assert value_of(a_register(a_year(2018, NO=14)), 2018, Method.UNODC_ANNUAL) == 0


def test_a_year_with_nothing_below_the_line_has_no_figure():
    figure = indicator.indicator_16_4_2(
        a_register(a_year(2018, LO=1493, NI=7833)), 2018, Method.UNODC_ANNUAL
    )

    assert figure.value is None
    assert "no arm is counted below the line" in str(figure.reason)


def test_a_total_without_tracing_rows_is_left_out_and_named():
    tables = YearTables(
        2018,
        {
            Acquisition.SEIZED: CellTable({TracingCell.IN: 1, TracingCell.NO: 1}),
            Acquisition.FOUND: CellTable({}, total_filed=40),
        },
    )

    figure = indicator.indicator_16_4_2({2018: tables}, 2018, Method.METADATA)

    assert figure.numerator_and_denominator == (1, 2)
    assert [(each.code, each.count) for each in figure.excluded] == [
        ("NO_TRACING_TABLE", 40)
    ]


def test_filed_counts_that_contradict_each_other_give_no_figure():
    table = CellTable({TracingCell.IN: 20}, total_filed=10)
    register = a_register(YearTables(2018, {Acquisition.SEIZED: table}))

    figure = indicator.indicator_16_4_2(register, 2018, Method.METADATA)

    assert figure.value is None
    assert "contradict each other: 20 of 10" in str(figure.reason)


@pytest.mark.parametrize(
    ("years", "label", "window"),
    [
        ((2019, 2020), 2020, "2019-2020"),
        ((2019, 2020), 2019, "2019"),
        ((2019, 2020), 2021, "2020"),
        ((2018, 2020), 2019, "2018"),
        ((2018,), 2020, ""),
    ],
)
def test_a_pooled_figure_names_the_years_that_it_rests_on(years, label, window):
    register = a_register(*(a_year(year, IN=1, NO=1) for year in years))

    figure = indicator.indicator_16_4_2(register, label, Method.UNODC_POOLED)

    assert figure.window == window
    assert (figure.value is None) == (window == "")


def test_a_pooled_figure_of_one_year_says_which_year_is_lacking():
    register = a_register(a_year(2020, IN=1, NO=1))

    figure = indicator.indicator_16_4_2(register, 2021, Method.UNODC_POOLED)

    assert "rests on one year alone; 2021 is" in str(figure.notes[0])


@pytest.mark.parametrize(
    ("years", "label", "window"),
    [
        ((2018, 2019), 2018, "2018-2019"),
        ((2018, 2019), 2019, ""),
        ((2018,), 2018, "2018"),
        ((2018, 2020), 2018, "2018"),
        ((2019,), 2018, ""),
    ],
)
def test_the_2026_mean_is_labelled_by_its_first_year(years, label, window):
    register = a_register(*(a_year(year, IN=1, NO=1) for year in years))

    figure = indicator.indicator_16_4_2(register, label, Method.UNODC_2026)

    assert figure.window == window


def test_the_mean_of_two_ratios_has_parts_and_no_fraction_of_its_own():
    figure = indicator.indicator_16_4_2(BRITAIN, 2016, Method.UNODC_2026)

    assert figure.numerator_and_denominator is None
    assert [(p.name, p.numerator, p.denominator) for p in figure.parts] == [
        ("2016", 141, 826),
        ("2017", 116, 915),
    ]
    assert figure.interval.low < figure.value < figure.interval.high


def test_a_figure_on_few_arms_carries_a_warning():
    few = indicator.indicator_16_4_2(
        a_register(a_year(2022, IN=3)), 2022, Method.UNODC_ANNUAL
    )
    many = indicator.indicator_16_4_2(BRITAIN, 2016, Method.UNODC_ANNUAL)

    assert few.value == 100
    assert "rests on 3 arms" in str(few.warning)
    assert few.interval.low < 45
    assert not many.warning


def test_every_method_explains_itself_in_a_sentence():
    assert set(indicator.SENTENCES) == set(Method)
    assert len(set(indicator.SENTENCES.values())) == len(Method)


def test_an_unknown_method_is_refused_by_name():
    with pytest.raises(InvalidInput, match="no method “median”"):
        indicator.method_named("median")
    assert indicator.method_named("unodc_2026") is Method.UNODC_2026


def an_item(number: int, **changes) -> RecoveredGroup:
    scope = {
        "item_kind": ItemKind.ARM,
        "recovery_kind": Acquisition.SEIZED,
        **{k: v for k, v in changes.items() if k not in {"facts", "year"}},
    }
    facts = changes.get("facts", RecoveryFacts(Marking.UNIQUE))
    return RecoveredGroup(
        changes.get("year", 2020), ScopeFacts(**scope), facts, items=(number,)
    )


def test_every_figure_lists_the_records_behind_it():
    register = tables_of(
        [
            an_item(1),
            an_item(2, recovery_kind=Acquisition.FOUND),
            an_item(3, justification=LegalJustification.ADMINISTRATIVE),
            an_item(4, year=2021),
        ]
    )

    figure = indicator.indicator_16_4_2(register, 2020, Method.UNODC_ANNUAL)

    assert figure.items == {
        "SEIZED.NO": (1,),
        "FOUND.NO": (2,),
        "OUT.ADMINISTRATIVE": (3,),
    }
    assert figure.numerator_and_denominator == (0, 1)


def test_an_origin_established_without_a_mark_counts_for_the_metadata_only():
    facts = RecoveryFacts(Marking.NOT_UNIQUE, established=Answer.YES)
    register = tables_of([an_item(1, facts=facts), an_item(2)])

    metadata = indicator.indicator_16_4_2(register, 2020, Method.METADATA)
    annual = indicator.indicator_16_4_2(register, 2020, Method.UNODC_ANNUAL)

    assert metadata.numerator_and_denominator == (1, 2)
    assert annual.numerator_and_denominator == (0, 1)


GROUPS = st.builds(
    RecoveredGroup,
    year=st.integers(2018, 2020),
    scope=st.builds(
        ScopeFacts,
        item_kind=st.sampled_from(ItemKind),
        recovery_kind=st.sampled_from([*Acquisition, None]),
        justification=st.sampled_from(LegalJustification),
        is_antique=st.booleans(),
    ),
    facts=st.builds(
        RecoveryFacts,
        marking=st.sampled_from(Marking),
        register=st.sampled_from(Register),
        possession=st.sampled_from(Possession),
        established=st.sampled_from(Answer),
    ),
    count=st.just(2),
    items=st.tuples(st.integers(1, 500), st.integers(501, 1000)),
)


@given(st.lists(GROUPS, max_size=60))
def test_counted_and_left_out_arms_add_up_to_all_records(items):
    register = tables_of(items)

    for year in register:
        recorded = sum(2 for item in items if item.year == year)
        for method in (Method.METADATA, Method.METADATA_UNIQUE, Method.UNODC_ANNUAL):
            figure = indicator.indicator_16_4_2(register, year, method)
            left_out = sum(each.count for each in figure.excluded)
            assert (figure.denominator or 0) + left_out == recorded


@given(st.lists(GROUPS, max_size=60), st.sampled_from(Method))
def test_the_records_behind_a_figure_are_as_many_as_it_counts(items, method):
    register = tables_of(items)

    for year in range(2018, 2022):
        figure = indicator.indicator_16_4_2(register, year, method)
        numerator = sum(p.numerator for p in figure.parts if p.name.isdigit())
        denominator = sum(p.denominator for p in figure.parts if p.name.isdigit())
        if figure.numerator_and_denominator:
            numerator, denominator = figure.numerator_and_denominator
        if figure.value is None:
            continue
        above = drill.records_behind(register, figure, drill.Line.NUMERATOR)
        below = drill.records_behind(register, figure, drill.Line.DENOMINATOR)
        assert (len(above), len(below)) == (numerator, denominator)


LEAF_COUNTS = st.dictionaries(st.sampled_from(LEAVES), st.integers(0, 500))


@given(LEAF_COUNTS, LEAF_COUNTS)
def test_a_pooled_figure_lies_between_its_two_years(first, second):
    register = a_register(
        YearTables(2019, {Acquisition.SEIZED: CellTable(first)}),
        YearTables(2020, {Acquisition.SEIZED: CellTable(second)}),
    )
    years = [value_of(register, year, Method.UNODC_ANNUAL) for year in (2019, 2020)]
    known = [value for value in years if value is not None]

    pooled = value_of(register, 2020, Method.UNODC_POOLED)

    if not known:
        assert pooled is None
    else:
        assert min(known) <= pooled <= max(known)


def test_a_year_without_tables_leaves_a_gap_between_years_with_a_figure():
    register = a_register(
        a_year(2016, IN=1, NO=1), a_year(2017, IN=1), a_year(2019, NO=2)
    )

    values = [value_of(register, y, Method.UNODC_ANNUAL) for y in range(2016, 2020)]

    assert values == [50, 100, None, 0]
