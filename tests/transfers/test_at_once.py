"""Eight customs posts draw on one licence at once: never over, on both databases."""

import os
import threading
from collections import Counter
from dataclasses import replace

import pytest
from django.db import OperationalError, connection

from armstrace.transfers import changing, standing
from armstrace.transfers.models import Consignment
from armstrace.vocabulary.errors import RuleBroken
from tests.transfers import desk

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, EACH = 8, 7
# The long run has 300.
CONTESTS = int(os.environ.get("CONTESTS", "6"))
PAPERS = (desk.IMPORT, *desk.PAPERS[2:3])


def direct(number):
    """Give an export without transit, of which little has to be written each time."""
    plain = replace(desk.SOUND, transit=(), papers=PAPERS)
    return desk.with_own_papers(number, plain)


@pytest.fixture(autouse=True)
def _many_connections():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; writers queue for the file")


def contest(made):
    """Let eight posts each send seven of forty at once; give what came of it."""
    came = []
    begin = threading.Barrier(POSTS)

    def post():
        begin.wait()
        try:
            desk.sent(made, EACH)
            came.append("done")
        except RuleBroken as error:
            came.append(error.rule)
        except OperationalError:
            came.append("busy")
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(POSTS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return Counter(came)


def drawn(made):
    rows = Consignment.objects.get_queryset().filter(authorisation=made)
    return sum(rows.values_list("sent", flat=True))


def test_TX_12_eight_posts_at_once_never_draw_over_the_licence(tmp_path):
    for number in range(CONTESTS):
        made = desk.issued(tmp_path, direct(number), is_multiple=True)

        came = contest(made)

        assert came == Counter({"done": 5, "TX-12": 3})
        assert drawn(made) == 35
        assert standing.left_of(made.pk) == {1: 5}


def test_without_the_lock_the_same_contest_draws_over(tmp_path, monkeypatch):
    """What the contest finds where the lock is not taken: that it is a real one."""
    monkeypatch.setattr(changing, "lock", lambda _: None)
    over = 0
    for number in range(20):
        made = desk.issued(tmp_path, direct(number), is_multiple=True)
        contest(made)
        over += drawn(made) > 40

    assert over
