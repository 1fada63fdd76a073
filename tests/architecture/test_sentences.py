"""A sentence that stands in a table is called, and given all that it names."""

import ast
import re
from pathlib import Path

import pytest

from armstrace.vocabulary.packaged import read_rows

pytestmark = pytest.mark.pure

SOURCE = Path(__file__).resolve().parents[2] / "src" / "armstrace"
PLACE = re.compile(r"%\((\w+)\)s")
CALLED = re.compile(r"[A-Z0-9_]+")
TABLES = sorted(SOURCE.rglob("sentences.tsv"))


def modules_of(folder):
    """Give the modules whose nearest table is that of a folder."""
    for path in folder.rglob("*.py"):
        nearest = next(up for up in path.parents if (up / "sentences.tsv").exists())
        if nearest == folder:
            yield path


def called_in(folder):
    """Give each name that a package calls, with what it is given there."""
    for path in modules_of(folder):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args:
                named = getattr(call.func, "attr", "")
                text = str(getattr(call.args[0], "value", ""))
                given = {each.arg for each in call.keywords}
                given |= {"name"} if named == "of" else set()
                if named in {"say", "refuse", "of"} and CALLED.fullmatch(text):
                    yield text, given


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parent.name)
def test_a_sentence_of_a_table_is_given_what_it_names_and_nothing_else(table):
    package = ".".join(("armstrace", *table.parent.relative_to(SOURCE).parts))
    asked = {
        row["called"]: set(PLACE.findall(row["words"]))
        for row in read_rows(package, table.name)
    }

    for name, given in called_in(table.parent):
        handed_on = asked[name] if None in given else set()  # by ``**``
        assert asked[name] == given - {None} | handed_on, name


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.parent.name)
def test_every_sentence_of_a_table_is_called(table):
    names = [line.partition("\t")[0] for line in table.read_text().splitlines()[1:]]
    texts = [path.read_text(encoding="utf-8") for path in modules_of(table.parent)]

    assert names == sorted({*names})
    assert [n for n in names if not any(f'"{n}"' in text for text in texts)] == []
