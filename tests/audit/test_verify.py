"""A proof of the ledger names every change made behind the application."""

import random

import pytest
from django.db import connection

from armstrace.audit import (
    canonical,
    checkpoints,
    findings,
    keys,
    ledger,
    merkle,
    verify,
)
from armstrace.audit.models import Checkpoint, LedgerEntry, LedgerHead, Verification
from armstrace.licensing.models import Holder, HolderRecord
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.ledger import FindingKind
from tests.audit import cast

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def sign() -> str:
    return checkpoints.sign_checkpoint(signer=keys.signer(keys.folder()), at=cast.NOON)


def named(report: findings.Report) -> set[tuple[str, str, int | None]]:
    return {(f.kind, f.table, f.key) for f in report.findings}


def kinds(report: findings.Report) -> set[str]:
    return {finding.kind for finding in report.findings}


def test_an_untouched_ledger_is_sound():
    cast.holders(30)
    sign()
    cast.holder()

    report = verify.verify()

    assert report.is_sound
    assert (report.size, report.records, report.checkpoints) == (2, 61, 1)


def test_an_empty_ledger_is_sound():
    assert verify.verify().is_sound


def attack(rng: random.Random, record: HolderRecord, turn: int) -> tuple[str, int]:
    """Change one record by raw SQL; give what a proof has to say."""
    kind = rng.choice(("edit", "edit", "delete", "insert"))
    table = "licensing_holderrecord"
    if kind == "edit":
        column, value = rng.choice(
            (
                ("name", f"Other {turn}"),
                ("country", "ZZ"),
                ("region", "elsewhere"),
                ("known_at", "2020-01-01 00:00:00+00:00"),
                ("superseded_at", "2026-03-02 00:00:00+00:00"),
            )
        )
        sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", value, record.pk)
        return FindingKind.RECORD_EDITED, record.pk
    if kind == "delete":
        sql(f"DELETE FROM {table} WHERE id = %s", record.pk)
        return FindingKind.RECORD_DELETED, record.pk
    columns = (
        "holder_id, name, kind, place, region, country, content_key, stated_key, "
        "known_at, superseded_at, reason, source, corrected_by"
    )
    copied = columns.replace("superseded_at", "known_at")
    sql(
        f"INSERT INTO {table} (id, {columns}) SELECT %s, {copied} "
        f"FROM {table} WHERE id = %s",
        10_000_000 + turn,
        record.pk,
    )
    return FindingKind.RECORD_INSERTED, 10_000_000 + turn


def every_attack_is_named(seed: int, attacks: int) -> None:
    rng = random.Random(seed)
    records = cast.holders(attacks * 2)
    targets = rng.sample(records, attacks)

    expected = {
        (kind, "licensing.holderrecord", key)
        for turn, target in enumerate(targets)
        for kind, key in [attack(rng, target, turn)]
    }

    report = verify.verify()
    assert named(report) == expected
    assert report.count == attacks


def test_each_of_sixty_random_raw_changes_is_named():
    every_attack_is_named(seed=1, attacks=60)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_each_of_five_hundred_random_raw_changes_is_named(seed):
    every_attack_is_named(seed, attacks=500)


def test_a_finding_names_the_last_entry_that_touched_the_record():
    made = cast.holder()
    with ledger.entry("holder.renumbered", by=cast.clerk(), at=cast.NOON) as entry:
        Holder.objects.filter(pk=made.pk).update(number="H-9")
        entry.about(made)
    sql("UPDATE licensing_holder SET number = 'X' WHERE id = %s", made.pk)

    (finding,) = verify.verify().findings

    assert (finding.seq, finding.key) == (1, made.pk)
    assert "holder.renumbered" in str(finding.sentence)


def test_an_act_that_forgot_a_record_is_found_too():
    made = cast.holder()
    Holder.objects.create(number="unnamed", known_at=cast.NOON)
    Holder.objects.filter(pk=made.pk).update(number="changed")

    report = verify.verify()

    assert kinds(report) == {FindingKind.RECORD_INSERTED, FindingKind.RECORD_EDITED}


def test_a_record_that_an_act_removed_may_be_gone():
    made = cast.holder()
    with ledger.entry("holder.removed", by=cast.clerk(), at=cast.NOON) as entry:
        entry.removed([made])
        Holder.objects.filter(pk=made.pk).delete()

    assert verify.verify().is_sound


def test_a_removed_record_that_comes_back_is_named():
    made = cast.holder()
    with ledger.entry("holder.removed", by=cast.clerk(), at=cast.NOON) as entry:
        entry.removed([made])
        Holder.objects.filter(pk=made.pk).delete()
    Holder.objects.create(id=made.pk, number="H-1", known_at=cast.NOON)

    assert kinds(verify.verify()) == {FindingKind.RECORD_INSERTED}


