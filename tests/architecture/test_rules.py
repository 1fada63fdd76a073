"""Every rule that refuses has somebody who asks it, and a test that names it."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from armstrace.analysis.risk.on_traced import SIGNS
from armstrace.analysis.risk.scoring import CUSTOMS

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "armstrace"
CODE = re.compile(r"[A-Z]{2}-\d{2}")
ROWS = (
    "RuleBroken",
    "Rule",
    "plain_rule",
    "rule_of_reason",
    "rule_as_seen",
    "rule_of_none",
    "rule_of_stages",
)


TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts
}


def codes_in(tree, rows=ROWS):
    """Give the codes of the rows of tables, and of refusals, in a tree."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        named = call.func.value if isinstance(call.func, ast.Subscript) else call.func
        name = getattr(named, "attr", getattr(named, "id", ""))
        first = call.args[0]
        is_text = isinstance(first, ast.Constant) and isinstance(first.value, str)
        if name in rows and is_text and CODE.fullmatch(first.value):
            yield first.value


CODES = sorted(
    {
        code
        for text in TEXTS.values()
        if CODE.search(text)
        for code in codes_in(ast.parse(text))
    }
)
TESTS = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
    if path != Path(__file__)
)


def test_there_are_rules_to_hold():
    assert len(CODES) > 60


def test_no_rule_that_refuses_has_the_code_of_an_indicator_of_risk():
    indicators = {code[:2] for code in [*CUSTOMS, *SIGNS]}

    assert indicators == {"CU", "TR"}
    assert indicators.isdisjoint(code[:2] for code in CODES)


def test_a_code_is_one_rule():
    """What is raised without a row has a code that no row has either."""
    trees = [ast.parse(text) for text in TEXTS.values() if CODE.search(text)]
    rows = Counter(code for tree in trees for code in codes_in(tree, ROWS[1:]))
    raised = {code for tree in trees for code in codes_in(tree, ROWS[:1])}

    assert {code for code, times in rows.items() if times > 1} == set()
    assert raised & {*rows} == set()


def test_every_rule_has_a_test_with_its_code():
    assert [
        c for c in CODES if c not in TESTS and c.replace("-", "_") not in TESTS
    ] == []


def rows_of_rules():
    """Give (module, name) of what a ``rules.py`` declares at its top."""
    for path, text in TEXTS.items():
        if path.name != "rules.py" or path.parent.name == "vocabulary":
            continue
        for node in ast.parse(text).body:
            if any(codes_in(node)):
                target = getattr(node, "targets", [getattr(node, "target", node)])[0]
                name = getattr(target, "id", getattr(target, "name", ""))
                yield path, name


@cache
def beside(path):
    """Give what the other modules of a module's package say."""
    others = (each for each in path.parent.rglob("*.py") if each != path)
    return "\n".join(TEXTS.get(each, "") for each in others)


def test_every_rule_is_asked_by_what_changes_records():
    assert [named for named in rows_of_rules() if not is_asked(*named)] == []


def is_asked(path, name):
    """A table is asked where its name, or what its module makes of it, is used."""
    own = TEXTS[path]
    makers = {name} | {
        getattr(node, "name", None) or node.targets[0].id
        for node in ast.parse(own).body
        if isinstance(node, ast.FunctionDef | ast.Assign)
        and re.search(rf"\b{name}\b", ast.get_source_segment(own, node) or "")
    }
    return re.search(rf"\b(?:{'|'.join(sorted(makers))})\b", beside(path))
