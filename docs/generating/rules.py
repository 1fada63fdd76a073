"""The codes of rules, with their sentences, from where the code keeps them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from armstrace.analysis.risk import on_traced
from armstrace.analysis.risk.catalogue import descriptions
from armstrace.analysis.statistics import cells, scope
from armstrace.analysis.statistics.questionnaire import crosswalk, declared
from armstrace.audit import declarations
from armstrace.licensing.rules import UNMET, UNREASONED
from armstrace.registry.same_arm import TWO_ARMS
from armstrace.vocabulary.packaged import read_rows
from armstrace.vocabulary.rules import NEEDS_REASON, OVERTAKEN, UNSEEN
from armstrace.vocabulary.sources import INSTRUMENTS, Source
from generating import tree
from generating.markdown import anchor, code, page, section, table

METHODS = {
    "LC": "Life cycle: what may happen to an arm after what",
    "RS": "Records: corrections and what contradicts them",
    "SC": "Scope of indicator 16.4.2: what does not count",
    "CE": "Cells of tracing tables 5.1 to 5.3: the first line that applies",
    "ME": "Methods of indicator 16.4.2: what a method leaves out",
    "CW": "Crosswalk of the annual return: the first line that applies",
    "CK": "Checks of the annual return",
    "SX": "SDMX messages of the indicator",
    "DE": "Demonstration",
}
"""What the rules of methods are about; an app says it of its own."""
# Sentences that no place of the code holds whole.
_SAID = {
    "EX-28": "What is undecided about an exhibit is decided before its way out.",
    "ME-03": "a cell of the tracing tables that the method does not count",
    "RG-25": "An arm that is kept in custody or in a store leaves by the act of that "
    "place.",
}
SAID = {
    "rule_of_double": TWO_ARMS,
    "rule_of_reason": NEEDS_REASON,
    "rule_of_duties": UNMET,
    "rule_of_warnings": UNREASONED,
}
"""What makes rules of one sentence, and the sentence."""
ROWS = {
    *("Rule", "plain_rule", "rule_as_seen", "rule_of_none", "rule_of_stages"),
    *SAID,
}
BOOK = "RuleBook(__name__)"
"""What a module opens that has the words of its rules beside it."""
_CODE = re.compile(r"[A-Z]{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the reference shows it.

    Args:
        code: Such as ``LC-01``.
        words: The sentence that a person reads.
        source: Where it rests; empty where the code names nothing.
        where: Module that refuses by it.
    """

    code: str
    words: str
    source: str
    where: str


def rules_page() -> str:
    """Write the page of rule codes."""
    found = collected()
    order = list(families()).index
    present = sorted({rule.code[:2] for rule in found}, key=order)
    return page(
        "Rules",
        "Every refusal, exclusion and counting line carries a code, and this page "
        "says what each code means.",
        "A refusal names its code and its sentence on the page, in the API and on "
        "the command line. A word in braces stands for what the record holds.",
        *(_family(name, found) for name in present),
    )


def _family(name: str, found: tuple[Rule, ...]) -> str:
    rows = [
        (
            f"{anchor(rule.code.lower())}{code(rule.code)}",
            rule.words,
            rule.source,
            code(rule.where),
        )
        for rule in found
        if rule.code.startswith(name)
    ]
    headings = ("Code", "Sentence", "Source", "Kept in")
    return section(f"{name}: {families()[name]}", table(headings, rows))


@cache
def families() -> dict[str, str]:
    """Give what rules are about, by the letters of their codes."""
    apps = [app.rules for app in declarations.apps_declared()]
    return {name: words for each in (*apps, METHODS) for name, words in each.items()}


@cache
def collected() -> tuple[Rule, ...]:
    """Collect every rule, in the order of the families and their numbers.

    Raises:
        ValueError: A code belongs to no family; name it in ``rules`` of the app. Or a
            rule has no sentence, or rests on nothing.
    """
    found: dict[str, list[Rule]] = {}
    for rule in (*_tables(), *_raised()):
        if rule.code[:2] not in families():
            msg = f"{rule.code} ({rule.where}) is of no family; its app names it"
            raise ValueError(msg)
        found.setdefault(rule.code, []).append(rule)
    order = list(families())
    codes = sorted(found, key=lambda each: (order.index(each[:2]), each))
    merged = tuple(_merged(found[each]) for each in codes)
    if bare := [rule.code for rule in merged if not (rule.words and rule.source)]:
        msg = f"no sentence or no source: {', '.join(bare)}; give both"
        raise ValueError(msg)
    return merged


def _merged(same: list[Rule]) -> Rule:
    """Bring what several places say of one code into one line."""
    told = list(dict.fromkeys(rule.words for rule in same if rule.words))
    told = told or [_SAID.get(same[0].code, "")]
    sources = dict.fromkeys(rule.source.strip(".") for rule in same if rule.source)
    places = dict.fromkeys(rule.where for rule in same)
    return Rule(same[0].code, " / ".join(told), "; ".join(sources), ", ".join(places))


def _tables() -> Iterator[Rule]:
    source = tree.part_of(
        _function("analysis.statistics.scope", "exclusion_of"), "Source"
    )
    for reason, rule_code in scope.RULE_OF.items():
        yield Rule(rule_code, reason.label, source, "analysis.statistics.scope")
    source = tree.part_of(
        _function("analysis.statistics.cells", "tracing_cell"), "Source"
    )
    for line in cells.RULES:
        words = f"{line.cell.value}: {line.meaning}"
        yield Rule(line.rule, words, source, "analysis.statistics.cells")
    for sign, function in on_traced.SIGNS.items():
        words = (function.__doc__ or "").partition("\n")[0]
        source = "Design: ATF, time to crime and multiple sales"
        yield Rule(sign, words, source, "analysis.risk.on_traced")
    for sign, told in descriptions().items():
        name, *place = told["source"]
        cited = ", ".join([INSTRUMENTS.get(name, name), *place])
        yield Rule(sign, told["title"], cited, "analysis.risk.catalogue")
    yield from _questionnaire()
    yield from _books()


