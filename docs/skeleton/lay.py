"""Lay the skeleton of a new app: python docs/skeleton/lay.py tips [--above registry].

``files/`` holds the templates, each named by its path with ``__`` for a slash. Two
central places are edited, the layer list and the installed apps; everything else
is found in the folders of the app.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from string import Template

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PLURAL = re.compile(r"[a-z]{3,30}")


def main() -> int:
    """Lay the files, then make the migration; ``make app`` makes the reference anew."""
    parser = argparse.ArgumentParser(description="Lay the skeleton of a new app.")
    parser.add_argument("name", help="plural noun of the mission, such as tips")
    parser.add_argument("--record", default="", help="one of them; else without the s")
    parser.add_argument("--above", default="registry", help="the layer below it")
    given = parser.parse_args()
    record = given.record or given.name.removesuffix("s")
    if not PLURAL.fullmatch(given.name) or not PLURAL.fullmatch(record):
        print("The name is one plural noun in lower case, such as tips.")
        return 1
    if (ROOT / "src" / "armstrace" / given.name).exists():
        print(f"There is an app {given.name} already.")
        return 1
    written = lay(given.name, record)
    enter(given.name, given.above)
    python = [path for path in written if path.endswith(".py")]
    for command in (
        ("-m", "ruff", "check", "--quiet", "--fix", *python),
        ("-m", "ruff", "format", "--quiet", *python),
        ("manage.py", "makemigrations", given.name, "--name", record, "-v", "0"),
    ):
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True)  # noqa: S603 - own commands
    print("\n".join(written))
    return 0


def lay(app: str, record: str) -> list[str]:
    """Write the files of an app and name them."""
    words = {
        "app": app,
        "App": app.capitalize(),
        "record": record,
        "Record": record.capitalize(),
        "CODE": app[:2].upper(),
    }
    written = []
    for template in sorted((HERE / "files").iterdir()):
        name = template.name.removesuffix(".txt").replace("__", "/")
        path = ROOT / Template(name.replace("INIT", "__init__")).substitute(words)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = Template(template.read_text(encoding="utf-8")).substitute(words)
        path.write_text(text, encoding="utf-8")
        written.append(path.relative_to(ROOT).as_posix())
    return written


def enter(app: str, below: str) -> None:
    """Give the app its line in the layer list and among the installed apps."""
    layers = ROOT / "pyproject.toml"
    settings = ROOT / "src" / "armstrace" / "project" / "settings.py"
    place = re.compile(rf"\({app}\)")
    if place.search(layers.read_text(encoding="utf-8")):
        _change(layers, place, lambda _: app)  # a place was kept for it
    else:
        line = re.compile(rf'^  "[^"\n]*\b{below}\b[^"\n]*",\n', re.MULTILINE)
        _change(layers, line, lambda found: f'  "{app}",\n{found[0]}')
    line = re.compile(rf'^    "armstrace\.{below}",\n', re.MULTILINE)
    _change(settings, line, lambda found: f'{found[0]}    "armstrace.{app}",\n')


def _change(
    path: Path, what: re.Pattern[str], make: Callable[[re.Match[str]], str]
) -> None:
    text, many = what.subn(make, path.read_text(encoding="utf-8"), count=1)
    if not many:
        sys.exit(f"{path.name} has no such layer; name the one below the new app.")
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
