"""Every act that the ledger keeps has its words, and no words stand for nothing."""

import ast
import re
from pathlib import Path

from django.apps import apps

import armstrace
from armstrace.audit.declarations import apps_declared
from armstrace.vocabulary.acts import WORDS, LedgerAct
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.warnings import WarningState

ROOT = Path(armstrace.__file__).parent
ACT = re.compile(r"[a-z]+(_[a-z]+)*\.(?!html)[a-z]+(_[a-z]+)*")
WRITERS = re.compile(r"(actions|queries|audit)/|actions\.py|access\.py|errors\.py")
SPELLED = {f"exhibit.{act.lower()}" for act in CustodyAct} | {
    f"warning.{state.lower()}" for state in WarningState if state != WarningState.NEW
}


def texts(tree):
    """Give the constants of a module, but for the kinds of jobs."""
    kinds = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "KIND"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in kinds:
            yield node.value


def acts_in(path):
    tree = ast.parse(path.read_text())
    return {
        text for text in texts(tree) if isinstance(text, str) and ACT.fullmatch(text)
    }


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
