"""Close accounts and open them again; end sessions; release locks."""

from datetime import datetime

from axes.models import AccessAttempt

from armstrace.accounts import lock_out, rules
from armstrace.accounts.actions import agencies, changes, people
from armstrace.accounts.models import Session, User
from armstrace.audit import ledger
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message


def disable_user(*, name: str, reason: str, by: Actor, at: datetime) -> User:
    """Close an account; its sessions and tokens end at once and for good.

    Args:
        by: Who closes it; never the person.

    Raises:
        RuleBroken: ``AC-01``, people do not close their own account; ``AC-02``, no
            reason; ``AC-03``, nobody would be left to open accounts.

    Source:
        CJIS Security Policy, AC-2(13); ASVS 5.0, 7.4.2.
    """
    by.require("account.manage")
    user = people.user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    with ledger.entry("account.disabled", by=by, at=at, op=Operation.ADMIN) as entry:
        people.require_another_administrator(user)
        user.is_active = False
        user.save(update_fields=["is_active"])
        entry.about(user)
        entry.about(changes.keep(AccountAct.CLOSED, user, reason, by=by, at=at))
        people.end_tokens(user, entry, at)
        user.sessions.all().delete()
    return user


def enable_user(*, name: str, reason: str, by: Actor, at: datetime) -> User:
    """Open a closed account again; its tokens stay revoked.

    Args:
        by: Who opens it; never the person.

    Raises:
        RuleBroken: ``AC-01``, people do not open their own account; ``AC-02``, no
            reason; ``AC-05``, the agency is closed.

    Source:
        CJIS Security Policy, AC-2.
    """
    by.require("account.manage")
    user = people.user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    with ledger.entry("account.enabled", by=by, at=at, op=Operation.ADMIN) as entry:
        rules.AGENCY_IS_OPEN.require(agencies.lock_agency(user.agency.code).is_open)
        user.is_active = True
        user.save(update_fields=["is_active"])
        entry.about(user)
        entry.about(changes.keep(AccountAct.OPENED, user, reason, by=by, at=at))
    return user


def end_sessions(*, name: str, reason: str, by: Actor, at: datetime) -> int:
    """End every session of a person.

    Raises:
        RuleBroken: ``AC-02``, no reason.

    Source:
        ASVS 5.0, 7.4.5.
    """
    by.require("account.manage")
    rules.REASON_IS_GIVEN.require(reason)
    user = people.user_named(name)
    with ledger.entry("session.ended", by=by, at=at, op=Operation.ADMIN) as entry:
        ended, _ = user.sessions.all().delete()
        entry.about(
            changes.keep(AccountAct.SESSIONS_ENDED, user, reason, by=by, at=at),
            sessions=ended,
        )
    return ended


def end_session(*, key: str, by: Actor, at: datetime) -> None:
    """End one session: one's own, or anybody's for who manages accounts.

    Args:
        key: Digest of the session's key, as lists give it.

    Raises:
        NotFound: There is none, or it is another's and ``by`` may not.

    Source:
        ASVS 5.0, 7.5.2.
    """
    found = Session.objects.select_related("user").filter(session_key=key).first()
    whose = None if found is None else found.user
    if found is None or whose is None or not _may_end(whose, by):
        msg = message("This session has ended already; look at the list again.")
        raise NotFound(msg)
    with ledger.entry("session.ended", by=by, at=at, op=Operation.AUTH) as entry:
        entry.about(whose, own=whose.name == by.name)
        found.delete()


def release_lock(*, name: str, reason: str, by: Actor, at: datetime) -> None:
    """Let a person try again whose name is locked.

    Args:
        reason: Why, such as how it was made sure who asks.
        by: Who manages accounts; never the person.

    Raises:
        RuleBroken: ``AC-01``, nobody releases their own name; ``AC-02``, no reason.

    Source:
        CJIS Security Policy, AC-7b.
    """
    by.require("account.manage")
    rules.REASON_IS_GIVEN.require(reason)
    user = people.user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    with ledger.entry("lock.released", by=by, at=at, op=Operation.ADMIN) as entry:
        AccessAttempt.objects.filter(username=lock_out.digest_of(user.name)).delete()
        entry.about(changes.keep(AccountAct.LOCK_RELEASED, user, reason, by=by, at=at))


def _may_end(whose: User, by: Actor) -> bool:
    return whose.name == by.name or by.may("account.manage")
