"""Every act that the ledger keeps has its words, and no words stand for nothing."""

import ast
import re
from functools import cache
from pathlib import Path

from django.apps import apps

import armstrace
from armstrace.audit.declarations import apps_declared
from armstrace.vocabulary.acts import WORDS, LedgerAct
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.warnings import WarningState

ROOT = Path(armstrace.__file__).parent
ACT = re.compile(r"[a-z]+(_[a-z]+)*\.(?!html|toml)[a-z]+(_[a-z]+)*")
WRITERS = re.compile(r"(actions|queries|audit)/|actions\.py|access\.py|errors\.py")
SPELLED = {f"exhibit.{act.lower()}" for act in CustodyAct} | {
    f"warning.{state.lower()}" for state in WarningState if state != WarningState.NEW
}


@cache
def acts_in(path):
    """Give the acts that a module names, but for the kinds of jobs."""
    source = path.read_text()
    if not re.search(rf'"{ACT.pattern}"', source):
        return set()
    nodes = [*ast.walk(ast.parse(source))]
    kinds = {
        id(node.value)
        for node in nodes
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "KIND"
    }
    texts = (
        n.value for n in nodes if isinstance(n, ast.Constant) if id(n) not in kinds
    )
    return {text for text in texts if isinstance(text, str) and ACT.fullmatch(text)}


def test_every_act_has_its_words():
    grants = {grant.action for app in apps_declared() for grant in app.grants}
    grants |= {app.name for app in apps_declared()}
    models = {model._meta.label_lower for model in apps.get_models()}
    modules = [path for path in ROOT.rglob("*.py") if "migrations" not in path.parts]
    written = {
        act
        for path in modules
        if WRITERS.search(str(path.relative_to(ROOT)))
        for act in acts_in(path)
    }

    assert written - grants - models - set(WORDS) == set()
    assert SPELLED - set(WORDS) == set()
    used = SPELLED.union(*map(acts_in, (p for p in modules if p.stem != "acts")))
    assert set(WORDS) - used == set()


def test_an_act_that_nobody_worded_is_shown_as_it_is():
    assert LedgerAct.words("trace.decided") == "decided on traces"
    assert LedgerAct.words("an.act_of_old") == "an.act_of_old"
