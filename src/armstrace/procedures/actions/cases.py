"""Put recoveries into a parallel case: the step that asks for one is done by it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from armstrace.investigations.actions import membership, opening
from armstrace.investigations.inputs import NewCase
from armstrace.investigations.models import Case
from armstrace.procedures import giving, waiting
from armstrace.procedures.actions import following
from armstrace.vocabulary.actors import Actor


def open_case(*, given: NewCase, by: Actor, at: datetime) -> Case:
    """Open a case, and bring the steps of its recoveries up to date.

    Args:
        given: What it is called and for, why, and what was recovered.

    Raises:
        NotPermitted: ``by`` may not open cases, or not for that agency.
        NotFound: There is no such recovery for these eyes.
        InvalidInput: A text is too long, or there is no such agency.
        RuleBroken: ``IV-01`` to ``IV-03``, ``IV-05``, ``IV-08``.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.open")
    with _do_and_follow(given.recovery_ids, by, at):
        return opening.open_case(given=given, by=by, at=at)


def add_items(
    *, case_id: int, recovery_ids: Collection[int], by: Actor, at: datetime
) -> None:
    """Add recovered items to a case, and bring their steps up to date.

    Raises:
        NotPermitted: ``by`` may not write in cases.
        NotFound: There is no such case, or no such recovery, for these eyes.
        RuleBroken: ``IV-04``, the case is closed.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.work")
    with _do_and_follow(recovery_ids, by, at):
        membership.add_items(case_id=case_id, recovery_ids=recovery_ids, by=by, at=at)


@contextmanager
def _do_and_follow(ids: Collection[int], by: Actor, at: datetime) -> Iterator[None]:
    """Do an act and follow its recoveries in one transaction.

    They are locked first: the act's entry locks the head of the ledger, and whoever
    follows the same recoveries meanwhile holds them and waits for the head.
    """
    with transaction.atomic():
        giving.lock({*ids, *waiting.beside(ids, giving.CHUNK)})
        yield
        following.follow_procedure(recoveries=ids, by=by, at=at)
