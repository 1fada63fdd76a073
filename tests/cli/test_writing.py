"""A file that cannot be written is refused in one sentence, with status 1."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from armstrace.audit import keys
from armstrace.cli import demo, demonstrating, writing
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from tests import builders, migrated

ARMS = "id,make,model,calibre,serial\nR1,COLT,1903,.32 ACP,40000\n"


def armstrace(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: said for name, said in os.environ.items() if "DATABASE" not in name}
    environment = kept | {"ARMSTRACE_HOME": str(home)}
    command = [sys.executable, "-m", "armstrace.cli.main", *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.pure
@pytest.mark.parametrize("command", ["match", "identify"])
@pytest.mark.parametrize("output", ["", "absent/out.csv"])
def test_a_file_that_cannot_be_written_is_refused(
    tmp_path: Path, command: str, output: str
) -> None:
    arms = tmp_path / "arms.csv"
    arms.write_text(ARMS, encoding="utf-8")
    files = [str(arms)] * (2 if command == "match" else 1)

    ended = armstrace(tmp_path, command, *files, "-o", str(tmp_path / output))

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert str(tmp_path / output) in ended.stderr


def test_what_the_system_refuses_while_writing_is_one_sentence() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no full device here")

    with pytest.raises(InvalidInput, match="No space left"):
        writing.keep(full, b"a row")


@pytest.mark.pure
def test_check_makes_no_database_and_says_where_none_is(tmp_path: Path) -> None:
    ended = armstrace(tmp_path, "check", "--json")

    assert ended.returncode == 1
    assert "There is no database yet" in ended.stdout
    assert not (tmp_path / "armstrace.sqlite3").exists()


@pytest.mark.pure
@pytest.mark.parametrize("words", [(), ("init",)])
def test_a_database_without_records_is_no_obstacle_to_a_demo(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    database = tmp_path / "armstrace.sqlite3"
    database.touch()
    if words:
        migrated.put_migrated_file(tmp_path)
        assert armstrace(tmp_path, *words).returncode == 0

    assert not demo._has_records(database)


def test_DE_01_records_that_are_no_demo_are_left_and_their_folder_named(
    tmp_path: Path, settings: object
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only a database in a file can be in the way")
    migrated.put_migrated_file(tmp_path)
    assert armstrace(tmp_path, "init").returncode == 0
    hub = ("account", "agency", "HUB", "Firearms hub", "--kind", "HUB")
    assert armstrace(tmp_path, *hub).returncode == 0
    settings.HOME = tmp_path  # type: ignore[attr-defined]

    with pytest.raises(RuleBroken, match=str(tmp_path)) as refused:
        demo.make_fresh()

    assert refused.value.rule == "DE-01"
    assert (tmp_path / "armstrace.sqlite3").exists()


@pytest.mark.pure
@pytest.mark.parametrize("is_link", [False, True])
def test_an_output_that_is_an_input_is_refused_and_the_input_left(
    tmp_path: Path, is_link: bool
) -> None:
    arms = tmp_path / "arms.csv"
    arms.write_text(ARMS, encoding="utf-8")
    output = arms
    if is_link:
        output = tmp_path / "link.csv"
        output.symlink_to(arms)

    for words in (
        ("identify", str(arms), "-o", str(output)),
        ("match", str(arms), str(arms), "-o", str(output)),
    ):
        ended = armstrace(tmp_path, *words)

        assert ended.returncode == 1
        assert "is a file that is read" in ended.stderr
        assert arms.read_text(encoding="utf-8") == ARMS


def test_what_is_cut_off_leaves_the_earlier_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("earlier", encoding="utf-8")

    def write_half() -> None:
        with writing.open_output(path) as stream:
            stream.write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_half()

    assert path.read_text(encoding="utf-8") == "earlier"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.django_db
def test_DE_02_a_refused_demo_leaves_no_mark_of_a_demo(
    tmp_path: Path, settings: object
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    builders.recovered(builders.a_recovery())

    with pytest.raises(RuleBroken) as refused:
        demonstrating.make_country(size=100, recoveries=20, seed=1)

    assert refused.value.rule == "DE-02"
    assert not (tmp_path / "demo").exists()


def test_a_database_is_never_replaced(tmp_path):
    path = tmp_path / "records.sqlite3"
    path.write_bytes(b"SQLite format 3\x00 and more")

    with pytest.raises(InvalidInput, match="is a database"):
        writing.require_writable(path)


@pytest.mark.parametrize("name", ["ledger-signing", "new", "certificates/1a2b.key"])
def test_nothing_is_written_among_the_keys(tmp_path, name):
    keys.make_missing(tmp_path / "keys")
    (tmp_path / "keys" / "certificates").mkdir()
    before = (tmp_path / "keys" / "ledger-signing").read_bytes()
    (tmp_path / "link").symlink_to(tmp_path / "keys", target_is_directory=True)

    for folder in ("keys", "link"):
        with pytest.raises(InvalidInput, match="among the keys"):
            writing.keep(tmp_path / folder / name, b"x")

    assert (tmp_path / "keys" / "ledger-signing").read_bytes() == before


def test_no_key_that_lies_elsewhere_is_replaced(tmp_path):
    (tmp_path / "1a2b3c4d.key").write_text("00")

    with pytest.raises(InvalidInput, match="among the keys"):
        writing.require_writable(tmp_path / "1a2b3c4d.key")

    writing.require_writable(tmp_path / "rows.csv")
