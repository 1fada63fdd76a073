"""The columns of an arm keep what was written and what was read."""

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import identify
from armstrace.registry.described import mark_columns

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("marked", "country"),
    [("USA", "US"), ("", "AT"), ("not known", "AT"), ("Australia", "AT")],
)
def test_a_country_that_is_marked_yields_where_the_maker_does_not_work_there(
    marked: str, country: str
) -> None:
    description = Description(make="Glock", country=marked)

    columns = mark_columns(description, identify(description))

    assert columns["country_of_manufacture"] == country
    assert columns["country_as_written"] == marked
