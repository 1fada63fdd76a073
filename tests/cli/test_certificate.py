"""`armstrace certificate`: from issue to a check that needs no database."""

import json

import pytest
from typer.testing import CliRunner

from armstrace.certificates.models import Certificate
from armstrace.cli import certificate, main
from armstrace.vocabulary.errors import InvalidInput
from tests.accounts import cast
from tests.analysis.certificates import bench
from tests.certificates import desk


@pytest.fixture
def run(settings, tmp_path):
    settings.CERTIFICATE_KEYS = str(tmp_path / "keys")

    def given(*words, status=0):
        ran = CliRunner().invoke(certificate.app, [*words, "--json"])
        assert ran.exit_code == status, ran.output
        return json.loads(ran.stdout)

    return given


@pytest.mark.django_db
def test_a_certificate_is_issued_checked_revoked_and_published(run, tmp_path):
    trust, code = tmp_path / "trust.js", tmp_path / "code.txt"
    office = cast.agency("VFR").code
    desk.licence("L-1")
    with pytest.raises(InvalidInput, match="--agency"):
        certificate.issue("L-1", "NONE")
    made = run("issue", "L-1")
    assert Certificate.objects.get_queryset().get().agency == office
    code.write_text(made["code"] + "\n")
    assert run("verify", str(code))["answer"] == "VALID"

    run("publish", "-o", str(trust))
    offline = ("verify", made["code"], "--trust", str(trust))
    assert run(*offline)["answer"] == "VALID"

    run("revoke", made["number"], "--reason", "lost")
    assert run("verify", str(code), status=1)["answer"] == "REVOKED"
    assert run("publish", "-o", str(trust))["revoked"] == 1
    assert run(*offline, status=1)["answer"] == "REVOKED"
    assert run("rotate")["issuer"] == made["number"].rsplit("-", 2)[0]


def test_a_check_with_a_file_of_keys_needs_no_database(tmp_path, capsys, monkeypatch):
    """The database is not asked: tests without the mark may not reach it."""
    monkeypatch.setattr(main, "set_up", lambda: pytest.fail("the records were asked"))
    trust = tmp_path / "trust.js"
    trust.write_text(bench.trust_text({}))

    status = main.status_of(
        ["certificate", "verify", bench.token(), "--trust", str(trust)]
    )

    said = capsys.readouterr().out
    assert status == 1  # by now the list of the bench is too old
    assert "LIC-2019-0041234" in said


def test_what_is_no_file_of_keys_is_said_in_one_sentence(tmp_path, capsys):
    (tmp_path / "trust.js").write_text("alert(1)")

    words = ["certificate", "verify", "x", "--trust", str(tmp_path / "trust.js")]
    assert main.status_of(words) == 1
    assert "is not a file of keys and lists" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_code_and_keys_that_a_text_editor_saved_are_read(tmp_path, capsys, encoding):
    code, trust = tmp_path / "code", tmp_path / "trust.js"
    code.write_bytes(f"{bench.token()}\r\n".encode(encoding))
    trust.write_bytes(bench.trust_text({}).encode(encoding))

    main.status_of(["certificate", "verify", str(code), "--trust", str(trust)])

    assert "LIC-2019-0041234" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("none.pdf", "There is no file"),
        ("folder/none", "There is no file"),
        (".", "There is no file"),
    ],
)
def test_a_file_that_is_not_there_is_never_called_a_forged_certificate(
    tmp_path, capsys, name, words
):
    (tmp_path / "trust.js").write_text(bench.trust_text({}))

    command = ["certificate", "verify", name, "--trust", str(tmp_path / "trust.js")]
    assert main.status_of(command) == 1

    said = capsys.readouterr()
    assert words in said.err
    assert not said.out
