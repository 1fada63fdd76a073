"""Eight clerks register arms at once: each arm gets a number of its own."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection

from armstrace.registry.actions import entering
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import LifeEventKind
from tests import builders
from tests.cast import NOW, REGISTRAR

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 8


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="tests share one connection there"
)
def test_of_eight_who_register_at_once_none_fails_and_none_is_lost() -> None:
    builders.key_store()
    begin = threading.Barrier(CLERKS)
    came: list[object] = []

    def register(number: int) -> None:
        told = entering.Entering(
            builders.an_arm(""), LifeEventKind.IMPORTED, date(2026, 5, 4), reason="seen"
        )
        by = replace(REGISTRAR, name=f"clerk{number}")
        begin.wait()
        try:
            came.append(entering.register_arm(entering=told, by=by, at=NOW).record_id)
        except IntegrityError as error:  # a clerk would see a page that failed
            came.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=(n,)) for n in range(CLERKS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(map(str, came)) == sorted(
        str(pk) for pk in Arm.objects.values_list("pk", flat=True)
    )
    assert Arm.objects.count() == CLERKS
