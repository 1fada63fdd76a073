"""Wrong usage is said in one sentence, in the language that the environment names."""

import pytest
from django.utils import translation

from armstrace.cli import main

USAGE = [
    (["identify"], "FILE is missing."),
    (["screen", "--nothing"], "There is no option --nothing."),
    (["screen", "--top"], "--top is given without the value"),
    (["screen", "--top", "many"], "must be a number from 1 to 1000."),
    (["intake", "--kind", "BOATS", __file__], "--kind must be one of: recoveries,"),
    (["intake", "nowhere.xlsx"], "FILES must be a file or folder that is there"),
    (["procedure", "burn"], "armstrace procedure must be followed by one of: check"),
    (["licence", "check", "1", "2", "3", "4"], "check was given more than it takes."),
    (["intake", "--state", "x", __file__], "--state: “x” states nothing;"),
]


@pytest.mark.parametrize(("words", "said"), USAGE)
def test_wrong_usage_is_one_sentence_and_where_to_read(capsys, words, said):
    assert main.status_of(words) == 2

    err = capsys.readouterr().err
    assert said in err
    assert err.strip().endswith("--help shows how it is used.")
    assert err.count("\n") == 1
    assert ".." not in err


@pytest.mark.parametrize(("words", "said"), USAGE[:-1])
@pytest.mark.parametrize("code", ["ar", "es", "fr"])
def test_wrong_usage_is_said_in_that_language(monkeypatch, capsys, code, words, said):
    monkeypatch.setenv("ARMSTRACE_LANGUAGE", code)

    with translation.override(code):
        assert main.status_of(words) == 2

    err = capsys.readouterr().err
    assert "--help" in err
    assert said not in err
    assert "shows how" not in err


def test_a_command_of_several_that_is_given_alone_shows_its_help(capsys):
    assert main.status_of(["ledger"]) == 2

    told = capsys.readouterr()
    assert "verify" in told.out + told.err
