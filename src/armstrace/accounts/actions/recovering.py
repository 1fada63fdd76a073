"""Help somebody who lost every second factor: one person asks, another decides."""

from datetime import datetime

from armstrace.accounts import independence, rules
from armstrace.accounts.actions import changes, factors, people
from armstrace.accounts.models import FactorRecovery, User
from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message


def ask_factor_recovery(
    *, name: str, reason: str, by: Actor, at: datetime
) -> FactorRecovery:
    """Ask that a person may begin anew with second factors.

    Args:
        reason: What was lost, and how it was made sure who asks.
        by: Who asks; never the person.

    Raises:
        InvalidInput: It was asked before and nobody has decided, or the reason is
            too long.
        RuleBroken: ``AC-01``, nobody recovers their own; ``AC-02``, no reason.

    Source:
        ASVS 5.0, 6.4.4; NIST SP 800-53 r5, AC-5.
    """
    by.require("factor.recover")
    user = people.user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    lengths.require_fits(reason.strip(), lengths.REASON)
    with ledger.entry("factor.recovery_asked", by=by, at=at, op=Operation.ADMIN) as it:
        _lock(user)
        if user.factor_recoveries.filter(decided_at=None).exists():
            msg = message(
                "This was asked for “%(name)s” before; another person has to decide.",
                name=user.name,
            )
            raise InvalidInput(msg, field="name")
        asked = FactorRecovery.objects.create(
            user=user,
            reason=reason.strip(),
            asked_by=people.user_named(by.name),
            asked_at=at,
        )
        it.about(asked, user=user.pk)
    return asked


def agree_factor_recovery(
    *, recovery_id: int, by: Actor, at: datetime
) -> FactorRecovery:
    """Remove a person's second factors; the next sign-in begins with new ones.

    Sessions end at once, and what was lost opens nothing any more.

    Args:
        by: Who decides: neither the person nor who asked.

    Raises:
        NotFound: There is none, or it was decided before.
        RuleBroken: ``AC-01``, nobody recovers their own; ``AC-07``, the one who asked
            does not decide; ``AC-08``, neither of the two is a supervisor; ``AC-09``,
            one person lately set up the account of the other, or of both.

    Source:
        ASVS 5.0, 6.4.4; NIST SP 800-53 r5, AC-5.
    """
    with ledger.entry("factor.recovered", by=by, at=at, op=Operation.ADMIN) as entry:
        asked = _open(recovery_id, by)
        user = asked.user
        rules.ANOTHER_PERSON.require((user.name, by.name))
        rules.TWO_PEOPLE.require((asked.asked_by.name, by.name))
        rules.A_SUPERVISOR_IS_ONE.require((Role(asked.asked_by.role), by.role))
        independence.require(asked.asked_by.name, by.name, at)
        _decide(asked, by, at, agreed=True)
        entry.about(asked, user=user.pk)
        _remove_all(user, asked.reason, entry, by=(asked.asked_by, by), at=at)
    return asked


def refuse_factor_recovery(
    *, recovery_id: int, by: Actor, at: datetime
) -> FactorRecovery:
    """Leave a person's second factors as they are.

    Args:
        by: Who decides; not who asked.

    Raises:
        NotFound: There is none, or it was decided before.
        RuleBroken: ``AC-07``, the one who asked does not decide.

    Source:
        ASVS 5.0, 6.4.4.
    """
    with ledger.entry(
        "factor.recovery_refused", by=by, at=at, op=Operation.ADMIN
    ) as entry:
        asked = _open(recovery_id, by)
        rules.TWO_PEOPLE.require((asked.asked_by.name, by.name))
        _decide(asked, by, at, agreed=False)
        entry.about(asked, user=asked.user.pk)
    return asked


def remove_all_factors(*, name: str, reason: str, by: Actor, at: datetime) -> User:
    """Remove a person's second factors from the command line of the server.

    Where nobody is left who could agree; whoever runs commands holds the server.

    Raises:
        NotPermitted: ``by`` is a person.
        RuleBroken: ``AC-02``, no reason.

    Source:
        ASVS 5.0, 6.4.4.
    """
    if by.role is not Role.SYSTEM:
        msg = message(
            "Replacing lost second factors takes two people; ask for it on the pages."
        )
        raise NotPermitted(msg)
    rules.REASON_IS_GIVEN.require(reason)
    user = people.user_named(name)
    with ledger.entry("factor.recovered", by=by, at=at, op=Operation.ADMIN) as entry:
        _remove_all(user, reason, entry, by=(by,), at=at)
    return user


def _remove_all(
    user: User,
    reason: str,
    entry: ledger.Entry,
    *,
    by: tuple[Actor | User, ...],
    at: datetime,
) -> None:
    """Remove them, and keep of each who had a hand in it that they had (AC-09)."""
    entry.about_all(factors.end_all(user, at))
    act = AccountAct.FACTORS_REMOVED
    entry.about_all(changes.keep(act, user, reason, by=hand, at=at) for hand in by)
    user.sessions.all().delete()


def _open(recovery_id: int, by: Actor) -> FactorRecovery:
    seen = FactorRecovery.objects.visible_to(by).filter(decided_at=None)
    found = seen.select_related("user", "asked_by").select_for_update(of=("self",))
    asked = found.filter(pk=recovery_id).first()
    if asked is None:
        msg = message("This was decided before; look at the list again.")
        raise NotFound(msg)
    return asked


def _decide(asked: FactorRecovery, by: Actor, at: datetime, *, agreed: bool) -> None:
    asked.decided_by = people.user_named(by.name)
    asked.decided_at, asked.is_agreed = at, agreed
    asked.save(update_fields=["decided_by", "decided_at", "is_agreed"])


def _lock(user: User) -> None:
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
