"""Make the actor that actions and queries ask: a person, or the system."""

from dataclasses import replace

from armstrace.accounts import policy
from armstrace.accounts.models import ApiToken, User
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.messages import message

SYSTEM_NAME = "system"
SYSTEM_AGENCY = "SYSTEM"


def actor_for(user: User, purpose: Purpose | None = None) -> Actor:
    """Give the actor that a signed-in person is, with the role's grants.

    Args:
        purpose: To what end; the role's first purpose where None.

    Raises:
        NotPermitted: The account is closed, or the role does not serve this
            purpose.
    """
    if not user.is_active:
        msg = message("This account is closed; ask an administrator to open it.")
        raise NotPermitted(msg)
    role = Role(user.role)
    served = policy.PURPOSES[role]
    chosen = served[0] if purpose is None else purpose
    if chosen not in served:
        msg = message(
            "The role “%(role)s” does not work for %(purpose)s.",
            role=role,
            purpose=chosen,
        )
        raise NotPermitted(msg)
    return Actor(user.name, user.agency.code, role, chosen, policy.grants_of(role))


def programme_for(token: ApiToken) -> Actor:
    """Give the actor that a programme is: its account within the token's scopes.

    Args:
        token: By which it is known; its account and agency are loaded.

    Raises:
        NotPermitted: The account is closed, or the role does not serve this
            purpose.
    """
    whole = actor_for(token.user, Purpose(token.purpose))
    scopes = token.scopes.split()
    opened = {
        action: reach
        for action, reach in whole.grants.items()
        if policy.scope_of(action) in scopes
    }
    return replace(whole, grants=opened, is_programme=True)


def system_actor(purpose: Purpose = Purpose.ADMINISTRATION) -> Actor:
    """Give the actor of the command line and of background work.

    It may do what needs no person's judgement: whoever runs commands on the
    server holds the server.
    """
    grants = policy.grants_of(Role.SYSTEM)
    return Actor(SYSTEM_NAME, SYSTEM_AGENCY, Role.SYSTEM, purpose, grants)
