"""What can be asked about second factors."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from armstrace.accounts import policy, rules
from armstrace.accounts.models import FactorRecovery, RecoveryCode, SecondFactor, User
from armstrace.vocabulary.accounts import FactorKind
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True)
class FactorRow:
    """A passkey or an app of one-time codes, without anything secret."""

    id: int
    kind: str
    label: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person signs in with beside the passphrase."""

    rows: tuple[FactorRow, ...]
    held: rules.Held
    # Whether it is what the role needs.
    is_enough: bool


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """A person who lost every second factor, and who asked for what."""

    id: int
    name: str
    full_name: str
    reason: str
    asked_by: str
    asked_at: datetime


def own_factors(*, viewer: Actor) -> Factors:
    """List one's own factors, the oldest first."""
    return factors_of(viewer.name)


def factors_of(name: str) -> Factors:
    """List the factors of an account that the viewer was let through to."""
    held = SecondFactor.objects.filter(user__name=name, removed_at=None)
    rows = tuple(fill(FactorRow, each) for each in held.order_by("pk"))
    codes = RecoveryCode.objects.filter(user__name=name, used_at=None, replaced_at=None)
    counted = rules.Held.of((row.kind for row in rows), codes.count())
    is_enough = counted.is_enough(with_app=policy.takes_app())
    return Factors(rows, counted, is_enough)


def names_without_factors(*, viewer: Actor) -> list[str]:
    """Name the open accounts that lack the factors that their role needs."""
    viewer.require("account.view")
    held = Q(factors__removed_at=None)
    unused = Q(recovery_codes__used_at=None, recovery_codes__replaced_at=None)
    asked = [role for role in Role if policy.asks_second_factor(role)]
    people = User.objects.filter(is_active=True, role__in=asked).annotate(
        keys=_count("factors", held & Q(factors__kind=FactorKind.PASSKEY)),
        apps=_count("factors", held & Q(factors__kind=FactorKind.ONE_TIME_CODES)),
        codes=_count("recovery_codes", unused),
    )
    counted = people.order_by("name").values_list("name", "keys", "apps", "codes")
    return [
        name
        for name, passkeys, apps, codes in counted
        if not rules.Held(passkeys, bool(apps), codes).is_enough(
            with_app=policy.takes_app()
        )
    ]


def _count(rows: str, which: Q) -> Count:
    return Count(rows, filter=which, distinct=True)


def own_passkeys(*, viewer: Actor) -> list[str]:
    """List the ids of one's own passkeys, as a browser is asked for them."""
    held = SecondFactor.objects.filter(
        user__name=viewer.name, removed_at=None, kind=FactorKind.PASSKEY
    )
    return list(held.values_list("credential_id", flat=True))


def factor_recoveries(*, viewer: Actor) -> tuple[RecoveryRow, ...]:
    """List the recoveries of second factors that wait for a second person."""
    found = FactorRecovery.objects.visible_to(viewer).filter(decided_at=None)
    return tuple(
        RecoveryRow(
            each.pk,
            each.user.name,
            each.user.full_name,
            each.reason,
            each.asked_by.name,
            each.asked_at,
        )
        for each in found.select_related("user", "asked_by").order_by("pk")
    )
