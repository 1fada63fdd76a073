"""Rules of the architecture that imports cannot show."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, resolve

from armstrace.audit.declarations import apps_declared
from armstrace.web import urls
from tests.architecture import reach

ENTRY = "armstrace.audit.ledger.entry"
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "armstrace"
LONGEST_FILE = 400
# One chunk of a load, and what two judgements share: called by actions, in their entry.
WRITERS_BELOW_ACTIONS = {
    "armstrace.intake.actions.chunks",
    "armstrace.recoveries.actions.versions",
}
# Parts of an act in its entry, and what only tells how an act would go.
PARTS = {"registry.foretell_notices"}
# It begins a job over derived keys, and a job is no business record.
NO_ENTRY = {"recoveries.begin_comparing", "procedures.begin_following"}
NO_VIEWER = {
    # Rows that some query has already let through, keys without personal data,
    # and what is asked before anybody has signed in.
    "recoveries.for_list",
    "recoveries.recovery_row",
    "registry.query_of",
    "recoveries.readings_of",
    "recoveries.judgements_of",
    "licensing.holder_ids",
    "licensing.holder_kinds",
    "evidence.path_of",
    "evidence.is_whole",
    "accounts.token_of",
    "indicators.years_published",
    "indicators.series_published",
    "indicators.year_published",
    "indicators.file_published",
}


APPS = sorted(
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith("armstrace.") and any(config.get_models())
)


def contract_of(name: str) -> dict[str, Any]:
    """Read one of the import contracts."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = config["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if each["id"] == name)


def layer_of() -> dict[str, int]:
    """Read the rank of each app from the layer list, the top one lowest."""
    return {
        name.strip(" ()"): rank
        for rank, line in enumerate(contract_of("flow")["layers"])
        for name in line.split("|")
    }


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("armstrace.")]


def functions_in(kind: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give the public functions of ``kind.py`` or of the folder ``kind``."""
    for home, node in reach.public_functions(kind):
        app, module = home.split(".")[1], home.rpartition(".")[0]
        shown = exported(f"armstrace.{app}.{kind}")
        is_ours = app in APPS and module not in WRITERS_BELOW_ACTIONS
        if is_ours and (not shown or node.name in shown):
            yield home, node


def exported(module: str) -> set[str]:
    """Give the names that a package imports: its public face, if it has one."""
    imports = (n for n in reach.code_of(module).body if isinstance(n, ast.ImportFrom))
    is_package = reach.modules()[module].name == "__init__.py"
    return {e.name for n in imports if is_package for e in n.names}


def short(home: str) -> str:
    """Name a function by its app: ``tracing.open_trace``."""
    return f"{home.split('.')[1]}.{home.rpartition('.')[2]}"


ACTIONS = {
    home: node for home, node in functions_in("actions") if short(home) not in PARTS
}
QUERIES = dict(functions_in("queries"))


def test_every_app_has_its_place_in_the_layer_list() -> None:
    assert set(APPS) <= set(layer_of())


def test_apps_are_installed_in_the_order_of_the_layer_list() -> None:
    ranks = layer_of()
    installed = [ranks[config.label] for config in apps_declared()]

    assert installed == sorted(installed, reverse=True)
    assert {config.label for config in apps_declared()} == set(APPS)


def test_an_address_of_one_area_is_taken_by_no_other() -> None:
    shadowed = [
        (pattern.name, found)
        for area in urls.areas()
        for pattern in import_module(area).urlpatterns
        for found in [resolve(f"/{address_of(pattern)}").url_name]
        if found != pattern.name
    ]

    assert shadowed == []


def address_of(pattern: URLPattern) -> str:
    """Fill the places of an address with something that fits them."""
    return re.sub(
        r"<(?:(\w+):)?\w+>",
        lambda place: {"int": "1", "year": "2020"}.get(place[1], "x"),
        str(pattern.pattern),
    )


@pytest.mark.parametrize(
    ("contract", "option", "reached"),
    [
        ("inside", "containers", ["armstrace.*"]),
        ("public", "forbidden_modules", ["armstrace.*"]),
        ("interfaces", "forbidden_modules", ["armstrace.*.models"]),
    ],
)
def test_a_contract_holds_for_every_app_and_lists_none(
    contract: str, option: str, reached: list[str]
) -> None:
    assert contract_of(contract)[option] == reached


def test_the_public_pages_import_published_figures_and_no_other_query() -> None:
    modules = {
        each.split(" -> ")[1] for each in contract_of("public")["ignore_imports"]
    } - {"armstrace.accounts.limits"}  # it counts tries, and knows nobody
    allowed = {each.split(".")[1] for each in modules}

    assert allowed & set(APPS) == {"certificates", "indicators", "collection"}


def test_foreign_keys_point_down_the_flow() -> None:
    ranks = layer_of()

    upward = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model.__module__.startswith("armstrace.")
        and ranks[field.related_model._meta.app_label] < ranks[model._meta.app_label]
    ]

    assert upward == []


def test_nothing_is_deleted_through_a_foreign_key_of_another_app() -> None:
    loose = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    ]

    assert loose == []


def test_no_model_orders_itself() -> None:
    assert [m.__name__ for m in our_models() if m._meta.ordering] == []


def test_every_action_says_who_and_when_by_keyword() -> None:
    wrong = [
        name
        for name, action in ACTIONS.items()
        if action.args.args
        or not {"by", "at"} <= {each.arg for each in action.args.kwonlyargs}
    ]

    assert wrong == []


def test_every_action_leaves_a_ledger_entry() -> None:
    silent = {
        short(each) for each in ACTIONS if ENTRY not in reach.reached_from([each])
    }

    assert silent == NO_ENTRY


def test_every_action_cites_its_source() -> None:
    wrong = [
        name
        for name, action in ACTIONS.items()
        if "Source:" not in (ast.get_docstring(action) or "")
    ]

    assert wrong == []


def test_every_query_asks_its_viewer() -> None:
    without = {
        short(home)
        for home, query in QUERIES.items()
        if "viewer" not in {*map(ast.unparse, ast.walk(query))}
        or "viewer" not in {a.arg for a in (*query.args.args, *query.args.kwonlyargs)}
    }

    assert without == NO_VIEWER


def test_the_day_of_a_moment_is_that_of_this_country() -> None:
    """``timezone.localdate``; the methods know no country and are given days."""
    of_utc = re.compile(r"(\bat|_at|now\(\w*\))\.date\(\)")
    found = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if not {"analysis", "migrations"} & {*path.relative_to(SOURCE).parts}
        and of_utc.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_files_stay_small() -> None:
    lines = {
        path.relative_to(ROOT): path.read_text(encoding="utf-8").count("\n")
        for folder in ("src", "tests", "benchmarks", "docs")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    }

    assert {path: n for path, n in lines.items() if n > LONGEST_FILE} == {}


def test_rows_are_written_as_csv_in_one_place_which_runs_no_formula():
    writers = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if re.search(r"csv\.(Dict)?[Ww]riter\(", path.read_text(encoding="utf-8"))
    }

    assert writers == {"vocabulary/spreadsheets.py"}
