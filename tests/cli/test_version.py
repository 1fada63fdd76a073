"""The command line names its version."""

from importlib import metadata

import pytest

from armstrace.cli import main

pytestmark = pytest.mark.pure


def test_the_version_is_named(capsys):
    assert main.status_of(["--version"]) == 0

    assert capsys.readouterr().out == f"armstrace {metadata.version('armstrace')}\n"
