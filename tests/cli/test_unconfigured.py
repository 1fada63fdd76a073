"""Commands that need no records run where nothing is configured."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from armstrace.analysis import procedures

pytestmark = pytest.mark.pure

ARMS = "id,make,model,calibre,serial\n1,COLT,1903,.32 ACP,40000\n"
NAMES = "id,schema,name1,name2\n1,Person,Ora Mint,Ora Mynt\n"
GOODS = "source_number,declared_on,hs_code,description\nP1,2025-03-01,6109,shirt\n"
PROCEDURE = Path(procedures.__file__).parent / "data" / "recovered-arms.toml"
COMMANDS = {
    "identify": ("identify", "arms.csv"),
    "match": ("match", "arms.csv", "arms.csv", "-o", "out.csv"),
    "screen": ("screen", "--pairs", "names.csv", "-o", "out.csv"),
    "risk": ("risk", "score", "goods.csv", "-o", "out.csv"),
    "procedure": ("procedure", "check", str(PROCEDURE)),
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_it_runs_on_a_machine_where_nothing_is_configured(tmp_path, words):
    """Settings that the tests themselves have loaded would hide what is missing."""
    for name, text in (("arms", ARMS), ("names", NAMES), ("goods", GOODS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    source = Path(procedures.__file__).parents[3]

    done = subprocess.run(
        [sys.executable, "-m", "armstrace.cli.main", *words],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=kept | {"PYTHONPATH": str(source)},
        check=False,
    )

    assert done.returncode == 0, done.stderr
