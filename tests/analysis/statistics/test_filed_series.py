"""Filed years that the UNODC methods leave out, and what that does to a series."""

from decimal import Decimal

import pytest

from armstrace.analysis.statistics import indicator, ratios
from armstrace.analysis.statistics.cells import (
    Marking,
    Possession,
    RecoveryFacts,
    Register,
)
from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.scope import ScopeFacts
from armstrace.analysis.statistics.tables import RecoveredGroup, tables_of
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.recoveries import RecoveryKind
from tests.analysis.statistics.test_indicator import a_register, a_year

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("leaves", "has_figure"),
    [
        ({"IF": 24}, False),
        ({"PE": 14}, False),
        ({"AT": 6, "PE": 41}, False),
        ({"IF": 24, "LO": 9, "NI": 66}, False),
        ({"IF": 24, "K": 0}, True),
        ({"IN": 12}, True),
        ({"OD": 11}, True),
        ({"NO": 4}, True),
        ({"K": 4}, True),
    ],
)
def test_a_filed_year_of_requests_alone_has_no_figure_for_unodc(leaves, has_figure):
    ratio = ratios.annual(a_year(2018, **leaves))

    assert ratio.is_computable is has_figure
    assert ratio.breaks_series is not has_figure


def test_a_year_of_requests_alone_breaks_the_series():
    register = a_register(
        a_year(2016, IN=5, K=15),
        a_year(2017, IN=246, PE=706, K=800),
        a_year(2018, IF=24),
        a_year(2019, IN=646, AT=486),
    )

    found = {
        year: indicator.indicator_16_4_2(register, year, Method.UNODC_2026)
        for year in register
    }

    assert {year: one.window for year, one in found.items()} == {
        2016: "2016-2017",
        2017: "2017",
        2018: "",
        2019: "2019",
    }
    assert found[2017].value == Decimal("14.04")
    assert found[2019].value == Decimal("57.07")
    assert "only rows on requests are filed (IF)" in str(found[2018].reason)


def test_a_year_of_requests_alone_is_left_out_of_the_pool():
    albania = a_register(a_year(2019, PE=14), a_year(2020, IF=3, PE=25, NO=0))

    figure = indicator.indicator_16_4_2(albania, 2020, Method.UNODC_POOLED)

    assert (figure.value, figure.window) == (Decimal("10.71"), "2020")


def test_in_a_register_no_year_is_filed_in_part():
    facts = RecoveryFacts(Marking.UNIQUE, Register.FOREIGN, Possession.LEFT)
    scope = ScopeFacts(ItemKind.ARM, RecoveryKind.SEIZED)

    register = tables_of([RecoveredGroup(2018, scope, facts)])

    assert ratios.annual(register[2018]).share == 1
