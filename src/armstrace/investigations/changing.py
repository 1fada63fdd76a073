"""The frame of every act on a case: who may, whether it is open, what is written."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from armstrace.accounts import queries as accounts
from armstrace.audit import ledger
from armstrace.investigations import rules
from armstrace.investigations.inputs import CaseInput
from armstrace.investigations.models import Case, CaseChange, CaseMember, CaseRecovery
from armstrace.records import acts, lengths
from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet, VersionRecord
from armstrace.recoveries.models import Recovery, no_such_recovery
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.investigations import CaseAct

TEXTS = lengths.limits(
    Case, {name: name for name in ("title", "main_case")}, of=CaseInput
)


class Act(acts.Act[Case]):
    """An act on a case, as it is being done."""

    key = "case"

    def write(self, act: CaseAct, reason: str = "", **values: object) -> None:
        """Keep the case as it is now, and write down what was done with it."""
        self.file.save()
        self.entry.about(self.file)
        self.entry.about(change(self.file, act, (self.by, self.at), reason, **values))


@contextmanager
def act_on(
    name: str, case_id: int, grant: str, *, by: Actor, at: datetime, ended: bool = False
) -> Iterator[Act]:
    """Do an act on a case that the actor sees; a closed one is changed by none.

    Raises:
        RuleBroken: ``IV-04``, it is closed.
    """
    by.require(grant)
    with ledger.entry(name, by=by, at=at) as entry:
        # Acts on one case follow each other: numbers and members are counted once,
        # and who was taken off it meanwhile, or is sealed out, does nothing more.
        list(Case.objects.select_for_update(no_key=True).filter(pk=case_id))
        case = Case.objects.get_visible(case_id, by)
        if not ended:
            rules.OPEN.require((case.reference, case.state))
        yield Act(case, entry, by, at)


def change(
    case: Case, act: CaseAct, who: tuple[Actor, datetime], reason: str, **values: object
) -> CaseChange:
    """Write down what was done with a case as a whole."""
    by, at = who
    lengths.require_fits(reason, lengths.REASON)
    return CaseChange.objects.create(
        case=case,
        act=act.value,
        told_by=by.name,
        told_agency=by.agency,
        reason=reason.strip(),
        values=values,
        known_at=at,
    )


def require_in[M: VersionRecord](case: Case, rows: VersionQuerySet[M], what: str) -> M:
    """Give what stands in a case now; ``IV-06`` refuses what does not."""
    found = rows.filter(case=case).first()
    if found is None:
        raise rules.IN_CASE.broken((what, case.reference, False))
    return found


def members_of(case: Case) -> frozenset[str]:
    """Give the sign-in names of the members now."""
    rows = CaseMember.objects.current().filter(case=case)
    return frozenset(rows.values_list("person", flat=True))


def require_able(person: str, by: Actor) -> None:
    """Refuse somebody whose role does not work on cases."""
    people = accounts.people_who_may("case.view", viewer=by)
    rules.ABLE.require((person, people))


def require_stated(given: CaseInput) -> None:
    """Refuse a case without a title or an aim."""
    rules.NAMED.require(given.title)
    rules.AIMED.require(len(given.aims))
    lengths.require_fits(given, *TEXTS)


def require_recoveries(recovery_ids: Iterable[int], by: Actor) -> None:
    """Refuse recoveries that are not there for these eyes."""
    wanted = set(recovery_ids)
    if not wanted:
        return
    rows = Recovery.objects.visible_to(by).filter(among("pk", wanted))
    missing = wanted - set(rows.values_list("pk", flat=True))
    if missing:
        raise NotFound(no_such_recovery(min(missing)))


def new_recoveries(case: Case, recovery_ids: Collection[int]) -> set[int]:
    """Give those of some recovered items that are not in a case yet."""
    held = CaseRecovery.objects.current().filter(
        among("recovery_id", recovery_ids), case=case
    )
    return set(recovery_ids) - set(held.values_list("recovery_id", flat=True))


def put_recoveries(
    case: Case, recovery_ids: Iterable[int], by: Actor, at: datetime
) -> list[CaseRecovery]:
    """Put recovered items into a case."""
    return CaseRecovery.objects.bulk_create(
        CaseRecovery(
            case=case,
            recovery_id=key,
            given_by=by.name,
            source=by.agency,
            known_at=at,
        )
        for key in sorted(set(recovery_ids))
    )
