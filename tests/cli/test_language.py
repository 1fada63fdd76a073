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
    said = message(
        "There is no recovery R%(recovery)s here; check the number.", recovery=7
    )

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
    assert "Usage" not in said
    assert "Show this message" not in said

    monkeypatch.setenv("ARMSTRACE_LANGUAGE", "en")
    main.status_of(["--help"])
    assert "Read marks in a file." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ("a long enough one", 0, "peut se connecter"),
        ("another one typed", 1, "Les deux phrases de passe diffèrent"),
    ],
)
@pytest.mark.django_db
def test_a_passphrase_is_asked_for_twice_in_that_language(
    monkeypatch, capsys, typed, status, words
):
    typed_in = iter(["a long enough one", typed])
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_kwargs: next(typed_in))
    monkeypatch.setenv("ARMSTRACE_LANGUAGE", "fr")
    monkeypatch.setenv("LANGUAGE", "")

    with translation.override("fr"):
        main.status_of(["account", "agency", "HUB", "Hub", "--kind", "HUB"])
        told = ["account", "add", "ana", "--role", "ANALYST", "--agency", "HUB"]
        assert main.status_of(told) == status

    told = capsys.readouterr()
    assert "La phrase de passe une seconde fois" in told.out
    assert words in told.out + told.err
