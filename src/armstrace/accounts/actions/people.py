"""Open accounts, and say in which role a person acts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from armstrace.accounts import passwords, rules, sign_in_names
from armstrace.accounts.actions import agencies, changes
from armstrace.accounts.models import Agency, ApiToken, User
from armstrace.audit import ledger
from armstrace.records import lengths
from armstrace.vocabulary.accounts import AccountAct
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

TEXTS = lengths.limits(User, ["full_name"])


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened."""

    # Sign-in name; it is stored folded.
    name: str
    full_name: str
    # Code of the agency.
    agency: str
    # In which the person will act.
    role: Role
    # As typed; empty for an account that cannot sign in yet.
    password: str = ""
    # Until when the password opens the page of choosing one's own, and nothing else;
    # None where it is the person's own.
    one_time_until: datetime | None = None


def create_user(*, account: NewAccount, by: Actor, at: datetime) -> User:
    """Open an account.

    Raises:
        InvalidInput: The name is taken or unusable, the agency unknown, the role
            the system's own, or the password weak.
        RuleBroken: ``AC-05``, the agency is closed.

    Source:
        CJIS Security Policy, AC-2; ASVS 5.0, 6.2.
    """
    by.require("account.manage")
    rules.require_person(account.role)
    lengths.require_fits(account, *TEXTS)
    name = sign_in_names.require_usable(account.name)
    agency = Agency.objects.filter(code=account.agency).first()
    if agency is None:
        msg = message(
            "There is no agency “%(agency)s”; add it first.", agency=account.agency
        )
        raise InvalidInput(msg, field="agency")
    if User.objects.filter(name=name).exists():
        msg = message("The name “%(name)s” is taken; choose another.", name=name)
        raise InvalidInput(msg, field="name")
    user = User(name=name, full_name=account.full_name, agency=agency, created_at=at)
    user.role = account.role.value
    _give_password(user, account.password, account.one_time_until)
    with ledger.entry("account.created", by=by, at=at, op=Operation.ADMIN) as entry:
        rules.AGENCY_IS_OPEN.require(agencies.lock_agency(agency.code).is_open)
        user.save(force_insert=True)
        entry.about(user, role=user.role, agency=agency.pk)
        entry.about(changes.keep(AccountAct.INVITED, user, "", by=by, at=at))
    return user


def change_role(*, name: str, role: Role, reason: str, by: Actor, at: datetime) -> User:
    """Let a person act in another role from the next request on; tokens end.

    Args:
        by: Who changes it; never the person.

    Raises:
        RuleBroken: ``AC-01``, people do not change their own rights; ``AC-02``, no
            reason; ``AC-03``, nobody would be left to open accounts.

    Source:
        NIST SP 800-53 r5, AC-5; ASVS 5.0, 8.3.2.
    """
    by.require("account.manage")
    rules.require_person(role)
    user = user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    with ledger.entry("account.role_changed", by=by, at=at, op=Operation.ADMIN) as it:
        if role is not Role.ADMINISTRATOR:
            require_another_administrator(user)
        before, user.role = user.role, role.value
        user.save(update_fields=["role"])
        it.about(user, before=before, after=role.value)
        end_tokens(user, it, at)
        it.about(changes.keep(AccountAct.ROLE, user, reason, by=by, at=at))
    return user


def move_person(
    *, name: str, agency: str, reason: str, by: Actor, at: datetime
) -> User:
    """Let a person act for another agency from the next request on; tokens end.

    Args:
        agency: The code of the agency.
        by: Who changes it; never the person.

    Raises:
        RuleBroken: ``AC-01``, people do not change their own rights; ``AC-02``, no
            reason; ``AC-05``, the agency is closed.

    Source:
        NIST SP 800-53 r5, AC-2 and PS-5 (personnel transfer).
    """
    by.require("account.manage")
    user = user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    act = "account.agency_changed"
    with ledger.entry(act, by=by, at=at, op=Operation.ADMIN) as entry:
        before, user.agency = user.agency_id, agencies.lock_agency(agency)
        rules.AGENCY_IS_OPEN.require(user.agency.is_open)
        user.save(update_fields=["agency"])
        entry.about(user, before=before, after=user.agency_id)
        end_tokens(user, entry, at)
        entry.about(changes.keep(AccountAct.MOVED, user, reason, by=by, at=at))
    return user


