"""A backup is sealed, proved and restored, on either database, or it is refused."""

import json
import random
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from armstrace.cli.safekeeping import archive, rotation, sealing
from tests.cli.installation import has_demo, installed


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give an installation with records, a pair of keys, and where backups go."""
    folder = tmp_path_factory.mktemp("backup")
    with installed(folder / "home", "backed_up", is_migrated=True) as at:
        has_demo(at)
        at.key, at.to = folder / "private-key", folder / "backups"
        at.public = at.run("backup", "--make-key", at.key).stdout.strip()
        at.urls["ARMSTRACE_BACKUP_KEY"] = at.public
        yield at


@pytest.fixture(scope="module")
def backup(made):
    told = json.loads(made.run("backup", made.to, "--json").stdout)
    return archive.Place(*(made.to / told["folder"],) * 2)


@pytest.fixture
def elsewhere(tmp_path):
    with installed(tmp_path / "elsewhere", "restored") as at:
        yield at


def test_a_restored_backup_holds_every_record_file_and_key(made, elsewhere):
    checkpoint = elsewhere.home.parent / "checkpoint"
    made.run("ledger", "checkpoint", "-o", checkpoint)
    told = json.loads(made.run("backup", made.to.parent / "drill", "--json").stdout)

    words = ("restore", told["folder"], "--key", made.key, "--checkpoint", checkpoint)
    restored = json.loads(elsewhere.run(*words, "--json").stdout)

    assert restored["sound"]
    assert restored["records"] > 400
    for name in ("files", "keys"):
        before = {p.relative_to(made.home): p.read_bytes() for p in files(made, name)}
        after = {
            p.relative_to(elsewhere.home): p.read_bytes()
            for p in files(elsewhere, name)
        }
        assert before == after
        assert before
    wanted = made.run("indicator", "16.4.2", "--json").stdout
    assert elsewhere.run("indicator", "16.4.2", "--json").stdout == wanted


def test_a_restored_demo_is_known_as_one_and_the_moment_is_said(made, elsewhere):
    told = json.loads(made.run("backup", made.to.parent / "demo", "--json").stdout)

    said = elsewhere.run("restore", told["folder"], "--key", made.key).stdout

    assert not re.search(r"\d{4}-\d\d-\d\dT", said.partition(" into ")[0])
    found = json.loads(elsewhere.run("check", "--json").stdout)["findings"]
    (demo,) = (each for each in found if each["subject"] == "demo")
    assert demo["sentence"].startswith("This is a demo")


def files(at, name):
    return [path for path in (at.home / name).rglob("*") if path.is_file()]


def test_what_is_taken_from_the_backup_alone_says_nothing(made, backup):
    name = b"Varnia"

    for path in backup.folder.iterdir():
        assert name not in path.read_bytes()
    assert not list(made.home.glob(".backup-*"))


def test_a_restore_over_an_installation_is_refused(made, backup):
    refused = made.run("restore", backup.folder, "--key", made.key, expect=1)

    assert "is not empty" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_another_key_opens_nothing_and_leaves_nothing(
    made, backup, elsewhere, tmp_path
):
    other = tmp_path / "other"
    made.run("backup", "--make-key", other)

    refused = elsewhere.run("restore", backup.folder, "--key", other, expect=1)

    assert "does not open with this key" in refused.stderr
    left = [path.name for path in elsewhere.home.rglob("*") if path.is_file()]
    assert left == ["secret-key"]


def test_a_backup_that_was_altered_is_refused_before_anything_is_restored(
    made, backup, elsewhere, tmp_path
):
    copy = tmp_path / "copy"
    shutil.copytree(backup.folder, copy)
    path = copy / "database.sealed"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    refused = elsewhere.run("restore", copy, "--key", made.key, expect=1)

    assert "is not what was written" in refused.stderr


def test_keys_can_lie_apart_from_the_rest(made, elsewhere, tmp_path):
    apart = tmp_path / "apart"
    words = ("backup", tmp_path / "rest", "--keys-to", apart, "--json")
    told = json.loads(made.run(*words).stdout)

    assert not list((tmp_path / "rest").rglob("keys.sealed"))
    elsewhere.run(
        "restore", told["folder"], "--key", made.key, "--keys-from", told["keys"]
    )


def test_without_a_key_nothing_is_written(made, tmp_path):
    refused = made.run("backup", tmp_path / "to", expect=1, ARMSTRACE_BACKUP_KEY="")

    assert "--make-key" in refused.stderr
    assert not (tmp_path / "to").exists()


def test_check_knows_the_age_of_the_last_backup(made, backup):
    told = json.loads(made.run("check", "--json").stdout)

    found = {each["subject"]: each for each in told["findings"]}
    assert found["backup"]["sentence"] == "Age of the last backup in hours: 0."


def test_a_private_key_is_never_replaced(made):
    refused = made.run("backup", "--make-key", made.key, expect=1)

    assert "never replaced" in refused.stderr


pair = sealing.make_pair()


@pytest.mark.pure
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_what_is_sealed_opens_again(tmp_path, size):
    content = random.Random(size).randbytes(size)
    path = tmp_path / "sealed"
    seal(path, content)

    with path.open("rb") as file:
        opened = sealing.open_sealed(file, sealing.read_private(pair[0]))
        assert b"".join(opened) == content


def seal(path, content):
    with (
        path.open("wb") as file,
        sealing.Sealer(file, sealing.read_public(pair[1])) as sealer,
    ):
        sealer.write(content)


@pytest.mark.pure
def test_every_altered_cut_or_lengthened_file_stays_closed(tmp_path):
    path = tmp_path / "sealed"
    seal(path, random.Random(1).randbytes(150_000))
    whole = path.read_bytes()
    private = sealing.read_private(pair[0])
    chance = random.Random(2)
    part = sealing.PART + sealing.TAG
    head = len(sealing.MAGIC) + sealing.KEY_BYTES
    swapped = whole[head + part : head + 2 * part] + whole[head : head + part]
    spoiled = [whole[:-1], whole + b"x", whole[: head + part], whole[:head], b""]
    spoiled.append(whole[:head] + swapped + whole[head + 2 * part :])
    for _ in range(200):
        # The highest bit of the made key is ignored by X25519 and says nothing.
        at = (
            chance.randrange(head) if len(spoiled) % 2 else chance.randrange(len(whole))
        )
        at += at == head - 1
        one = bytearray(whole)
        one[at] ^= 1 << chance.randrange(8)
        spoiled.append(bytes(one))

    for content in spoiled:
        path.write_bytes(content)
        with path.open("rb") as file, pytest.raises(sealing.InvalidInput):
            list(sealing.open_sealed(file, private))


@pytest.mark.pure
def test_backups_of_a_year_thin_out_to_days_weeks_and_months():
    last = datetime(2026, 11, 25, 2, tzinfo=UTC)
    every = [last - timedelta(hours=12 * n) for n in range(800)]

    kept = rotation.moments_kept(every, rotation.Keeping(7, 5, 12))

    days = {moment.date() for moment in kept}
    assert last in kept
    assert len([m for m in kept if last - m < timedelta(days=7)]) == 7
    assert len({(m.year, m.month) for m in kept}) == 12
    assert len(kept) == len(days) <= 7 + 5 + 12


@pytest.mark.pure
@pytest.mark.parametrize(
    "text", ["", "7", "7,5", "0,1,1", "a,b,c", "1,2,3,4", "-1,2,3"]
)
def test_a_rotation_that_says_nothing_is_refused(text):
    with pytest.raises(sealing.InvalidInput, match="three numbers"):
        rotation.read(text)


@pytest.mark.pure
def test_rotation_removes_backups_and_nothing_else(tmp_path):
    names = [f"2026-11-2{day}T020000Z" for day in range(4)]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / archive.NOTE).touch()
    for name in ("2020-01-01T000000Z", "holiday-picturesZ", "notes"):
        (tmp_path / name).mkdir()

    gone = archive.rotate(tmp_path, tmp_path, rotation.Keeping(2, 0, 0))

    assert gone == names[:2]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[2:], "2020-01-01T000000Z", "holiday-picturesZ", "notes"}
