"""One actor a role, with the grants of the policy, and a stranger."""

from dataclasses import replace
from datetime import UTC, datetime

from armstrace.accounts import policy
from armstrace.vocabulary.actors import Actor, Purpose, Role

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOME = "XV"


def actor(role: Role, agency: str, purpose: Purpose = Purpose.TRACING) -> Actor:
    """Give an actor of a role and an agency."""
    name = f"{role.value.lower()}.{agency.lower()}"
    return Actor(name, agency, role, purpose, policy.grants_of(role))


REGISTRAR = actor(Role.REGISTRAR, "VFR", Purpose.REGISTRATION)
LICENSING = actor(Role.LICENSING, "VFR", Purpose.REGISTRATION)
TRADE = actor(Role.TRADE, "VDA", Purpose.REGISTRATION)
OFFICER = actor(Role.OFFICER, "VNP")
STRANGER = actor(Role.OFFICER, "VCG")
ANALYST = actor(Role.ANALYST, "VFH")
SUPERVISOR = actor(Role.SUPERVISOR, "VFH")
STATISTICIAN = actor(Role.STATISTICIAN, "VFP", Purpose.STATISTICS)
EXAMINER = actor(Role.EXAMINER, "VFL", Purpose.INVESTIGATION)
SECOND_EXAMINER = replace(EXAMINER, name="second.vfl")
CUSTOMS = actor(Role.CUSTOMS, "VCG", Purpose.INVESTIGATION)
AUDITOR = actor(Role.AUDITOR, "VOM", Purpose.OVERSIGHT)
SYSTEM = actor(Role.SYSTEM, "SYSTEM", Purpose.REGISTRATION)
