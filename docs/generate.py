"""Make docs/reference from the code; with --check, say what would change.

python docs/generate.py [--check]
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import django

REFERENCE = Path(__file__).resolve().parent / "reference"
SHIPPED = "../../src/armstrace/web/law/articles.tsv"
"""What the page of the law shows: tests are not installed with the product."""


def main() -> int:
    """Write the pages, or compare them; 1 where they differ."""
    parser = argparse.ArgumentParser(description="Make docs/reference from the code.")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    check = parser.parse_args().check
    made = pages()
    changed = [name for name, text in made.items() if _read(name) != text]
    known = {path.name for path in REFERENCE.glob("*.md")}
    stray = sorted(known - set(made))
    if check:
        for name in (*changed, *stray):
            print(
                f"docs/reference/{name} is not what the code says; run docs/generate.py"
            )
        return 1 if changed or stray else 0
    REFERENCE.mkdir(exist_ok=True)
    for name in changed:
        (REFERENCE / name).write_text(made[name], encoding="utf-8")
        print(f"docs/reference/{name} written")
    for name in stray:
        (REFERENCE / name).unlink()
    return 0


def pages() -> dict[str, str]:
    """Make every page, by its file name."""
    with tempfile.TemporaryDirectory(prefix="armstrace-docs-") as home:
        _set_up(home)
        makers = _makers()
        made = {name: make() for name, (make, _) in makers.items()}
    lines = {name: words for name, (_, words) in makers.items()}
    made["README.md"] = _index(lines)
    return made


def _set_up(home: str) -> None:
    """Load the code as it is when nothing is set."""
    for name in list(os.environ):
        if name.startswith(("ARMSTRACE_", "DATABASE_")):
            del os.environ[name]
    os.environ["ARMSTRACE_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "armstrace.project.settings"
    django.setup()


def _makers() -> dict[str, tuple[Callable[[], str], str]]:
    # Django must be set up before the code is read.
    from generating import api, articles, cli, rules, settings, sources, words, work  # noqa: PLC0415

    return {
        "cli.md": (cli.cli_page, "the command line"),
        "api.md": (api.api_page, "the endpoints of the API"),
        "openapi.json": (api.description, "the API as OpenAPI describes it"),
        "settings.md": (settings.settings_page, "what the environment may say"),
        "files.md": (words.files_page, "the fields of files that are loaded"),
        "rules.md": (rules.rules_page, "the codes of rules, with their sentences"),
        "errors.md": (words.errors_page, "the kinds of refusal"),
        "policy.md": (words.policy_page, "who may do what"),
        "vocabularies.md": (words.vocabularies_page, "every closed list of codes"),
        "actions.md": (work.actions_page, "everything that can be done"),
        "queries.md": (work.queries_page, "everything that can be asked"),
        SHIPPED: (articles.articles_file, ""),
        "sources.md": (sources.sources_page, "from an article to the code"),
    }


def _index(lines: dict[str, str]) -> str:
    from generating.markdown import page  # noqa: PLC0415 - beside its users

    listed = "\n".join(
        f"- [{name}]({name}): {words}" for name, words in lines.items() if words
    )
    sentence = (
        "These pages are made from the code by `docs/generate.py`, so they say what "
        "the code does."
    )
    return page("Reference", sentence, listed)


def _read(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
