"""Open and close accounts, and say in which role a person acts."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.accounts import passwords, rules, sign_in_names
from armstrace.accounts.models import Agency, User
from armstrace.audit import ledger
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened.

    Args:
        name: Sign-in name; it is stored folded.
        full_name: The person's name.
        agency: Code of the agency.
        role: In which the person will act.
        password: As typed; empty for an account that cannot sign in yet.
    """

    name: str
    full_name: str
    agency: str
    role: Role
    password: str = ""


def create_agency(
    *, code: str, name: str, kind: AgencyKind, by: Actor, at: datetime
) -> Agency:
    """Add an agency whose people will sign in.

    Args:
        code: Short and unique; records carry it.
        name: In full.
        kind: What kind of body it is.
        by: Who adds it.
        at: When, with time zone.

    Returns:
        The new agency.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        InvalidInput: The code is empty or taken.

    Source:
        Rule of this design: every person acts for one agency.
    """
    by.require("account.manage")
    if not code or Agency.objects.filter(code=code).exists():
        msg = message(
            "The agency code “%(code)s” is empty or taken; choose another.", code=code
        )
        raise InvalidInput(msg, field="code")
    with ledger.entry("agency.created", by=by, at=at, op=Operation.ADMIN) as entry:
        agency = Agency.objects.create(code=code, name=name, kind=kind)
        entry.about(agency, kind=kind.value)
    return agency


def create_user(*, account: NewAccount, by: Actor, at: datetime) -> User:
    """Open an account.

    Args:
        account: What it is to be.
        by: Who opens it.
        at: When, with time zone.

    Returns:
        The new account.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        InvalidInput: The name is taken or unusable, the agency unknown, the role
            the system's own, or the password weak.

    Source:
        CJIS Security Policy, AC-2; ASVS 5.0, 6.2.
    """
    by.require("account.manage")
    rules.require_person(account.role)
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
    _give_password(user, account.password)
    with ledger.entry("account.created", by=by, at=at, op=Operation.ADMIN) as entry:
        user.save(force_insert=True)
        entry.about(user, role=user.role, agency=agency.pk)
    return user


def change_role(*, name: str, role: Role, by: Actor, at: datetime) -> User:
    """Let a person act in another role from the next request on.

    Args:
        name: The person's sign-in name.
        role: The new role.
        by: Who changes it; never the person.
        at: When, with time zone.

    Returns:
        The account as changed.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        NotFound: Nobody has this name.
        RuleBroken: ``AC-01``, people do not change their own rights.

    Source:
        NIST SP 800-53 r5, AC-5; ASVS 5.0, 8.3.2.
    """
    by.require("account.manage")
    rules.require_person(role)
    user = _user(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    with ledger.entry("account.role_changed", by=by, at=at, op=Operation.ADMIN) as it:
        before, user.role = user.role, role.value
        user.save(update_fields=["role"])
        it.about(user, before=before, after=role.value)
    return user


def disable_user(*, name: str, by: Actor, at: datetime) -> User:
    """Close an account; its sessions and tokens stop at once.

    Args:
        name: The person's sign-in name.
        by: Who closes it; never the person.
        at: When, with time zone.

    Returns:
        The account as changed.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        NotFound: Nobody has this name.
        RuleBroken: ``AC-01``, people do not close their own account.

    Source:
        CJIS Security Policy, AC-2(13).
    """
    by.require("account.manage")
    user = _user(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    with ledger.entry("account.disabled", by=by, at=at, op=Operation.ADMIN) as entry:
        user.is_active = False
        user.save(update_fields=["is_active"])
        entry.about(user)
    return user


def enable_user(*, name: str, by: Actor, at: datetime) -> User:
    """Open a closed account again.

    Args:
        name: The person's sign-in name.
        by: Who opens it; never the person.
        at: When, with time zone.

    Returns:
        The account as changed.

    Raises:
        NotPermitted: ``by`` may not manage accounts.
        NotFound: Nobody has this name.
        RuleBroken: ``AC-01``, people do not open their own account.

    Source:
        CJIS Security Policy, AC-2.
    """
    by.require("account.manage")
    user = _user(name)
    rules.ANOTHER_PERSON.require((user.name, by.name))
    with ledger.entry("account.enabled", by=by, at=at, op=Operation.ADMIN) as entry:
        user.is_active = True
        user.save(update_fields=["is_active"])
        entry.about(user)
    return user


def set_password(*, name: str, password: str, by: Actor, at: datetime) -> User:
    """Give an account a new password; its sessions end.

    Args:
        name: The sign-in name of the account.
        password: The new password, as typed.
        by: The person, or who manages accounts.
        at: When, with time zone.

    Returns:
        The account as changed.

    Raises:
        NotPermitted: It is another's account and ``by`` may not manage accounts.
        NotFound: Nobody has this name.
        InvalidInput: The password is weak.

    Source:
        ASVS 5.0, 6.2.
    """
    if sign_in_names.fold(name) != by.name:
        by.require("account.manage")
    user = _user(name)
    _give_password(user, password)
    with ledger.entry("account.password_set", by=by, at=at, op=Operation.ADMIN) as it:
        user.save(update_fields=["password"])
        it.about(user, own=user.name == by.name)
    return user


def _user(name: str) -> User:
    found = User.objects.select_related("agency")
    user = found.filter(name=sign_in_names.fold(name)).first()
    if user is None:
        msg = message(
            "Nobody has an account named “%(name)s”; look at the list of accounts.",
            name=name,
        )
        raise NotFound(msg)
    return user


def _give_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    passwords.require_strong(password, user)
    user.set_password(password)
