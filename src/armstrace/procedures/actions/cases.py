"""Put recoveries into a parallel case: the step that asks for one is done by it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from armstrace.investigations.actions import membership, opening
from armstrace.investigations.inputs import NewCase
from armstrace.investigations.models import Case, CaseRecovery
from armstrace.procedures import giving, waiting
from armstrace.procedures.actions import following
from armstrace.risk import rules
from armstrace.risk.actions import warnings
from armstrace.risk.inputs import WarningDecision
from armstrace.risk.models import EarlyWarning
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.warnings import WarningState


def open_case(*, given: NewCase, by: Actor, at: datetime) -> Case:
    """Open a case, and bring the steps of its recoveries up to date.

    Raises:
        InvalidInput: A text is too long, or there is no such agency.
        RuleBroken: ``IV-01`` to ``IV-03``, ``IV-05``, ``IV-08``.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.open")
    with _do_and_follow(given.recovery_ids, by, at):
        return opening.open_case(given=given, by=by, at=at)


def open_case_for_warning(
    *, warning_id: int, given: NewCase, seen: int, by: Actor, at: datetime
) -> Case:
    """Open a case for an early warning; the warning names it from then on.

    Raises:
        InvalidInput: A text is too long, or there is no such agency.
        RuleBroken: As ``open_case``; ``EW-02``, somebody was quicker; ``EW-03``, the
            warning is decided already.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("warning.decide")
    warning = EarlyWarning.objects.get_visible(warning_id, by)
    with transaction.atomic():  # no case stays where another was quicker
        standing = warning.lock_standing()
        rules.WARNING_OPEN.require((warning.reference, standing.is_open))
        opened = open_case(given=given, by=by, at=at)
        decision = WarningDecision(
            state=WarningState.ACTED,
            reason=given.why,
            case_number=opened.reference,
            seen=seen,
        )
        warnings.decide(warning_id=warning_id, decision=decision, by=by, at=at)
    return opened


def add_items(
    *, case_id: int, recovery_ids: Collection[int], by: Actor, at: datetime
) -> None:
    """Add recovered items to a case, and bring their steps up to date.

    Raises:
        RuleBroken: ``IV-04``, the case is closed.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.work")
    with _do_and_follow(recovery_ids, by, at):
        membership.add_items(case_id=case_id, recovery_ids=recovery_ids, by=by, at=at)


def remove_item(
    *, case_id: int, recovery_id: int, reason: str, by: Actor, at: datetime
) -> None:
    """Take a recovered item out of a case; the step that it did is open again.

    Raises:
        RuleBroken: ``IV-03``, no reason; ``IV-04``, the case is closed; ``IV-06``,
            the item is not in it.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.work")
    with _do_and_follow([recovery_id], by, at):
        membership.remove_item(
            case_id=case_id, recovery_id=recovery_id, reason=reason, by=by, at=at
        )


def seal_case(
    *, case_id: int, is_sealed: bool, reason: str, by: Actor, at: datetime
) -> Case:
    """Seal a case, or unseal it: the steps that it did are open, or done again.

    Raises:
        RuleBroken: As ``membership.seal_case``.

    Source:
        Background paper (Vienna, 2018), ¶62-66.
    """
    by.require("case.seal")
    held = CaseRecovery.objects.current().filter(case_id=case_id)
    ids = list(held.values_list("recovery_id", flat=True))
    with _do_and_follow(ids, by, at):
        return membership.seal_case(
            case_id=case_id, is_sealed=is_sealed, reason=reason, by=by, at=at
        )


@contextmanager
def _do_and_follow(ids: Collection[int], by: Actor, at: datetime) -> Iterator[None]:
    """Do an act and follow its recoveries in one transaction.

    They are locked first: the act's entry locks the head of the ledger, and whoever
    follows the same recoveries meanwhile holds them and waits for the head.
    """
    with transaction.atomic():
        giving.lock({*ids, *waiting.beside(ids, giving.CHUNK, at)})
        yield
        following.follow_procedure(recoveries=ids, by=by, at=at)
