"""Build the wheel, install it alone into a new environment and run it there.

    python tests/wheel.py

What lies beside the code (templates, catalogues, tables) must be in the wheel, and
what is in the wheel must be enough: the demo runs from a folder that holds nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = ("__pycache__", "*.pyc", "*.mo", "*.egg-info")
BESIDE = ("pyproject.toml", "setup.py", "README.md", "LICENSE")


def build(folder: Path) -> Path:
    """Build from a copy, so that no earlier build gets into the wheel."""
    copied = folder / "source"
    shutil.copytree(ROOT / "src", copied / "src", ignore=shutil.ignore_patterns(*MADE))
    for name in BESIDE:
        shutil.copy(ROOT / name, copied)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    run([*pip, "--no-build-isolation", "-w", folder, copied], folder)
    (wheel,) = folder.glob("armstrace-*.whl")
    return wheel


def left_out(wheel: Path) -> list[str]:
    """Name the files that the wheel lacks: the source's, and what is compiled."""
    source = ROOT / "src"
    ignored = shutil.ignore_patterns(*MADE)
    wanted = {
        (Path(folder) / name).relative_to(source).as_posix()
        for folder, _, names in os.walk(source / "armstrace")
        for name in set(names) - ignored(folder, names)
        if "__pycache__" not in folder
    }
    wanted |= {
        f"{name.removesuffix('po')}mo" for name in wanted if name.endswith(".po")
    }
    with zipfile.ZipFile(wheel) as packed:
        return sorted(wanted - set(packed.namelist()))


def install(wheel: Path, folder: Path) -> Path:
    """Make an environment with the wheel and what it pins; give its programs."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / "bin"
    pip = [programs / "python", "-m", "pip", "install", "--quiet", "--no-compile"]
    pinned = ROOT / "requirements" / "base.txt"
    run([*pip, "--require-hashes", "-r", pinned], folder)
    run([*pip, "--no-deps", wheel], folder)
    return programs


def run(command: list[object], folder: Path) -> None:
    """Run a command in a folder, with nothing of this checkout in its way."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    env |= {"ARMSTRACE_HOME": str(folder / "home")}
    for name in ("DATABASE_URL", "DATABASE_ADMIN_URL", "DJANGO_SETTINGS_MODULE"):
        env.pop(name, None)
    subprocess.run([str(word) for word in command], cwd=folder, env=env, check=True)


def main() -> int:
    """Build, compare, install, run; give the exit status."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        wheel = build(folder)
        if missing := left_out(wheel):
            sys.stderr.write(f"The wheel lacks {', '.join(missing)}.\n")
            return 1
        armstrace = install(wheel, folder) / "armstrace"
        run([armstrace, "--version"], folder)
        run([armstrace, "demo", "--size", "500", "--no-serve"], folder)
        run([armstrace, "ledger", "verify"], folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
