"""Give the figures of some years, as the command line does, started once.

    python -m tests.upgrade.figures 2024 2025

The database is the one that ``armstrace`` would use in this environment.
"""

import io
import json
import sys
from contextlib import redirect_stdout

from armstrace.cli import main

AS_OF = "2026-06-30"

if __name__ == "__main__":
    command = main.load("indicator")
    for year in sys.argv[1:]:
        words = ["16.4.2", "--year", year, "--as-of", AS_OF, "--json"]
        with redirect_stdout(io.StringIO()) as told:
            command(args=words, standalone_mode=False)
        sys.stdout.write(json.dumps(json.loads(told.getvalue())) + "\n")
