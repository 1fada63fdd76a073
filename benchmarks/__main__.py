"""Run a benchmark by its name; without a name, say which there are.

python -m benchmarks NAME [OPTIONS]
"""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
NO_BENCHMARK = {"__main__", "commands", "copies"}


def names() -> dict[str, str]:
    """Give the benchmarks with the first line of what they say of themselves."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in NO_BENCHMARK and "_" not in path.stem:
            text = path.read_text(encoding="utf-8")
            found[path.stem] = text.removeprefix('"""').split("\n", 1)[0]
    return found


def main() -> int:
    """Hand over to the benchmark that is named first."""
    known = names()
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        print("python -m benchmarks NAME [OPTIONS]\n")
        print("\n".join(f"{name:12} {words}" for name, words in known.items()))
        return 0 if len(sys.argv) < 2 else 2
    name = sys.argv.pop(1)
    runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
