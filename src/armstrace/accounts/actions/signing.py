"""Write down who signed in and out, and who tried."""

from datetime import datetime

from armstrace.accounts.actions.tokens import REFUSALS_NOTED
from armstrace.accounts.models import Session, User
from armstrace.audit import keys, ledger, refusals
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

ONE_TIME_ENDED = message(
    "This one-time passphrase has been used or has expired; ask an administrator for a "
    "new one."
)


def record_sign_in(*, user: User, by: Actor, at: datetime) -> None:
    """Write down that a person signed in; sessions that are over go.

    A one-time passphrase has then opened its one sign-in, which changes the account.

    Args:
        user: As it was read when the person proved who it is.

    Raises:
        InvalidInput: Meanwhile its one-time passphrase opened another sign-in.

    Source:
        CJIS Security Policy, AU-2c.
    """
    with ledger.entry("session.opened", by=by, at=at, op=Operation.AUTH) as entry:
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if locked.one_time_until != user.one_time_until:
            raise InvalidInput(ONE_TIME_ENDED)
        if user.one_time_until is not None:
            user.one_time_until = min(at, user.one_time_until)
            user.save(update_fields=["one_time_until"])
            entry.changed(user)
        entry.about(user)
        Session.objects.filter(expire_date__lt=at).delete()


def record_proof(*, user: User, by: Actor, at: datetime) -> None:
    """Write down that a person proved again who is at the desk.

    Source:
        ASVS 5.0, 7.5.3; CJIS Security Policy, IA-11.
    """
    with ledger.entry("session.proven", by=by, at=at, op=Operation.AUTH) as entry:
        entry.about(user)


def record_sign_out(*, user: User, by: Actor, at: datetime) -> None:
    """Write down that a person signed out.

    Source:
        CJIS Security Policy, AU-2c.
    """
    with ledger.entry("session.closed", by=by, at=at, op=Operation.AUTH) as entry:
        entry.about(user)


def record_failed_sign_in(
    *, name: str, is_locked: bool, by: Actor, at: datetime
) -> None:
    """Write down that a sign-in failed; the name stands as a keyed digest.

    People type passwords into the wrong field, so what was typed is not kept. A
    flood of tries leaves as many entries a minute as one of refused tokens.

    Args:
        name: As it was typed, folded.
        by: The system, since nobody is signed in.

    Source:
        CJIS Security Policy, AU-2c and AC-7.
    """
    op = Operation.AUTH
    if refusals.is_flooded("session.refused", most=REFUSALS_NOTED, at=at, op=op):
        return
    with ledger.entry("session.refused", by=by, at=at, op=op) as entry:
        entry.note(name=keys.hidden(name), locked=is_locked)
