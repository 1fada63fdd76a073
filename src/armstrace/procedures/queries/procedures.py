"""Versions of procedures, what a change would do, and a simulation."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from armstrace.accounts.models import User
from armstrace.analysis.procedures import checking, simulating
from armstrace.analysis.procedures.procedure import Procedure
from armstrace.procedures import facts, versions
from armstrace.procedures.models import ProcedureChange, ProcedureUse, ProcedureVersion
from armstrace.procedures.queries import figures
from armstrace.procedures.versions import StepChange
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.messages import Message, message


@dataclass(frozen=True, slots=True)
class VersionRow:
    version: ProcedureVersion
    # From when it is in use now; None where it is not.
    since: datetime | None
    # When it was last withdrawn; None where it never was.
    until: datetime | None
    # Who put it into use last; empty where nobody did.
    put_by: str

    @property
    def is_in_use(self) -> bool:
        return self.since is not None and self.until is None


STEPS_STAY = message(
    "A step that is open now keeps its deadline, role and evidence, and none is taken "
    "away; a recovery that is recorded later has the new ones."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What putting a version into use would do."""

    # Open recoveries that would gain steps.
    gained: int
    # Open recoveries that would gain none.
    kept: int
    # Each step that they would gain, or that it asks otherwise than they have it open;
    # what they have stays as it is.
    by_step: tuple[StepChange, ...]
    # What lets no arm be closed under it.
    remarks: tuple[Message, ...] = ()
    # Which of its steps nobody can open.
    unmanned: tuple[Message, ...] = ()

    @property
    def steps_stay(self) -> Message:
        """Say what becomes of steps that are open."""
        return STEPS_STAY


def procedure_versions(*, viewer: Actor) -> list[VersionRow]:
    """Give the versions, the latest first."""
    rows = ProcedureVersion.objects.visible_to(viewer).order_by("-pk")
    return [_row(each) for each in rows.prefetch_related("uses")]


def procedure_version(version_id: int, *, viewer: Actor) -> VersionRow:
    """Give one version."""
    return _row(ProcedureVersion.objects.get_visible(version_id, viewer))


def procedure_changes(*, viewer: Actor) -> list[ProcedureChange]:
    """Give the changes that open recoveries gained steps by, the latest first."""
    rows = ProcedureChange.objects.visible_to(viewer).select_related("version")
    back = ProcedureUse.objects.filter(
        known_at=OuterRef("reverted_at"), version=OuterRef("before")
    ).exclude(reason="")
    because = Subquery(back.values("reason")[:1])
    return list(rows.annotate(reverted_because=because).order_by("-pk")[:50])


def preview_change(procedure: Procedure, *, viewer: Actor) -> Preview:
    """Tell how many open recoveries would gain which steps, and what else differs."""
    viewer.require("procedure.supervise")
    found = versions.gains(procedure)
    by_step = tuple(found.by_step.values())
    remarks = tuple(checking.remarks(procedure))
    left = tuple(steps_without_people(procedure, viewer=viewer))
    return Preview(len(found.gained), found.kept, by_step, remarks, left)


def steps_without_people(procedure: Procedure, *, viewer: Actor) -> list[Message]:
    """Say which steps of a procedure nobody can open: no account has their role."""
    viewer.require("procedure.supervise")
    manned = set(User.objects.filter(is_active=True).values_list("role", flat=True))
    return [
        message(
            "Nobody has the role “%(role)s”, so nobody can open the step “%(step)s”; "
            "give somebody the role, or the step to another.",
            role=Role(each.role),
            step=Message(each.words),
        )
        for each in procedure.steps
        if each.role not in manned
    ]


def simulate(
    procedure: Procedure, *, year: int, viewer: Actor, at: datetime
) -> simulating.Simulation:
    """Send the recoveries of a year through a procedure."""
    viewer.require("procedure.supervise")
    rows = RecoveryRecord.objects.current().visible_to(viewer)
    of_year = rows.filter(
        recovered_on__gte=date(year, 1, 1), recovered_on__lte=date(year, 12, 31)
    )
    past = figures.past(viewer=viewer, at=at)
    return simulating.simulate(procedure, facts.stream(of_year), past)


def _row(version: ProcedureVersion) -> VersionRow:
    uses = sorted(version.uses.all(), key=lambda each: each.pk)
    last = uses[-1] if uses else None
    return VersionRow(
        version=version,
        since=last.known_at if last else None,
        until=last.superseded_at if last else None,
        put_by=last.put_by if last else "",
    )
