"""Commands speak the language that the environment names, not a word of English."""

import json

import pytest
from django.db import connection
from django.utils import translation
from typer.testing import CliRunner

from armstrace.audit import keys
from armstrace.cli import account, check, ledger, telling
from armstrace.vocabulary.messages import message
from tests.audit import cast

pytestmark = pytest.mark.django_db
# A line of a shell is the same in every language.
SHELL = "chmod 600 /"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


def run(monkeypatch, app, *words, code):
    monkeypatch.setenv("ARMSTRACE_LANGUAGE", code)
    with translation.override(code):
        return CliRunner().invoke(app, list(words), env={"COLUMNS": "400"}).stdout


def test_check_is_said_in_the_language_that_is_set(monkeypatch):
    english, french = (
        json.loads(run(monkeypatch, check.app, "--json", code=code))["findings"]
        for code in ("en", "fr")
    )

    assert len(english) == len(french) > 20
    for one, other in zip(english, french, strict=True):
        assert (one["subject"], one["verdict"]) == (other["subject"], other["verdict"])
        assert one["sentence"] != other["sentence"]
        assert one["advice"] != other["advice"] or one["advice"][:11] in {"", SHELL}


def test_the_table_of_check_has_its_heads_in_that_language(monkeypatch):
    heads = run(monkeypatch, check.app, code="fr").splitlines()[1]

    assert [each.strip() for each in heads.split("┃") if each.strip()] == [
        "Verdict",
        "Objet",
        "Constat",
        "Que faire",
    ]


@pytest.mark.unledgered
def test_no_line_of_a_proof_is_the_same_in_both_languages(monkeypatch):
    cast.holder()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE licensing_holder SET number = 'x'")

    english, french = (
        run(monkeypatch, ledger.app, "verify", code=code).splitlines()
        for code in ("en", "fr")
    )

    assert len(english) == len(french) == 3
    assert not set(english) & set(french)
    assert "à l’insu de l’application" in french[1]


def test_a_proof_as_json_keeps_its_keys_and_says_its_sentences(monkeypatch):
    cast.holder()
    keys_of = []
    for code in ("en", "fr"):
        told = json.loads(run(monkeypatch, ledger.app, "verify", "--json", code=code))
        keys_of.append(list(told))

    assert keys_of[0] == keys_of[1]


def test_accounts_are_listed_in_that_language(monkeypatch):
    told = run(monkeypatch, account.app, "list", code="es")

    assert "Organismo" in told


def test_a_piped_table_cuts_no_code_and_takes_no_word_for_its_own(capsys):
    code = "REGISTERED_FIRST_HOLDER_" * 12
    telling.show_table(message("Code | Sentence"), [(code, "[bold] :smile:")])

    told = capsys.readouterr().out
    assert code in told
    assert "[bold] :smile:" in told


def test_a_terminal_folds_a_long_code(monkeypatch, capsys):
    code = "ABCDEFGHIJ" * 12
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")
    telling.show_table(message("Code | Sentence"), [(code, "")])

    assert capsys.readouterr().out.count("ABCDEFGHIJ") >= 8