def _books() -> Iterator[Rule]:
    """Read the tables of words that stand beside modules of rules."""
    for module in tree.modules():
        beside = (tree.SOURCE / module.path).with_suffix(".tsv")
        if BOOK in module.text and beside.exists():
            package, _, name = f"armstrace.{module.name}".rpartition(".")
            for row in read_rows(package, f"{name}.tsv"):
                source = str(Source(row["instrument"], row["place"]))
                yield Rule(row["code"], _braced(row["words"]), source, module.name)


def _questionnaire() -> Iterator[Rule]:
    asked = declared.questionnaire()
    where = "analysis.statistics.questionnaire"
    source = "UNODC illicit arms flows questionnaire"
    for each in asked.tables:
        words = " ".join(
            filter(None, (f"Table {each.table_id}: {each.title}.", each.note))
        )
        yield Rule(each.rule, words, source, where)
    for line in crosswalk.lines():
        codes = "; ".join(
            f"{name} {', '.join(sorted(wanted))}" for name, wanted in line.when.items()
        )
        words = f"{line.dimension}: {line.row or 'no row'}: {line.words or codes}"
        yield Rule(line.rule, words, source, where)
    for check in asked.checks:
        yield Rule(check.rule, check.words, source, where)


def _function(module: str, name: str) -> tree.Function:
    found = next(each for each in tree.modules() if each.name == module)
    return next(node for node in found.functions() if node.name == name)


def _raised() -> Iterator[Rule]:
    for module in tree.modules():
        if not _CODE.search(module.text):
            continue
        constants = _assigned(module.tree.body)
        yield from _rows(module.tree, module.name, constants)
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef):
                for rule in _in_function(function, module.name, constants):
                    rests_on = tree.part_of(module.tree, "Source")
                    yield replace(rule, source=rule.source or rests_on)


def _braced(words: str) -> str:
    return re.sub(r"%\((\w+)\)s", r"{\1}", words)


def _rows(
    body: ast.Module, module: str, constants: dict[str, ast.expr]
) -> Iterator[Rule]:
    """Read the rows of a table of rules."""
    functions = {
        each.name: each for each in body.body if isinstance(each, ast.FunctionDef)
    }
    for call in ast.walk(body):
        if not isinstance(call, ast.Call) or not _is_row(call):
            continue
        if _name_of(call.func) == "rule_as_seen":
            said = _braced(OVERTAKEN.template)
            yield Rule(_text(call.args[0]), said, str(UNSEEN), module)
            continue
        rule_code, *given, source = call.args[:3]
        words = _braced(str(SAID.get(_name_of(call.func), "")))
        for said in given:
            made = functions.get(said.id, said) if isinstance(said, ast.Name) else said
            words = next(filter(None, map(_text, ast.walk(made))), "")
        cited = constants.get(source.id) if isinstance(source, ast.Name) else source
        yield Rule(_text(rule_code), words, _cited(cited or source), module)


def _is_row(call: ast.Call) -> bool:
    named = call.func.value if isinstance(call.func, ast.Subscript) else call.func
    return _name_of(named) in ROWS and bool(_CODE.fullmatch(_text(call.args[0])))


def _in_function(
    function: ast.FunctionDef, module: str, constants: dict[str, ast.expr]
) -> Iterator[Rule]:
    for call in ast.walk(function):
        if not isinstance(call, ast.Call):
            continue
        codes = [_text(each) for each in call.args]
        named = next((each for each in codes if _CODE.fullmatch(each)), "")
        if named[:2] in families() or (named and _name_of(call.func) == "RuleBroken"):
            names = [each.id for each in call.args if isinstance(each, ast.Name)]
            kept = (_text(constants[each]) for each in names if each in constants)
            words = _sentence(call, function, named) or next(filter(None, kept), "")
            yield Rule(named, words, _source(call, constants), module)


def _sentence(call: ast.Call, function: ast.FunctionDef, named: str) -> str:
    """Find the words beside a code: given there, or assigned last before it."""
    for given in call.args:
        words = _text(given)
        if " " in words and words != named:
            return words
    names = {each.id for each in call.args if isinstance(each, ast.Name)}
    before = [
        (node.lineno, _text(node.value))
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and node.lineno < call.lineno
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in names
    ]
    told = [words for _, words in sorted(before) if words]
    return told[-1] if told else ""


def _source(call: ast.Call, constants: dict[str, ast.expr]) -> str:
    for keyword in call.keywords:
        if keyword.arg == "source":
            value = keyword.value
            if isinstance(value, ast.Name):
                value = constants.get(value.id, value)
            return _cited(value)
    return ""


def _cited(value: ast.expr) -> str:
    if not isinstance(value, ast.Call):
        return ""
    parts = [_text(each) for each in value.args]
    name = INSTRUMENTS.get(parts[0], parts[0])
    return ", ".join([name, *parts[1:]])


def _assigned(body: list[ast.stmt]) -> dict[str, ast.expr]:
    return {
        node.targets[0].id: node.value
        for node in body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.AST) -> str:
    """Read a text; what is filled in stands in braces, in a word."""
    if isinstance(node, ast.Call):
        is_message = _name_of(node.func) in {"message", "counted"}
        said = _text(node.args[-1]) if is_message else ""
        return re.sub(r"%\((\w+)\)s", r"{\1}", said)
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "{" + ast.unparse(node.value).rpartition(".")[2].strip("()") + "}"
    return ""