def set_password(*, name: str, password: str, by: Actor, at: datetime) -> User:
    """Choose one's own password; one's other sessions end.

    Args:
        name: The sign-in name of the account, ``by``'s own.

    Raises:
        NotPermitted: It is another's account.
        InvalidInput: The password is weak.

    Source:
        ASVS 5.0, 6.2 and 6.4.6: nobody chooses a password for another.
    """
    if sign_in_names.fold(name) != by.name:
        msg = message("Everybody chooses their own passphrase; reset it instead.")
        raise NotPermitted(msg)
    user = user_named(name)
    _give_password(user, password)
    with ledger.entry("account.password_set", by=by, at=at, op=Operation.ADMIN) as it:
        user.save(update_fields=["password", "one_time_until"])
        it.about(user, own=True)
    return user


def reset_password(
    *, name: str, secret: str, reason: str, by: Actor, at: datetime
) -> User:
    """Give an account a passphrase for one sign-in; sessions and tokens end.

    Args:
        secret: From ``passwords.new_one_time_password``; an interface shows it once.
        by: Who manages accounts; never the person.

    Raises:
        RuleBroken: ``AC-01``, one's own passphrase is changed and not reset;
            ``AC-02``, no reason.

    Source:
        ASVS 5.0, 6.4.1 and 6.4.6.
    """
    by.require("account.manage")
    user = user_named(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    rules.REASON_IS_GIVEN.require(reason)
    _give_password(user, secret, at + rules.ONE_TIME_LASTS)
    with ledger.entry("account.password_reset", by=by, at=at, op=Operation.ADMIN) as it:
        user.save(update_fields=["password", "one_time_until"])
        it.about(user)
        it.about(changes.keep(AccountAct.RESET, user, reason, by=by, at=at))
        end_tokens(user, it, at)
        user.sessions.all().delete()
    return user


def end_tokens(user: User, entry: ledger.Entry, at: datetime) -> None:
    """Revoke all tokens of an account, inside the entry of the act."""
    in_use = ApiToken.objects.filter(user=user, revoked_at=None)
    ended = list(in_use.values_list("pk", flat=True))
    in_use.update(revoked_at=at)
    entry.about_keys(ApiToken, ended)


def require_another_administrator(user: User) -> None:
    """Refuse to take the last open account that opens accounts.

    Inside the entry of the act: the rows that the rule counts stay as they are
    until the transaction ends, so two who close each other do not both succeed.

    Raises:
        RuleBroken: ``AC-03``.
    """
    administers = Q(role=Role.ADMINISTRATOR, is_active=True)
    rows = User.objects.filter(administers | Q(pk=user.pk)).order_by("pk")
    held = {row.pk: row for row in rows.select_for_update(no_key=True)}
    now = held.pop(user.pk)
    if now.role == Role.ADMINISTRATOR and now.is_active:
        rules.AN_ADMINISTRATOR_REMAINS.require(len(held))


def user_named(name: str) -> User:
    """Find an account by its sign-in name, for an action to change it."""
    found = User.objects.select_related("agency")
    user = found.filter(name=sign_in_names.fold(name)).first()
    if user is None:
        msg = message(
            "Nobody has an account named “%(name)s”; look at the list of accounts.",
            name=name,
        )
        raise NotFound(msg)
    return user


def _give_password(
    user: User, password: str, one_time_until: datetime | None = None
) -> None:
    user.one_time_until = one_time_until
    if not password:
        user.set_unusable_password()
        return
    passwords.require_strong(password, user)
    user.set_password(password)