ON_THE_LEDGER = [
    ("UPDATE audit_ledgerentry SET actor = 'x' WHERE seq = 2", "ENTRY_CHANGED"),
    ("UPDATE audit_ledgerentry SET act = 'x.y' WHERE seq = 2", "ENTRY_CHANGED"),
    ("UPDATE audit_ledgerentry SET at = '2020-01-01' WHERE seq = 2", "ENTRY_CHANGED"),
    ("UPDATE audit_ledgerentry SET body = '{}' WHERE seq = 2", "ENTRY_CHANGED"),
    ("DELETE FROM audit_ledgerentry WHERE seq = 2", "ENTRY_MISSING"),
    ("DELETE FROM audit_ledgerentry WHERE seq = 4", "HEAD_WRONG"),
    ("DELETE FROM audit_digestblock WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET seq = 99 WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET part = 9 WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET first_key = 0 WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET kind = 'SEEN' WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET states = keys WHERE seq = 2", "BLOCK_CHANGED"),
    ("UPDATE audit_digestblock SET keys = states WHERE seq = 2", "BLOCK_CHANGED"),
    ('UPDATE audit_recordlayout SET text = \'["a","b","c",[]]\'', "BLOCK_CHANGED"),
    ("UPDATE audit_ledgerhead SET size = 9", "HEAD_WRONG"),
    ("DELETE FROM audit_ledgerhead", "HEAD_WRONG"),
    ("UPDATE audit_checkpoint SET size = 2", "CHECKPOINT_BROKEN"),
    ("UPDATE audit_checkpoint SET note = 'x'", "CHECKPOINT_BROKEN"),
]


@pytest.mark.parametrize(("statement", "kind"), ON_THE_LEDGER)
def test_a_change_of_the_ledger_itself_is_named(statement, kind):
    for number in range(5):
        cast.holder(f"H-{number}")
    sign()
    sql(statement)

    assert kind in kinds(verify.verify())


def rewrite_history() -> None:
    """Rewrite an entry with everything that depends on it, as its owner could."""
    entry = LedgerEntry.objects.get(seq=1)
    body = entry.body.replace('"actor":"clerk"', '"actor":"other"')
    leaf = merkle.leaf_hash(canonical.utf8(body))
    LedgerEntry.objects.filter(seq=1).update(body=body, actor="other", leaf=leaf)
    frontier: merkle.Frontier = ()
    for seq, found in LedgerEntry.objects.order_by("seq").values_list("seq", "leaf"):
        frontier = merkle.append(frontier, seq, bytes(found))
    LedgerHead.objects.update(frontier=b"".join(frontier))


def test_a_consistent_rewrite_contradicts_the_stored_checkpoints():
    for number in range(5):
        cast.holder(f"H-{number}")
        sign()
    rewrite_history()

    found = verify.verify().findings

    assert {f.kind for f in found} == {FindingKind.CHECKPOINT_BROKEN}
    assert "from 1 to 1" in str(found[0].sentence)


def test_a_checkpoint_kept_elsewhere_catches_a_ledger_signed_anew():
    for number in range(3):
        cast.holder(f"H-{number}")
    kept = sign()
    cast.holder("H-9")
    rewrite_history()
    Checkpoint.objects.all().delete()
    sign()

    assert verify.verify().is_sound
    assert kinds(verify.verify(kept)) == {FindingKind.CHECKPOINT_BROKEN}


def test_a_checkpoint_kept_elsewhere_catches_a_restored_backup():
    cast.holder("H-1")
    cast.holder("H-2")
    kept = sign()
    Checkpoint.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_ledgerentry WHERE seq = 1")

    assert FindingKind.CHECKPOINT_BROKEN in kinds(verify.verify(kept))


def test_a_checkpoint_that_fits_is_accepted():
    cast.holder("H-1")
    kept = sign()
    cast.holder("H-2")

    report = verify.verify(kept)

    assert report.is_sound
    assert report.outside


def test_a_checkpoint_of_another_ledger_is_refused(tmp_path):
    cast.holder()
    keys.make_missing(tmp_path / "other")
    foreign = checkpoints.sign(
        checkpoints.Statement("other", 1, bytes(32)), keys.signer(tmp_path / "other")
    )

    with pytest.raises(InvalidInput, match="No known key"):
        verify.verify(foreign)


def test_LG_01_a_ledger_that_contradicts_a_checkpoint_is_not_signed_again():
    cast.holder("H-1")
    cast.holder("H-2")
    sign()
    rewrite_history()
    cast.holder("H-3")

    with pytest.raises(RuleBroken, match="contradicts"):
        sign()


def test_a_proof_is_noted():
    cast.holder()
    verify.keep(verify.verify(), at=cast.NOON)

    assert Verification.objects.get().findings == 0
