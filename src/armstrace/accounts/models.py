"""Agencies, the people who work for them, and what they sign in with.

No superuser and no per-person permission exists: what a person may do follows
from the role alone (``policy.py``).
"""

from typing import ClassVar

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import PROTECT, Q

from armstrace.records.constraints import check, unique
from armstrace.records.scope import Scoped, ScopedManager, at, at_any, everyone, no_such
from armstrace.records.versions import KnownRecord
from armstrace.vocabulary.accounts import AccountAct, AgencyKind, FactorKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.messages import message

no_such_law = no_such(message("There is no such version; look at the list again."))


class Agency(models.Model):
    """A body whose people sign in."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=AgencyKind.choices())
    is_open = models.BooleanField(default=True)
    # Whom an officer calls about an arm; the look-up shows it.
    telephone = models.CharField(max_length=60, blank=True, default="")

    objects: ClassVar = models.Manager["Agency"]()

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """A person who signs in, in one role for one agency."""

    # Sign-ins stand in the ledger; a column that moved with each would make
    # every person look edited.
    last_login = None

    name = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, PROTECT, related_name="users")
    role = models.CharField(max_length=16, choices=Role.choices())
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # Set where somebody else chose the passphrase: until then it opens one sign-in,
    # and in it one page, that of choosing one's own.
    one_time_until = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS = ["full_name"]

    objects: ClassVar = BaseUserManager["User"]()

    class Meta:
        constraints = [check("user_is_not_the_system", ~Q(role=Role.SYSTEM))]

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether this is the password; never rewrites the hash.

        Django would store a stronger hash here, outside any action.
        """
        return hashers.check_password(raw_password, self.password)


class ApiToken(models.Model):
    """A programme's key to the API, kept as its SHA-256 only."""

    user = models.ForeignKey(User, PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    purpose = models.CharField(max_length=16, choices=Purpose.choices())
    digest = models.CharField(max_length=64, unique=True)
    # Codes of TokenScope; tokens of earlier versions open all.
    scopes = models.CharField(max_length=40, default="READ RECORD DECIDE")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = models.Manager["ApiToken"]()

    class Meta:
        constraints = [
            check(
                "token_expires_after_it_begins",
                Q(expires_at__gt=models.F("created_at")),
            )
        ]

    def __str__(self) -> str:
        return self.label


class KeptAnswer(models.Model):
    """What a programme was answered, for a day: a call that it repeats is done once.

    ``caller`` is the digest of the token, ``asked`` that of the address and the body,
    ``shown`` names the records that the answer shows.
    """

    caller = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)
    answer = models.TextField()
    shown = models.JSONField(default=dict)
    expires_at = models.DateTimeField(db_index=True)

    objects: ClassVar = models.Manager["KeptAnswer"]()

    class Meta:
        constraints = [unique("answer_kept_once", "caller", "key")]

    def __str__(self) -> str:
        return self.key


class AccountChange(models.Model):
    """What was done to a person, an agency or a token, and why.

    The ledger holds no free text, so the reason stands here.
    """

    act = models.CharField(max_length=16, choices=AccountAct.choices())
    user = models.ForeignKey(
        User, PROTECT, null=True, blank=True, related_name="changes"
    )
    agency = models.ForeignKey(
        Agency, PROTECT, null=True, blank=True, related_name="changes"
    )
    reason = models.CharField(max_length=500)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    scope = Scoped("account.view", at_any("agency__code", "user__agency__code"))
    objects: ClassVar = ScopedManager["AccountChange"]()

    class Meta:
        constraints = [check("account_change_is_of_one", Q(user=None) ^ Q(agency=None))]

    def __str__(self) -> str:
        return self.act


class Session(AbstractBaseSession):
    """A browser that somebody signed in with; its key is kept as a digest only."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(
        User, PROTECT, null=True, blank=True, related_name="sessions"
    )
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)


class SecondFactor(models.Model):
    """A passkey, or the app that shows one-time codes.

    Attributes:
        credential_id: By which a passkey names itself; empty for an app.
        kept: The public key of a passkey; the sealed secret of an app.
        counter: Uses that a passkey has counted; the last 30 seconds of which a code
            was used.
    """

    user = models.ForeignKey(User, PROTECT, related_name="factors")
    kind = models.CharField(max_length=16, choices=FactorKind.choices())
    label = models.CharField(max_length=80)
    credential_id = models.CharField(max_length=1400, blank=True)
    kept = models.TextField()
    counter = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped("account.view", at("user__agency__code"))
    objects: ClassVar = ScopedManager["SecondFactor"]()

    class Meta:
        constraints = [
            check(
                "passkey_has_its_credential",
                Q(kind=FactorKind.PASSKEY) ^ Q(credential_id=""),
            ),
            unique("one_row_a_passkey", "credential_id", where=~Q(credential_id="")),
            unique(
                "one_app_of_codes_a_person",
                "user",
                where=Q(kind=FactorKind.ONE_TIME_CODES, removed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RecoveryCode(models.Model):
    """A code that opens one sign-in; kept hashed like a passphrase."""

    user = models.ForeignKey(User, PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    scope = Scoped("account.view", at("user__agency__code"))
    objects: ClassVar = ScopedManager["RecoveryCode"]()

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


class FactorRecovery(models.Model):
    """Somebody lost every second factor: one person asks, another one decides."""

    user = models.ForeignKey(User, PROTECT, related_name="factor_recoveries")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(null=True)

    scope = Scoped("factor.recover", at("user__agency__code"))
    objects: ClassVar = ScopedManager["FactorRecovery"]()

    class Meta:
        constraints = [
            unique("one_open_factor_recovery", "user", where=Q(decided_at=None)),
            check("factor_recovery_takes_two", ~Q(decided_by=models.F("asked_by"))),
            check(
                "factor_recovery_decided_whole",
                Q(decided_at=None, decided_by=None, is_agreed=None)
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    is_agreed__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class LawVersion(KnownRecord):
    """A jurisdiction profile as it was put into use, whole."""

    profile = models.CharField(max_length=100)
    text = models.TextField()
    reason = models.CharField(max_length=500)
    # Empty where nobody put it into use here: it lay in its file before.
    decided_by = models.CharField(max_length=150, blank=True)

    scope = Scoped("account.view", everyone, missing=no_such_law)
