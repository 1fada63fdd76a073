"""The tutorial does what it says, command by command."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs/tutorial/from-an-empty-database-to-a-traced-pistol.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "@@ end of block"


@dataclass(frozen=True, slots=True)
class Step:
    commands: str
    expected: tuple[str, ...]


def steps() -> list[Step]:
    """Pair each block of commands with the output that follows it."""
    found: list[Step] = []
    for kind, text in FENCE.findall(TUTORIAL.read_text(encoding="utf-8")):
        if kind == "shell":
            found.append(Step(text, ()))
        elif kind == "output":
            found[-1] = Step(found[-1].commands, tuple(text.splitlines()))
    return found


def run(commands: str, folder: Path) -> list[str]:
    """Run all blocks in one shell; give the output of each."""
    kept = {"HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "XDG_CACHE_HOME"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    own = Path(sys.executable).parent
    environment["PATH"] = f"{own}:/usr/local/bin:/usr/bin:/bin"
    environment["COLUMNS"] = "200"
    bash = shutil.which("bash") or "/bin/bash"
    done = subprocess.run(
        [bash, "-e", "-o", "pipefail", "-c", commands],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=900,  # a busy machine is slow, not wrong
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout.split(MARK)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    script = "\n".join(f"{step.commands}\necho '{MARK}'" for step in steps())
    return run(script, tmp_path_factory.mktemp("tutorial"))


def test_the_tutorial_runs_and_prints_what_it_says(outputs):
    for step, output in zip(steps(), outputs, strict=False):
        for line in step.expected:
            pattern = ".*".join(map(re.escape, line.strip().split("…")))

            assert re.search(pattern, output), f"{line!r} is not in:\n{output}"


def test_a_correction_leaves_two_entries_on_the_first_version(outputs):
    asked = [i for i, step in enumerate(steps()) if "ledger show" in step.commands]

    assert outputs[asked[0]].count("recovery.recorded") >= 2
