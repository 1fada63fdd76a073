"""Add second factors, use them, remove them; make recovery codes."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth import hashers
from django.db.models import QuerySet

from armstrace.accounts import (
    actors,
    one_time_codes,
    passkeys,
    passwords,
    policy,
    rules,
)
from armstrace.accounts.actions import people
from armstrace.accounts.models import RecoveryCode, SecondFactor, User
from armstrace.audit import keys, ledger
from armstrace.records import lengths
from armstrace.vocabulary.accounts import FactorKind
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

LABEL = lengths.Limit("label", str, 80)


def add_passkey(
    *, label: str, answer: passkeys.Answer, by: Actor, at: datetime
) -> SecondFactor:
    """Keep a passkey that one's browser has made.

    Args:
        label: How the person tells it from others; its day where empty.

    Raises:
        InvalidInput: The answer does not fit the question, or the passkey is kept
            already.

    Source:
        ASVS 5.0, 6.3.3 and 6.5.
    """
    lengths.require_fits(label.strip(), LABEL)
    user = people.user_named(by.name)
    made = passkeys.read_new(answer)
    if SecondFactor.objects.filter(credential_id=made.credential_id).exists():
        msg = message("This passkey is kept already; use another device.")
        raise InvalidInput(msg, field="credential")
    with ledger.entry("factor.added", by=by, at=at, op=Operation.ADMIN) as entry:
        factor = SecondFactor.objects.create(
            user=user,
            kind=FactorKind.PASSKEY,
            label=label.strip() or f"{at:%Y-%m-%d}",
            credential_id=made.credential_id,
            kept=made.kept,
            counter=made.counter,
            added_at=at,
        )
        entry.about(factor, kind=factor.kind)
    return factor


def add_one_time_codes(
    *, secret: bytes, code: str, by: Actor, at: datetime
) -> SecondFactor:
    """Keep the secret of an app of one-time codes; a former app ends.

    Args:
        secret: From ``one_time_codes.new_secret``; it is kept sealed.

    Raises:
        InvalidInput: The code is not that of the secret.

    Source:
        RFC 6238; ASVS 5.0, 6.5.
    """
    user = people.user_named(by.name)
    step = one_time_codes.step_of(secret, code, at=at, after=0)
    if step is None:
        msg = message(
            "The code is not the one of this app; wait for the next one and type it."
        )
        raise InvalidInput(msg, field="code")
    with ledger.entry("factor.added", by=by, at=at, op=Operation.ADMIN) as entry:
        kind = FactorKind.ONE_TIME_CODES
        former = _remove(_held(user).filter(kind=kind), at)
        factor = SecondFactor.objects.create(
            user=user,
            kind=kind,
            label=f"{at:%Y-%m-%d}",
            kept=keys.seal(secret, _context_of_seal(user)),
            counter=step,
            added_at=at,
        )
        entry.about_all([*former, factor])
    return factor


def make_recovery_codes(
    *, codes: Collection[str], by: Actor, at: datetime
) -> list[RecoveryCode]:
    """Keep new recovery codes, hashed; the earlier ones open nothing more.

    Args:
        codes: From ``passwords.new_recovery_codes``; an interface shows them once.

    Source:
        ASVS 5.0, 6.5.1 and 6.5.2.
    """
    user = people.user_named(by.name)
    digests = [hashers.make_password(passwords.signs_of(code)) for code in codes]
    with ledger.entry("factor.codes_made", by=by, at=at, op=Operation.ADMIN) as entry:
        entry.about_all(_replace_codes(user, at))
        made = RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=each, made_at=at) for each in digests
        )
        entry.about_all(made)
    return made


def remove_factor(*, factor_id: int, by: Actor, at: datetime) -> SecondFactor:
    """Remove one of one's own factors.

    Raises:
        NotFound: There is no such factor, or it is another's.
        RuleBroken: ``AC-06``, what is left would not be enough for the role.

    Source:
        ASVS 5.0, 6.5.6.
    """
    user = people.user_named(by.name)
    with ledger.entry("factor.removed", by=by, at=at, op=Operation.ADMIN) as entry:
        # Locked before they are counted: of two that are removed at once, the second
        # is refused where it is the last.
        held = {each.pk: each for each in _held(user).select_for_update()}
        codes = _codes_left(user).count()
        before = rules.Held.of((each.kind for each in held.values()), codes)
        factor = held.pop(factor_id, None)
        if factor is None:
            msg = message("There is no such factor; look at your account again.")
            raise NotFound(msg)
        if policy.asks_second_factor(by.role):
            after = rules.Held.of((each.kind for each in held.values()), codes)
            rules.ENOUGH_REMAINS.require((before, after, policy.takes_app()))
        factor.removed_at = at
        factor.save(update_fields=["removed_at"])
        entry.about(factor)
    return factor


def use_passkey(*, answer: passkeys.Answer, by: Actor, at: datetime) -> User:
    """Learn from a passkey who is at the browser.

    Args:
        by: The system where nobody is known yet; else the person, whose passkey it
            has to be.

    Raises:
        InvalidInput: The answer does not fit, the passkey is unknown, another's or
            removed, or it was copied: one sentence, so that nothing is learned.
        NotPermitted: The account is closed.

    Source:
        W3C Web Authentication, 7.2; ASVS 5.0, 6.3.3.
    """
    known = SecondFactor.objects.select_related("user__agency").filter(
        kind=FactorKind.PASSKEY,
        credential_id=answer.credential_id,
        removed_at=None,
    )
    if by.role is not Role.SYSTEM:
        known = known.filter(user__name=by.name)
    factor = known.first()
    if factor is None:
        raise passkeys.refusal()
    counter = passkeys.read_use(answer, factor.kept)
    who = actors.actor_for(factor.user)
    with ledger.entry("factor.used", by=who, at=at, op=Operation.AUTH) as entry:
        if not _is_counted(factor, counter, at):
            raise passkeys.refusal()
        entry.changed(factor)
    return factor.user


def use_code(*, code: str, by: Actor, at: datetime) -> User:
    """Accept a one-time code of an app, or a recovery code; each opens once.

    Raises:
        InvalidInput: The code is wrong, or was used.

    Source:
        ASVS 5.0, 6.5.1 and 6.5.5; RFC 6238, 5.2.
    """
    user = people.user_named(by.name)
    with ledger.entry("factor.used", by=by, at=at, op=Operation.AUTH) as entry:
        used = _use_of_app(user, code, at) or _use_of_recovery(user, code, at)
        if used is None:
            msg = message("The code is wrong or has already been used; type another.")
            raise InvalidInput(msg, field="code")
        entry.changed(used)
    return user


def end_all(user: User, at: datetime) -> list[SecondFactor | RecoveryCode]:
    """End every factor and code of a person; inside the entry of the act."""
    return [*_remove(_held(user), at), *_replace_codes(user, at)]


def _remove(factors: QuerySet[SecondFactor], at: datetime) -> list[SecondFactor]:
    found = list(factors.select_for_update())
    for each in found:
        each.removed_at = at
    SecondFactor.objects.bulk_update(found, ["removed_at"])
    return found


def _replace_codes(user: User, at: datetime) -> list[RecoveryCode]:
    found = list(_codes_left(user).select_for_update())
    for each in found:
        each.replaced_at = at
    RecoveryCode.objects.bulk_update(found, ["replaced_at"])
    return found


def _use_of_app(user: User, code: str, at: datetime) -> SecondFactor | None:
    factor = _held(user).filter(kind=FactorKind.ONE_TIME_CODES).first()
    if factor is None:
        return None
    secret = keys.unseal(factor.kept, _context_of_seal(user))
    step = one_time_codes.step_of(secret, code, at=at, after=factor.counter)
    return factor if step is not None and _is_counted(factor, step, at) else None


def _use_of_recovery(user: User, code: str, at: datetime) -> RecoveryCode | None:
    signs = passwords.signs_of(code)
    if len(signs) != passwords.RECOVERY_SIGNS:
        return None
    for each in _codes_left(user):
        if not hashers.check_password(signs, each.digest):
            continue
        unused = RecoveryCode.objects.filter(pk=each.pk, used_at=None)
        return each if unused.update(used_at=at) else None
    return None


def _is_counted(factor: SecondFactor, counter: int, at: datetime) -> bool:
    """Note a use; of two that come at once with one code, one is refused.

    A passkey that keeps no count says 0 each time.
    """
    rows = SecondFactor.objects.filter(pk=factor.pk, removed_at=None)
    if counter or factor.counter:
        rows = rows.filter(counter__lt=counter)
    return bool(rows.update(counter=counter, last_used_at=at))


def _held(user: User) -> QuerySet[SecondFactor]:
    return SecondFactor.objects.filter(user=user, removed_at=None)


def _codes_left(user: User) -> QuerySet[RecoveryCode]:
    return user.recovery_codes.filter(used_at=None, replaced_at=None)


def _context_of_seal(user: User) -> str:
    return f"one-time codes of {user.pk}"
