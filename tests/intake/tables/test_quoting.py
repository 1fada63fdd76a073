"""Records are joined as a slow reading joins them, each line read once or twice."""

import re
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.tables import quoting

pytestmark = pytest.mark.pure


def opens(record, delimiters):
    mark = re.escape(delimiters)
    whole = rf'(^|[{mark}])"[^"]*(?:""[^"]*)*"(?=[{mark}]|[\r\n]*\Z)'
    rest = re.sub(whole, r"\1", record)
    return re.search(rf'(^|[{mark}])"', rest) is not None


def slow_records(lines, delimiters):
    """Read every beginning anew from each line that opens a cell."""
    waiting = deque(lines)
    while waiting:
        line = waiting.popleft()
        record, taken = line, []
        while (
            waiting
            and opens(record, delimiters)
            and len(taken) < quoting.MAX_LINES_IN_A_ROW
        ):
            taken.append(waiting.popleft())
            record += taken[-1]
        if opens(record, delimiters):
            waiting.extendleft(reversed(taken))
            yield line
        else:
            yield record


texts = st.lists(st.text(alphabet='"a,;', max_size=9), max_size=90)


@given(texts, st.sampled_from([",", ",;"]))
def test_records_are_those_of_the_slow_reading(bodies, delimiters):
    lines = [body + "\n" for body in bodies]

    found = list(quoting.join_records(iter(lines), delimiters))

    assert found == list(slow_records(lines, delimiters))
    assert "".join(found) == "".join(lines)


@given(st.text(alphabet='"a,\n', max_size=30))
def test_an_open_cell_is_seen_as_the_slow_reading_sees_it(record):
    assert quoting.is_open(record, ",") == opens(record, ",")


@pytest.mark.parametrize("line", ['"a;b,c\n', 'x,"a\n', '"a"b,c\n', 'a,"b","c\n'])
def test_every_line_of_a_file_that_opens_a_quote_is_read_once(line, monkeypatch):
    read = []
    end = quoting._end

    def count(text, delimiters, *, is_inside=False):
        read.append(text)
        return end(text, delimiters, is_inside=is_inside)

    monkeypatch.setattr(quoting, "_end", count)

    found = list(quoting.join_records(iter([line] * 5000), ","))

    assert "".join(found) == line * 5000
    assert len(read) <= 2 * 5000
