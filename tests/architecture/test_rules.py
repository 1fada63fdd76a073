"""Every rule that refuses has somebody who asks it, and a test that names it."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from armstrace.analysis.risk.on_traced import SIGNS
from armstrace.analysis.risk.scoring import CUSTOMS
from tests.architecture import reach

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "armstrace"
CODE = re.compile(r"[A-Z]{2}-\d{2}")
ROWS = (
    "RuleBroken",
    "Rule",
    "plain_rule",
    "rule_of_double",
    "rule_of_reason",
    "rule_as_seen",
    "rule_of_none",
    "rule_of_stages",
    "rule",
    "plain",
)


TEXTS = {
    path: path.read_text(encoding="utf-8")
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts and path.parts[-2:] != ("vocabulary", "rules.py")
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


# Read when they are asked for: every worker of a run imports this module.
@cache
def trees():
    """Give the trees of the modules in which codes stand."""
    return [ast.parse(text) for text in TEXTS.values() if CODE.search(text)]


def all_codes():
    return {code for tree in trees() for code in codes_in(tree)}


def said_in_tests():
    """Give the codes in the names of tests, and in the texts that code reads."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if path == Path(__file__):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield from CODE.findall(node.name.replace("_", "-"))
            elif isinstance(node, ast.Constant) and id(node) not in docs:
                yield from CODE.findall(str(node.value).replace("_", "-"))


def test_there_are_rules_to_hold():
    assert len(all_codes()) > 60


def test_no_rule_that_refuses_has_the_code_of_an_indicator_of_risk():
    indicators = {code[:2] for code in [*CUSTOMS, *SIGNS]}

    assert indicators == {"CU", "TR"}
    assert indicators.isdisjoint(code[:2] for code in all_codes())


def test_a_code_is_one_rule():
    """What is raised without a row has a code that no row has either."""
    rows = Counter(code for tree in trees() for code in codes_in(tree, ROWS[1:]))
    raised = {code for tree in trees() for code in codes_in(tree, ROWS[:1])}

    assert {code for code, times in rows.items() if times > 1} == set()
    assert raised & {*rows} == set()


@pytest.mark.parametrize(
    "path", [path for path, text in TEXTS.items() if "RuleBook(__name__)" in text]
)
def test_a_table_of_words_has_those_of_the_rules_of_its_module(path):
    text = path.with_suffix(".tsv").read_text(encoding="utf-8")
    codes = [line.partition("\t")[0] for line in text.splitlines()[1:]]

    assert codes == sorted(codes_in(ast.parse(TEXTS[path]), ("rule", "plain")))


def test_every_rule_has_a_test_with_its_code():
    assert all_codes() - {*said_in_tests()} == set()


def declarations():
    """Give where each rule is declared, or raised without a row, with its codes."""
    for module, path in reach.modules().items():
        if path in TEXTS and CODE.search(TEXTS[path]):
            for name, node in reach.definitions(module):
                if codes := {*codes_in(node)}:
                    yield f"{module}.{name}", codes


def test_every_rule_is_asked_by_what_changes_records_or_shows_them():
    """From an act, a job, an interface or a hook that an app names."""
    rules = dict(declarations())
    starts = {name for name, _ in reach.public_functions("actions")}
    for module in reach.modules():
        if {"api", "cli", "web", "jobs", "apps"} & {*module.split(".")[1:]}:
            starts |= {f"{module}.{name}" for name, _ in reach.definitions(module)}
    asked = reach.reached_from(starts - rules.keys())

    assert len(rules) > 400
    raised = {name for name, _ in rules.items() if name in starts}
    assert rules.keys() - asked - raised == set()
