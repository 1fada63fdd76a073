"""The skeleton of an app stands at once, and edits two central places."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("src", "tests", "docs")
FILES = ("manage.py", "pyproject.toml")
CENTRAL = {"pyproject.toml", "src/armstrace/project/settings.py"}
MINE = ("tests/patrols", "tests/web/test_patrols.py", "tests/api/test_patrols.py")
OVER_ALL = (
    "tests/architecture/test_scope.py",
    "tests/architecture/test_api_has_what_pages_offer.py",
    "tests/architecture/test_flow.py::test_every_query_asks_its_viewer",
    "tests/access/test_matrix.py::test_every_address_is_listed_and_none_that_is_gone",
    "tests/access/test_matrix.py::test_each_role_gets_in_where_the_policy_says[otto]",
    "tests/access/test_sealed_case.py::test_the_interface_of_programmes_tells_a_stranger_as_little",
    "tests/api/test_consultations.py::test_every_operation_that_shows_records_leaves_which",
)
pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Lay an app into a copy of the tree."""
    copy = tmp_path_factory.mktemp("skeleton")
    leave_out = shutil.ignore_patterns("*.mo", ".*cache")
    for part in PARTS:
        shutil.copytree(ROOT / part, copy / part, ignore=leave_out)
    for name in FILES:
        shutil.copy(ROOT / name, copy / name)
    run(copy, "docs/skeleton/lay.py", "patrols", "--above", "licensing")
    yield copy
    shutil.rmtree(copy)


def run(copy: Path, *command: str) -> str:
    """Run a command in the copy, on its own code."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env={**kept, "PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-2_000:]
    return done.stdout


def test_a_new_app_edits_two_central_places(laid: Path) -> None:
    changed = {
        path.relative_to(ROOT).as_posix()
        for part in ("src", "tests")
        for path in (ROOT / part).rglob("*.py")
        if path.read_bytes() != (laid / path.relative_to(ROOT)).read_bytes()
    } | {
        name
        for name in FILES
        if (ROOT / name).read_bytes() != (laid / name).read_bytes()
    }

    assert changed == CENTRAL


def test_a_new_app_is_in_the_house_style(laid: Path) -> None:
    run(laid, "-m", "ruff", "format", "--check", "src", *MINE)
    run(laid, "-m", "ruff", "check", "src", *MINE)
    run(laid, "manage.py", "makemigrations", "--check", "--dry-run")


def test_a_new_app_keeps_the_import_contracts(laid: Path) -> None:
    run(
        laid,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
    )


def test_the_tests_of_a_new_app_pass_at_once(laid: Path) -> None:
    run(laid, "-m", "pytest", *MINE, *OVER_ALL, "-q", "-x")
