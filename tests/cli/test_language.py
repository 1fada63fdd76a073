"""The command line refuses in the language that the environment names."""

import pytest
from django.utils import translation

from armstrace.cli import main
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message


@pytest.mark.parametrize(
    ("code", "words"), [("", "check the number"), ("fr", "vérifier le numéro")]
)
def test_a_refusal_is_said_in_that_language(monkeypatch, capsys, code, words):
    said = message("There is no recovery R%(recovery)s; check the number.", recovery=7)

    def refuse(**_words):
        raise RuleBroken("XX-01", said)

    monkeypatch.setattr(main, "load", lambda _name: refuse)
    if code:
        monkeypatch.setenv("ARMSTRACE_LANGUAGE", code)

    with translation.override(code or "en"):
        assert main.status_of(["ledger"]) == 1

    err = capsys.readouterr().err
    assert "R7" in err
    assert words in err
