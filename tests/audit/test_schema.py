"""What is planted in the database itself is named by the proof."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from PIL import Image

from armstrace.accounts import actors
from armstrace.audit import keys, ledger, schema, verify
from armstrace.audit.models import Justification, LedgerEntry
from armstrace.evidence import actions, queries
from armstrace.evidence.models import StoredFile
from armstrace.vocabulary.errors import SourceUnavailable
from armstrace.vocabulary.ledger import FindingKind, Operation

pytestmark = [pytest.mark.django_db, pytest.mark.unledgered]
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    keys.make_missing(keys.folder())


def kinds():
    return {finding.kind for finding in verify.verify().findings}


def stated():
    altered = schema.differences(connection)
    schema.state(connection, altered=altered, by=actors.system_actor(), at=NOW)


def test_a_schema_as_it_was_left_is_sound_and_stated_once():
    stated()
    stated()

    assert kinds() == set()
    assert LedgerEntry.objects.filter(act=schema.ACT).count() == 1


def test_an_index_that_was_taken_away_or_planted_is_named():
    stated()
    table = "licensing_holder"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX planted ON {table} (number)")

    (found,) = verify.verify().findings
    assert found.kind is FindingKind.SCHEMA_CHANGED
    assert "planted was added" in str(found.sentence)


def test_what_was_altered_is_not_stated_anew():
    stated()
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX planted ON licensing_holder (number)")

    stated()

    assert kinds() == {FindingKind.SCHEMA_CHANGED}


def test_a_planted_trigger_is_named():
    stated()
    with connection.cursor() as cursor:
        for statement in TRIGGER[connection.vendor]:
            cursor.execute(statement)

    assert any("planted" in str(each.sentence) for each in verify.verify().findings)


TRIGGER = {
    "sqlite": [
        "CREATE TRIGGER planted AFTER INSERT ON licensing_holderrecord "
        "BEGIN UPDATE licensing_holderrecord SET name = 'x' WHERE id = NEW.id; END"
    ],
    "postgresql": [
        "CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.name := 'x'; RETURN NEW; END $$",
        "CREATE TRIGGER planted BEFORE INSERT ON licensing_holderrecord "
        "FOR EACH ROW EXECUTE FUNCTION planted()",
    ],
}


def test_a_reason_that_was_rewritten_is_named():
    by = actors.system_actor()
    with ledger.entry("holder.viewed", by=by, at=NOW, op=Operation.CONSULT) as entry:
        entry.justify("to return it")
    assert kinds() == set()

    Justification.objects.update(text="to warn him")

    assert kinds() == {FindingKind.REASON_CHANGED}


def test_a_reason_may_be_erased():
    by = actors.system_actor()
    with ledger.entry("holder.viewed", by=by, at=NOW, op=Operation.CONSULT) as entry:
        entry.justify("to return it")
    Justification.objects.all().delete()

    assert kinds() == set()


def a_photograph(settings, colour=0):
    sent = BytesIO()
    Image.new("RGB", (4, 4), (colour, 0, 0)).save(sent, "PNG")
    return actions.store_image(
        content=sent.getvalue(),
        name="left.png",
        folder=settings.MEDIA_ROOT,
        by=actors.system_actor(),
        at=NOW,
    )


def test_an_altered_a_swapped_and_a_deleted_file_are_named(settings):
    one, two, three = (a_photograph(settings, colour) for colour in range(3))
    assert kinds() == set()
    paths = [queries.path_of(f.sha256, settings.MEDIA_ROOT) for f in (one, two, three)]

    paths[0].write_bytes(paths[0].read_bytes() + b"x")
    paths[1].write_bytes(paths[2].read_bytes())
    paths[2].unlink()

    found = {(f.kind, f.key) for f in verify.verify().findings}
    assert found == {
        (FindingKind.FILE_CHANGED, one.pk),
        (FindingKind.FILE_CHANGED, two.pk),
        (FindingKind.FILE_GONE, three.pk),
    }


def test_an_altered_photograph_is_not_sent(settings):
    kept = a_photograph(settings)
    path = queries.path_of(kept.sha256, settings.MEDIA_ROOT)
    path.write_bytes(b"another picture")

    with pytest.raises(SourceUnavailable):
        queries.open_file(
            kept.sha256,
            folder=settings.MEDIA_ROOT,
            of=kept,
            viewer=actors.system_actor(),
            at=NOW,
        )


def test_a_hash_that_is_a_path_leads_nowhere(settings):
    a_photograph(settings)
    StoredFile.objects.update(sha256=str(keys.folder() / keys.SIGNING)[:64])

    assert FindingKind.FILE_CHANGED in kinds()
    with pytest.raises(ValueError, match="no SHA-256"):
        queries.path_of("../../keys/ledger-signing", settings.MEDIA_ROOT)
