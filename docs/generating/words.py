"""Vocabularies, errors, the policy table and the fields of files."""

import ast
import importlib

from armstrace.accounts import policy
from armstrace.api.errors import STATUS
from armstrace.intake.fields import FIELDS, IntakeKind
from armstrace.vocabulary.actors import Role, Scope
from armstrace.vocabulary.codes import Code
from generating import tree
from generating.markdown import code, page, section, table

_SCOPES = {Scope.ALL: "all", Scope.OWN: "own", None: ""}


def vocabularies_page() -> str:
    """Write the page of controlled vocabularies."""
    sections = []
    for name, words, members in _vocabularies():
        rows = [(code(value), label) for value, label in members.choices()]
        sections.append(section(name, words, table(("Code", "Words"), rows)))
    return page(
        "Vocabularies",
        "Every closed list: the code that is stored, and the words that people read.",
        *sections,
    )


def _vocabularies() -> list[tuple[str, str, type[Code]]]:
    found = []
    for module in tree.modules():
        for node in module.tree.body:
            bases = [ast.unparse(each) for each in getattr(node, "bases", ())]
            if isinstance(node, ast.ClassDef) and "Code" in bases:
                loaded = importlib.import_module(f"armstrace.{module.name}")
                words = f"{tree.first_line(node)} In {code(module.name)}.".strip()
                found.append((node.name, words, getattr(loaded, node.name)))
    # The shared words first, then those of single methods and apps.
    return sorted(found, key=lambda each: "`vocabulary." not in each[1])


def errors_page() -> str:
    """Write the page of errors."""
    rows = []
    for kind, status in STATUS.items():
        words = (kind.__doc__ or "").partition("\n")[0]
        rows.append((code(kind.__name__), status, words))
    return page(
        "Errors",
        "Every refusal is one of five kinds, and the API answers each with its own "
        "HTTP status.",
        table(("Error", "Status", "When"), rows),
        "A record that is not for the person's eyes is not found (404), so that a "
        "refusal does not tell that it exists. On the command line every refusal is "
        "one sentence on standard error and exit status 1; wrong usage is 2.",
        "`RuleBroken` also carries the code of the rule; the codes stand in "
        "[rules](rules.md).",
    )


def policy_page() -> str:
    """Write the page of the policy table."""
    roles = [role for role in Role if role is not Role.SYSTEM]
    headings = ("Grant", "Lets a person", *(role.label for role in roles))
    rows = [
        (code(action), words, *(_SCOPES[scopes.get(role)] for role in roles))
        for action, words, scopes in policy.table()
    ]
    purposes = [
        (role.label, ", ".join(each.label for each in policy.PURPOSES[role]))
        for role in roles
    ]
    return page(
        "Policy table",
        "Who may do what: actions, queries, pages and API obey this one table, and "
        "what is not in it is refused.",
        "“all” reaches the records of every agency, “own” those of the person's own "
        "agency, an empty cell nothing.",
        table(headings, rows),
        section(
            "Purposes",
            "A person signs in to a purpose, and every entry of the ledger carries it.",
            table(("Role", "May act for the purpose of"), purposes),
        ),
    )


def files_page() -> str:
    """Write the page of the canonical fields of files."""
    sections = []
    for kind in IntakeKind:
        rows = [
            (
                code(field.name),
                "yes" if field.is_required else "",
                _shape(field.codes, field.shape.label),
                field.limit,
            )
            for field in FIELDS[kind]
        ]
        headings = ("Field", "Needed", "Holds", "Characters at most")
        title = f"`--kind {kind.value}`: {kind.label}"
        sections.append(section(title, table(headings, rows)))
    return page(
        "Fields of files",
        "What each kind of file may state, under the names that column profiles use.",
        "A file whose headings are these names needs no profile. An empty cell states "
        "that nothing is known: what the same source said there before is cleared. "
        "What the file has no column for stays as it is on record.",
        *sections,
    )


def _shape(codes: type[Code] | None, words: str) -> str:
    if codes is None:
        return words
    return f"{words} of [{codes.__name__}](vocabularies.md#{codes.__name__.lower()})"
