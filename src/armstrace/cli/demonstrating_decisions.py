"""Who acts in a synthetic country, and what its analysts decided."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django.utils import timezone

from armstrace.accounts import actors
from armstrace.accounts import queries as accounts
from armstrace.tracing.inputs import DecisionInput, DiversionInput
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import DiversionKind, TraceGround, TraceStanding

DEMO = read_table(__package__, "data/demo.toml")


def person(name: str, purpose: Purpose | None = None) -> Actor:
    """Give one of the people of the demo, by the name of their account."""
    user = accounts.user_named(name, viewer=actors.system_actor())
    return actors.actor_for(user, purpose)


def opening_decision(recovery_id: int, known_at: datetime) -> DecisionInput:
    return DecisionInput(
        recovery_id=recovery_id,
        standing=TraceStanding.OPEN,
        ground=TraceGround.ILLICIT_UNDER_LAW_OF_RECOVERING_STATE,
        decided_on=timezone.localdate(known_at),
        known_at=known_at,
    )


def closing_decision(
    row: Mapping[str, str], ids: Mapping[str, int], arm_id: int | None
) -> DecisionInput:
    """Decide what a row of ``SyntheticCountry.decisions`` says."""
    return fill(
        DecisionInput,
        row,
        recovery_id=ids[row["source_number"]],
        decided_on=date.fromisoformat(row["decided_on"]),
        diversion=diversion_of(row),
        arm_id=arm_id,
        known_at=moment(row["decided_on"]),
    )


def diversion_of(row: Mapping[str, str]) -> DiversionInput:
    """Give where an arm left lawful hands, as far as a row says."""
    on = row.get("diversion_on", "")
    return DiversionInput(
        kind=DiversionKind(row.get("diversion_kind") or DiversionKind.UNKNOWN),
        on=date.fromisoformat(on) if on else None,
        place=row.get("diversion_place", ""),
        region=row.get("diversion_region", ""),
        country=row.get("diversion_country", ""),
        holder_number=row.get("last_lawful_holder", ""),
    )


def moment(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)
