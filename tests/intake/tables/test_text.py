"""How a text file is written is found out from its bytes."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.intake.tables import text

pytestmark = pytest.mark.pure

WORDS = {
    "cp1252": [
        "Município",
        "São João",
        "Ação",
        "Córdoba",
        "Nuñez",
        "Coração",
        "Müller",
    ],
    "mac-roman": ["Município", "São João", "Ação", "Córdoba", "Nuñez", "Coração"],
    "gb18030": ["手枪", "猎枪", "收缴日期", "派出所", "北京", "步枪"],
    "cp1251": ["Ростов", "ИЖМАШ", "Тульский", "завод", "Москва", "пистолет"],
    "cp1256": ["القاهرة", "مسدس", "بندقية", "الجيزة", "حلوان"],
}
PLAIN = ["Glock", "9x19", "ABC123", "2019-03-01", "17", ""]
DELIMITERS = st.sampled_from(text.DELIMITERS)


@st.composite
def tables(draw, words):
    width = draw(st.integers(2, 6))
    cells = st.sampled_from([*words, *PLAIN])
    row = st.lists(cells, min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=2, max_size=20))
    return [words[:1] * width, [words[1]] * width, *rows]


def written(rows, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("encoding", WORDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), delimiter=DELIMITERS)
def test_a_table_in_any_common_encoding_reads_back_as_it_was(encoding, data, delimiter):
    told = written(data.draw(tables(WORDS[encoding])), delimiter)

    dialect = text.sniff(told.encode(encoding))

    assert told.encode(encoding).decode(dialect.encoding) == told
    assert dialect.delimiter == delimiter


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=8,
    ),
    delimiter=DELIMITERS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_a_csv_writer_wrote_is_read_back_cell_by_cell(
    rows, delimiter, encoding, tmp_path_factory
):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    headed = [["alpha", "beta", "gamma"]] * 12 + rows
    path.write_bytes(written(headed, delimiter).encode(encoding))

    with text.open_text(path, "a.csv") as opened:
        found = [list(row.cells) for row in opened.rows if not row.damage]

    assert found[:12] == headed[:12]
    assert opened.dialect.delimiter == delimiter
    assert len(found) == len(headed)
    assert found == headed
