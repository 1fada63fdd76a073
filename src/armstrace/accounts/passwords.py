"""How passwords are hashed and which ones are refused."""

from django.contrib.auth import hashers, password_validation
from django.core.exceptions import ValidationError

from armstrace.accounts.models import User
from armstrace.vocabulary.errors import InvalidInput


class Argon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2id at the floor of ASVS 5.0, appendix C, so that a desk stays quick."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


def require_strong(password: str, user: User) -> None:
    """Refuse a password that is short, common or like the person's name.

    Args:
        password: As typed.
        user: Whose it is to be.

    Raises:
        InvalidInput: One sentence for each weakness.

    Source:
        ASVS 5.0, 6.2.1 and 6.2.4; no composition rules (6.2.5).
    """
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages), field="password") from error
