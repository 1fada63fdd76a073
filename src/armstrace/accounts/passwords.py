"""How passwords are hashed and which ones are refused."""

import secrets

from django.contrib.auth import hashers, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from armstrace.accounts.models import User
from armstrace.vocabulary.errors import InvalidInput

FEWEST_SIGNS = 5
# Signs that nobody misreads for one another.
EASY_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_CODES = 10
RECOVERY_SIGNS = 10
# What is said instead of Django's sentences, which speak of a password.
WEAKNESSES = {
    "password_too_short": gettext_lazy(
        "The passphrase is too short; use %(min_length)s characters or more."
    ),
    "password_too_common": gettext_lazy(
        "Many people use this passphrase; choose another."
    ),
    "password_entirely_numeric": gettext_lazy(
        "The passphrase has digits only; use letters too."
    ),
    "password_too_similar": gettext_lazy(
        "The passphrase is too much like the name; choose another."
    ),
}


class Argon2Hasher(hashers.Argon2PasswordHasher):
    """Argon2id at the floor of ASVS 5.0, appendix C, so that a desk stays quick."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class VariedPassword:
    """Refuses a password of a few signs over and over, or of blanks."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse it where it has fewer than five different signs.

        Raises:
            ValidationError: It has.
        """
        del user
        if len(set(password.casefold()) - {" "}) < FEWEST_SIGNS:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return gettext(
            "The passphrase repeats a few characters; use more different ones."
        )


def new_one_time_password() -> str:
    """Make a passphrase of 99 bits that can be read out over a telephone."""
    return _groups(4)


def new_recovery_codes() -> tuple[str, ...]:
    """Make the codes that open one sign-in each where a factor is lost."""
    return tuple(_groups(RECOVERY_SIGNS // 5) for _ in range(RECOVERY_CODES))


def signs_of(code: str) -> str:
    """Give what counts of a recovery code, however it was typed."""
    return "".join(sign for sign in code.casefold() if sign in EASY_SIGNS)


def _groups(count: int) -> str:
    groups = (
        "".join(secrets.choice(EASY_SIGNS) for _ in range(5)) for _ in range(count)
    )
    return "-".join(groups)


def require_strong(password: str, user: User) -> None:
    """Refuse a password that is short, common or like the person's name.

    Raises:
        InvalidInput: One sentence for each weakness.

    Source:
        ASVS 5.0, 6.2.1 and 6.2.4; no composition rules (6.2.5).
    """
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        said = " ".join(_sentence(weakness) for weakness in error.error_list)
        raise InvalidInput(said, field="password") from error


def _sentence(weakness: ValidationError) -> str:
    own = WEAKNESSES.get(weakness.code or "")
    return str(own) % (weakness.params or {}) if own else " ".join(weakness.messages)
