"""The worker leaves a heartbeat and signs what is new."""

from datetime import timedelta

import pytest

from armstrace.audit import keys
from armstrace.audit.models import Checkpoint
from armstrace.cli import work
from armstrace.cli.checking import ledger as checking
from tests import builders
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def test_a_checkpoint_is_signed_only_where_there_is_news(settings, tmp_path) -> None:
    settings.HOME = tmp_path
    keys.make_missing(keys.folder())
    builders.registered()

    for minutes in (0, 5):
        work.sign_news(NOW + timedelta(minutes=minutes))

    assert Checkpoint.objects.count() == 1


def test_a_worker_that_was_never_heard_is_named(settings, tmp_path) -> None:
    settings.HOME = tmp_path

    found = {each.subject: each for each in checking.findings(NOW)}

    assert "never ran here" in found["worker"].sentence


def test_a_worker_that_was_heard_a_minute_ago_is_well(settings, tmp_path) -> None:
    settings.HOME = tmp_path
    beat = NOW - timedelta(minutes=1)
    (tmp_path / work.HEARTBEAT).write_text(beat.isoformat(), encoding="utf-8")

    found = {each.subject: each for each in checking.findings(NOW)}

    assert "No job waits" in found["worker"].sentence
