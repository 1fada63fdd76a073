"""Nothing that could tell who brought an arm is kept anywhere."""

from pathlib import Path

import pytest
from django.db import connection

from tests.collection.test_hand_in import CANARY, opened, taken
from tests.evidence.test_pictures import photograph

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("many", [100, pytest.param(1_000, marks=pytest.mark.soak)])
def test_nothing_of_the_bringer_is_in_database_ledger_or_photographs(
    tmp_path, caplog, many
):
    """The note of the camera holds the name and the place; the pixels are kept."""
    campaign = opened()
    assert CANARY in photograph("JPEG")

    for number in range(many):
        taken(campaign, tmp_path, make="Glock", serial=f"AN {number:05d}")

    kept = [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if _has(path.read_bytes())]
    assert not _has(caplog.text.encode())
    assert not [name for name in _tables() if _has(_rows_of(name))]


def _has(content):
    return CANARY in content


def _tables():
    return connection.introspection.table_names()


def _rows_of(name):
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(name)
        cursor.execute(f"SELECT * FROM {quoted}")
        return repr(cursor.fetchall()).encode()
