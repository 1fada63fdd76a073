"""Name the Debian packages that the tests need and that are not installed."""

import ctypes.util
import shutil
import sys
from pathlib import Path

# The first has no windows and takes a third of the time; the whole one draws as well.
BROWSERS = ("chromium-headless-shell", "chromium")
NEEDED = {
    "postgresql": any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    "chromium-headless-shell": any(map(shutil.which, BROWSERS)),
    "libpangoft2-1.0-0": ctypes.util.find_library("pangoft2-1.0") is not None,
    "libharfbuzz-subset0": ctypes.util.find_library("harfbuzz-subset") is not None,
}


def main() -> int:
    """Say what is missing and the line that installs it."""
    missing = [package for package, is_there in NEEDED.items() if not is_there]
    if not missing:
        return 0
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    sys.stderr.write(f"The tests need {' and '.join(missing)}:\n\n    {line}\n\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
