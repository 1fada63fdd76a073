"""Every kind of finding is said in every language that ships."""

import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import translation

from armstrace.accounts import actors
from armstrace.audit import checkpoints, keys, ledger, schema, verify
from armstrace.audit.models import Justification
from armstrace.evidence import queries
from armstrace.translation import translate
from armstrace.vocabulary.ledger import FindingKind, Operation
from armstrace.vocabulary.messages import Message
from tests.audit import cast
from tests.audit.test_schema import a_photograph
from tests.audit.test_verify import sql

LANGUAGES = [code for code, _name in project.LANGUAGES if code != "en"]
ALTERED = (
    "UPDATE audit_ledgerentry SET actor = 'x' WHERE seq = 1",
    "DELETE FROM audit_ledgerentry WHERE seq = 2",
    "DELETE FROM audit_ledgerentry WHERE seq IN (4, 5)",
    "UPDATE audit_digestblock SET layout = 'x' WHERE seq = 3",
    "UPDATE audit_digestblock SET first_key = 0 WHERE seq = 6",
    "UPDATE audit_ledgerhead SET size = 9",
    "UPDATE audit_checkpoint SET note = 'x'",
    "UPDATE licensing_holder SET number = 'x' WHERE id = %s",
    "DELETE FROM licensing_holderrecord WHERE id = %s",
    "CREATE INDEX planted ON licensing_holder (number)",
    "DROP INDEX taken",
)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    keys.make_missing(keys.folder())


@pytest.mark.django_db
@pytest.mark.unledgered
def test_every_kind_of_finding_is_said_in_every_language(home, settings):
    by = actors.system_actor()
    edited, *_ = [cast.holder(f"H-{n}") for n in range(8)]
    (deleted,) = cast.holders(1)
    sql("CREATE INDEX taken ON licensing_holder (number)")
    schema.state(connection, altered=(), by=by, at=cast.NOON)
    one, two = (a_photograph(settings, colour) for colour in range(2))
    queries.path_of(one.sha256, settings.MEDIA_ROOT).write_bytes(b"another")
    queries.path_of(two.sha256, settings.MEDIA_ROOT).unlink()
    with ledger.entry("holder.viewed", by=by, at=cast.NOON, op=Operation.CONSULT) as e:
        e.justify("to return it")
    checkpoints.sign_checkpoint(signer=keys.signer(keys.folder()), at=cast.NOON)
    Justification.objects.update(text="to warn him")
    type(edited).objects.create(number="unnamed", known_at=cast.NOON)
    ids = iter((edited.pk, deleted.pk))
    for statement in ALTERED:
        sql(statement, *([next(ids)] if "%s" in statement else []))

    found = verify.verify().findings

    assert {each.kind for each in found} == set(FindingKind)
    assert all(isinstance(each.sentence, Message) for each in found)
    for code in LANGUAGES:
        with translation.override(code):
            told = {translate(each.sentence) for each in found}
        assert not told & {str(each.sentence) for each in found}
