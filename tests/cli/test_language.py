"""The command line refuses in the language that the environment names."""

import pytest
import typer
from django.utils import translation

from armstrace.cli import main
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message


@pytest.mark.parametrize(
    ("code", "words"), [("", "check the number"), ("fr", "vérifier le numéro")]
)
def test_a_refusal_is_said_in_that_language(monkeypatch, capsys, code, words):
    said = message("There is no recovery R%(recovery)s; check the number.", recovery=7)

    app = typer.Typer()

    @app.command()
    def refuse():
        raise RuleBroken("XX-01", said)

    monkeypatch.setattr(main, "load", lambda _name: app)
    monkeypatch.setenv("LANGUAGE", "")
    if code:
        monkeypatch.setenv("ARMSTRACE_LANGUAGE", code)

    with translation.override(code or "en"):
        assert main.status_of(["ledger"]) == 1

    err = capsys.readouterr().err
    assert "R7" in err
    assert words in err


@pytest.mark.parametrize("words", [["--help"], ["identify", "--help"], ["release"]])
def test_help_is_in_that_language(monkeypatch, capsys, words):
    monkeypatch.setenv("ARMSTRACE_LANGUAGE", "fr")
    monkeypatch.setenv("LANGUAGE", "")

    main.status_of(words)

    said = " ".join(capsys.readouterr().out.split())
    found = {
        "--help": "Lire les marques d’un fichier.",
        "identify": "Armes telles qu’écrites",
        "release": "dont les tableaux se contredisent",
    }
    assert found[words[0]] in said

    monkeypatch.setenv("ARMSTRACE_LANGUAGE", "en")
    main.status_of(["--help"])
    assert "Read marks in a file." in capsys.readouterr().out
