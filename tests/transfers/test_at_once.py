"""Eight customs posts draw on one licence at once: never over, on both databases."""

import os
import tempfile
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from armstrace.transfers import changing, standing
from armstrace.transfers.models import Consignment
from armstrace.vocabulary.transfers import Step
from tests import migrated
from tests.at_once import at_once, one_of
from tests.transfers import desk

pytestmark = pytest.mark.django_db(transaction=True)
POSTS, EACH, RECEIPTS = 8, 7, 8
# The long run has 300.
CONTESTS = int(os.environ.get("CONTESTS", "3"))
PAPERS = (desk.IMPORT, *desk.PAPERS[2:3])


def direct(number):
    """Give an export without transit, of which little has to be written each time."""
    plain = replace(desk.SOUND, transit=(), papers=PAPERS)
    return desk.with_own_papers(number, plain)


def contest(made):
    """Let eight posts each send seven of forty at once; give what came of it."""
    return at_once([lambda: desk.sent(made, EACH)] * POSTS)


def drawn(made):
    rows = Consignment.objects.get_queryset().filter(authorisation=made)
    return sum(rows.values_list("sent", flat=True))


def over_an_export(folder):
    for number in range(CONTESTS):
        made = desk.issued(folder, direct(number), is_multiple=True)

        came = contest(made)

        assert came == Counter({"done": 5, "TX-12": 3})
        assert drawn(made) == 35
        assert standing.left_of(made.pk) == {1: 5}


def over_an_import_licence(folder):
    ten = replace(desk.SOUND.goods[0], quantity=10)
    for contested in range(CONTESTS):
        shared = replace(desk.IMPORT, number=f"NL-{contested}")
        plain = replace(desk.SOUND, transit=(), goods=(ten,))
        made = [
            desk.ready(folder, replace(plain, papers=(shared, statement, PAPERS[-1])))
            for statement in (
                replace(desk.STATEMENT, number=f"E-{contested}-{post}")
                for post in range(POSTS)
            )
        ]

        came = at_once(
            [lambda one=one: desk.decide(one, reason="all is in order") for one in made]
        )

        assert came == Counter({"done": 5, "TX-02": 3})


def over_a_receipt(folder):
    """Have posts prove the receipt of a consignment each by one paper."""
    made = desk.issued(folder, direct("R"), is_multiple=True)
    for contested in range(CONTESTS):
        sent = [desk.sent(made, 1) for _ in range(RECEIPTS)]
        paper = {"document": f"EC {contested}"}
        prove = partial(
            desk.stepped, kind=Step.RECEIPT, on=desk.TODAY, quantity=1, **paper
        )

        came = at_once([partial(prove, one) for one in sent])

        assert came == one_of(RECEIPTS, "TX-51")


def without_the_lock(folder):
    over = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changing, "lock", lambda _: None)
        for number in range(20):
            made = desk.issued(folder, direct(number), is_multiple=True)
            contest(made)
            over += drawn(made) > 40

    assert over


def of_a_file():
    with tempfile.TemporaryDirectory() as folder:
        over_an_export(Path(folder))
        over_an_import_licence(Path(folder))
        over_a_receipt(Path(folder))


@pytest.fixture
def _many_connections():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; below it is a file")


@pytest.mark.usefixtures("_many_connections")
def test_TX_12_eight_posts_at_once_never_draw_over_the_licence(tmp_path):
    over_an_export(tmp_path)


@pytest.mark.usefixtures("_many_connections")
def test_TX_02_eight_issued_at_once_never_overdraw_an_import_licence(tmp_path):
    over_an_import_licence(tmp_path)


@pytest.mark.usefixtures("_many_connections")
def test_TX_51_of_eight_receipts_by_one_paper_one_is_taken(tmp_path):
    over_a_receipt(tmp_path)


@pytest.mark.usefixtures("_many_connections")
def test_without_the_lock_the_same_contest_draws_over(tmp_path):
    """What the contest finds where the lock is not taken: that it is a real one."""
    without_the_lock(tmp_path)


def test_TX_12_TX_02_TX_51_nor_do_eight_writers_of_one_file(tmp_path):
    """Writers of a file take turns: what the lock does elsewhere, the file does."""
    if connection.vendor != "sqlite":
        pytest.skip("the run on SQLite has a file")
    migrated.run_on_file(tmp_path, __name__, "of_a_file")
