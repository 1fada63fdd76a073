"""Who acts, for which agency, in which role, to what end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import NotPermitted
from armstrace.vocabulary.messages import message


class Role(Code):
    REGISTRAR = "REGISTRAR", "registry clerk"
    LICENSING = "LICENSING", "licensing officer"
    TRADE = "TRADE", "firearms trade"
    OFFICER = "OFFICER", "police officer"
    CUSTODIAN = "CUSTODIAN", "evidence custodian"
    EXAMINER = "EXAMINER", "firearms examiner"
    CUSTOMS = "CUSTOMS", "customs and border officer"
    INVESTIGATOR = "INVESTIGATOR", "investigator"
    PROSECUTOR = "PROSECUTOR", "prosecutor"
    ANALYST = "ANALYST", "tracing analyst"
    SUPERVISOR = "SUPERVISOR", "hub supervisor"
    STATISTICIAN = "STATISTICIAN", "statistician and focal point"
    AUDITOR = "AUDITOR", "auditor"
    ADMINISTRATOR = "ADMINISTRATOR", "administrator"
    SYSTEM = "SYSTEM", "the system itself"


class Purpose(Code):
    """Why personal data are read or changed (purpose limitation)."""

    REGISTRATION = "REGISTRATION", "keeping the register"
    LICENSING = "LICENSING", "licensing and vetting"
    TRACING = "TRACING", "tracing a recovered arm"
    INVESTIGATION = "INVESTIGATION", "criminal investigation"
    CUSTODY = "CUSTODY", "custody of exhibits"
    STATISTICS = "STATISTICS", "statistics"
    OVERSIGHT = "OVERSIGHT", "oversight and audit"
    ADMINISTRATION = "ADMINISTRATION", "running the system"


class Scope(Code):
    """How far a grant reaches."""

    ALL = "ALL", "all agencies"
    OWN = "OWN", "own agency"


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agencies whose records a grant opens."""

    are_all: bool
    # Code of the only one whose records it opens otherwise.
    own: str = ""

    def __contains__(self, agency: object) -> bool:
        """Tell whether the records of an agency are open."""
        return self.are_all or agency == self.own


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or process that acts, with its grants already resolved."""

    # Sign-in name, or ``system``.
    name: str
    # Code of the agency acted for.
    agency: str
    role: Role
    # Why; written with every ledger entry.
    purpose: Purpose
    # Action name to scope; what is absent is refused.
    grants: Mapping[str, Scope] = field(default_factory=dict)
    # Whether a token narrows the grants of its account.
    is_programme: bool = False
    # Whether the purpose is the role's first, and nobody chose it.
    is_purpose_assumed: bool = False

    def may(self, action: str) -> bool:
        """Tell whether the actor may do this at all."""
        return action in self.grants

    def require(self, action: str, *, agency: str | None = None) -> None:
        """Refuse unless the actor may do this, for this agency where named.

        Args:
            action: Such as ``trace.open``.
            agency: Code of the agency whose record it is, where one is.

        Raises:
            NotPermitted: The policy grants nothing, or not for this agency.
        """
        scope = self.grants.get(action)
        if scope is None and self.is_programme:
            msg = message(
                "This token does not open it; ask an administrator for one with the "
                "scope that it needs, for an account that may do it."
            )
            raise NotPermitted(msg)
        if scope is None:
            msg = message("The role “%(role)s” may not do this.", role=self.role)
            raise NotPermitted(msg)
        if scope is Scope.OWN and agency is not None and agency != self.agency:
            msg = message("The record belongs to another agency; ask it to act.")
            raise NotPermitted(msg)

    def may_for(self, action: str, agency: str) -> bool:
        """Tell whether the actor may do this to a record of this agency."""
        return self.may(action) and agency in self.agencies(action)

    def agencies(self, action: str) -> Agencies:
        """Give the agencies whose records the actor may do this to.

        Raises:
            NotPermitted: The policy grants nothing.
        """
        self.require(action)
        if self.grants[action] is Scope.ALL:
            return Agencies(are_all=True)
        return Agencies(are_all=False, own=self.agency)
