"""Find the reference data that some tests measure on, or skip."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def shared_path(name: str) -> Path:
    """Give the path of a reference file under ``data/``; skip where absent."""
    root = Path(os.environ.get("ARMSTRACE_SHARED", HERE.parent.parent / "shared"))
    path = root / "data" / name
    if not path.exists():
        pytest.skip(f"reference data absent: {name}")
    return path
