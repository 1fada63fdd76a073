"""Eight writers ask for certificates at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate, CertificateKey
from armstrace.vocabulary.errors import RuleBroken
from tests import migrated
from tests.certificates import desk

WRITERS, EACH = 8, 2


def issue(number: str) -> str:
    """Issue one; say the rule where it is refused."""
    try:
        made = issuing.certify_licence(number=number, **desk.HOW)
    except RuleBroken as refused:
        return refused.rule
    finally:
        connections.close_all()
    return made.number


def contest() -> None:
    """Have all writers issue certificates of their own, then all of one licence."""
    own = [desk.licence(f"L-{n}") for n in range(WRITERS * EACH)]
    shared = desk.licence("L-shared")
    with ThreadPoolExecutor(WRITERS) as writers:
        numbers = list(writers.map(issue, own))
        contested = list(writers.map(issue, [shared] * WRITERS))

    assert len({*numbers, *contested} - {"CF-03"}) == WRITERS * EACH + 1
    assert contested.count("CF-03") == WRITERS - 1
    assert Certificate.objects.get_queryset().count() == WRITERS * EACH + 1
    assert CertificateKey.objects.get_queryset().count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_writers_get_numbers_of_their_own_and_one_certificate_a_licence():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; below it is a file")
    contest()


def test_eight_writers_of_one_file_do_too(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the run on SQLite has a file")
    migrated.run_on_file(tmp_path, __name__, "contest")
