"""What can be done and what can be asked, with the source of each."""

import ast
from collections.abc import Iterator

from django.apps import apps

from armstrace.records.scope import scope_of
from generating import tree
from generating.markdown import code, page, section, table

type Row = tuple[str, str, str, str]


def actions_page() -> str:
    """Write the index of actions."""
    return page(
        "Actions",
        "Everything that changes a record is one of these functions, and each "
        "writes one entry into the ledger.",
        "A function takes keywords only, `by` whom and `at` what time among them. "
        "The grant is the line of the [policy table](policy.md) that it asks for; "
        "the rules are explained in [rules](rules.md).",
        *_sections("actions", ("by", "at"), ("Function", "Does", "Grant", "Source")),
    )


def queries_page() -> str:
    """Write the index of queries."""
    return page(
        "Queries",
        "Everything that can be asked of the records is one of these functions; "
        "none of them changes a record.",
        "`viewer` says who asks; what that person may not see is not found. The "
        "grant is the line of the [policy table](policy.md) that it asks for.",
        *_sections("queries", ("viewer",), ("Function", "Gives", "Grant", "Source")),
    )


def _sections(
    kind: str, needed: tuple[str, ...], headings: tuple[str, ...]
) -> list[str]:
    by_app: dict[str, list[Row]] = {}
    for module in tree.modules():
        parts = module.name.split(".")
        if len(parts) > 1 and parts[1] == kind:
            rows = by_app.setdefault(parts[0], [])
            rows += [
                _row(module.name, node)
                for node in module.functions()
                if set(needed) <= _arguments(node)
            ]
    return [
        section(app.capitalize(), table(headings, rows))
        for app, rows in sorted(by_app.items())
        if rows
    ]


def _row(module: str, node: tree.Function) -> Row:
    grants = ", ".join(code(name) for name in _grants(node))
    return (
        code(f"{module}.{node.name}"),
        tree.first_line(node),
        grants,
        tree.part_of(node, "Source"),
    )


def _arguments(node: tree.Function) -> set[str]:
    return {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}


def _grants(node: tree.Function) -> list[str]:
    """Find the policy lines that a function asks for by itself."""
    asked = {
        call.args[0].value
        for call in _calls(node, {"require", "agencies", "may", "may_for"})
        if call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }
    if any(_calls(node, {"visible_to", "get_visible"})):
        models = _asked_models(node)
        asked |= {
            scope_of(model).grant_of(model)
            for model in apps.get_models()
            if hasattr(model, "scope") and model.__name__ in models
        }
    return sorted(asked)


def _calls(node: tree.Function, names: set[str]) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in names
        ):
            yield call


def _asked_models(node: tree.Function) -> set[str]:
    """Name the models whose rows a function asks for."""
    return {
        each.value.id
        for each in ast.walk(node)
        if isinstance(each, ast.Attribute)
        and each.attr == "objects"
        and isinstance(each.value, ast.Name)
    }
