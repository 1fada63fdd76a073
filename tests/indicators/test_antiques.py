"""Which arms are antiques is what the jurisdiction profile says, from when to when."""

from datetime import date

import pytest

from armstrace.analysis.statistics.indicator import Method
from armstrace.indicators import queries
from armstrace.records import jurisdiction
from armstrace.vocabulary.paging import PageRequest
from tests.indicators import records

pytestmark = pytest.mark.django_db
PROFILE = """
code = "own"
name = "A law of one's own"

[[definition]]
term = "ANTIQUE"
words = "Made in 1899 or before."
last_year = 1899
source = "Act 1, s. 1"
valid_until = 2020-12-31

[[definition]]
term = "ANTIQUE"
words = "Made in 1920 or before."
last_year = 1920
source = "Act 2, s. 1"
valid_from = 2021-01-01
"""


@pytest.fixture
def own_law(settings, tmp_path):
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "own.toml").write_text(PROFILE, encoding="utf-8")
    settings.HOME, settings.PROFILE = tmp_path, "own"


@pytest.mark.parametrize(
    ("made", "counts"), [(1850, False), (1899, False), (1900, True), (None, True)]
)
def test_SC_03_by_the_protocol_only_an_arm_of_1899_or_before_is_left_out(made, counts):
    records.an_arm_recovered(year_of_manufacture=made, recovered_on=date(2021, 6, 1))

    assert _below(2021) == int(counts)
    assert _in_table(2021) == (int(counts), int(not counts))


def test_SC_03_a_law_of_ones_own_decides_what_is_left_out(own_law):
    records.an_arm_recovered(year_of_manufacture=1910, recovered_on=date(2021, 6, 1))

    assert _below(2021) == 0
    assert _in_table(2021) == (0, 1)
    page = queries.return_records(
        year=2021,
        key="X:ANTIQUE:SEIZED",
        viewer=records.statistician(),
        page=PageRequest(),
    )
    assert page.total == 1


def test_SC_03_each_year_is_counted_by_its_own_law(own_law):
    for year in (2020, 2021):
        day = date(year, 6, 1)
        records.an_arm_recovered(year_of_manufacture=1910, recovered_on=day)
    viewer = records.statistician()

    page = queries.figures_page(viewer=viewer, year=2020)
    figure = next(f for f in page.figures if f.method is Method.METADATA)

    assert figure.denominator == 1
    assert (_below(2020), _below(2021)) == (1, 0)
    assert (_in_table(2020), _in_table(2021)) == ((1, 0), (0, 1))


@pytest.mark.parametrize(
    ("on", "last"),
    [(date(1990, 1, 1), 1899), (date(2020, 12, 31), 1899), (date(2021, 1, 1), 1920)],
)
def test_the_law_is_asked_as_it_stood_on_the_day(own_law, on, last):
    assert jurisdiction.last_antique_year(on) == last


def test_before_its_first_rule_that_rule_is_asked():
    assert jurisdiction.last_antique_year(date(1990, 1, 1)) == 1899


def _below(year):
    figure = queries.indicator(
        viewer=records.statistician(), year=year, method=Method.METADATA
    )
    return figure.denominator or 0


def _in_table(year):
    filled = queries.return_of(year=year, viewer=records.statistician())
    keys = ("A2:TOTAL:SEIZED", "X:ANTIQUE:SEIZED")
    return tuple(filled.cell(key).value or 0 for key in keys)
