"""Draw a list for examination, and say what was found."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from armstrace.analysis.risk import selecting
from armstrace.analysis.risk.catalogue import parameters
from armstrace.audit import ledger
from armstrace.records import bulk, closing, jurisdiction
from armstrace.records.lengths import limits, require_fits
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    RecoveryRecord,
)
from armstrace.risk import rules
from armstrace.risk.inputs import ExaminationInput
from armstrace.risk.models import (
    Declaration,
    DeclarationRecord,
    Examination,
    ExaminationList,
    ListedDeclaration,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.risk import Lane

LIMITS = limits(Examination, {"notes": "notes"}, of=ExaminationInput)


def draw_list(
    *, day: date, capacity: int, seed: int, by: Actor, at: datetime
) -> ExaminationList:
    """Draw what the actor's agency examines on a day, beside what is listed already.

    A declaration that is on a list stays there until it is examined, so it is not
    drawn again.

    Raises:
        RuleBroken: ``RI-01``, no shift can examine so many; ``RI-02``, nothing waits.

    Source:
        Rule of this design: a random lane keeps precision honest.
    """
    by.require("declaration.examine", agency=by.agency)
    rules.SHIFT_CAN.require(capacity)
    settings = parameters(jurisdiction.profile().risk, day)
    since = day - timedelta(days=settings.candidate_days)
    waiting = DeclarationRecord.objects.current().filter(
        declaration__agency=by.agency,
        declared_on__range=(since, day),
        declaration__listed=None,
        declaration__examinations=None,
    )
    scores = dict(waiting.values_list("declaration_id", "score"))
    rules.SOMETHING_TO_EXAMINE.require(len(scores))
    places = min(capacity, len(scores))
    by_lot = selecting.count_by_lot(places, settings.control_share, _drawn(day, by))
    chosen = selecting.choose(scores, capacity=places, by_lot=by_lot, seed=seed)
    with ledger.entry("examination.drawn", by=by, at=at) as entry:
        drawn = ExaminationList.objects.create(
            agency=by.agency,
            day=day,
            capacity=capacity,
            candidates=len(scores),
            seed=seed,
            drawn_by=by.name,
            known_at=at,
        )
        entry.about(drawn)
        rows = [
            {
                "listed_in_id": drawn.pk,
                "declaration_id": each.key,
                "rank": rank,
                "lane": each.lane.value,
                "score": each.score,
            }
            for rank, each in enumerate(chosen, 1)
        ]
        entry.about_keys(ListedDeclaration, bulk.insert(ListedDeclaration, rows))
    return drawn


def _drawn(day: date, by: Actor) -> tuple[int, int]:
    """Count what an agency drew for a day so far, and how much of it by lot."""
    rows = ListedDeclaration.objects.filter(
        listed_in__agency=by.agency, listed_in__day=day
    )
    return rows.count(), rows.filter(lane=Lane.CONTROL.value).count()


def record_examination(
    *,
    declaration_id: int,
    stated: ExaminationInput,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Examination:
    """Say what was found of a declaration; say it anew with a reason.

    Raises:
        RuleBroken: ``RI-03``, the day lies ahead; ``RI-04``, a correction needs a
            reason; ``RI-06``, the recovery is older than the declaration; ``RI-07``,
            nothing was found, and a recovery is named; ``RI-08``, the goods were
            declared later.

    Source:
        Rule of this design: what is found is fed back, nothing too.
    """
    declaration = Declaration.objects.get_visible(declaration_id, by)
    by.require("declaration.examine", agency=declaration.agency)
    require_fits(stated, *LIMITS)
    rules.EXAMINED_BY_NOW.require((stated.examined_on, timezone.localdate(at)))
    rules.FOUND_TO_NAME.require((stated.find, stated.recovery_id))
    _require_after(declaration, stated, by)
    with ledger.entry("examination.recorded", by=by, at=at) as entry:
        # Of two who say it at once the second meets what the first has written.
        Declaration.objects.get_queryset().select_for_update().get(pk=declaration_id)
        was = Examination.objects.current().filter(declaration=declaration).first()
        is_other = was is not None and not _only_adds(was, stated)
        rules.SAID_ONCE.require((is_other, reason))
        listed = ListedDeclaration.objects.filter(declaration=declaration).first()
        made = Examination(
            declaration=declaration,
            find=stated.find.value,
            examined_on=stated.examined_on,
            examined_by=by.name,
            lane=listed.lane if listed is not None else "",
            notes=stated.notes,
            recovery_id=stated.recovery_id,
            reason=reason.strip(),
        )
        return closing.succeed(was, made, entry)


def _require_after(declaration: Declaration, said: ExaminationInput, by: Actor) -> None:
    """Refuse an examination, or what was found in it, from before the declaration."""
    record = DeclarationRecord.objects.current().get(declaration=declaration)
    rules.EXAMINED_AFTER_DECLARED.require((record.declared_on, said.examined_on))
    if said.recovery_id is None:
        return
    recovery = Recovery.objects.get_visible(said.recovery_id, by)
    for table in (RecoveryRecord, AmmunitionRecord, PartRecord):
        for each in table.objects.current().filter(recovery=recovery):
            last = each.recovered_until or each.recovered_on
            facts = (recovery.reference, record.declared_on, last)
            rules.FOUND_AFTER_DECLARED.require(facts)


def _only_adds(was: Examination, stated: ExaminationInput) -> bool:
    """Whether the recovery is named that the same find still lacked."""
    is_same = (was.find, was.examined_on) == (stated.find.value, stated.examined_on)
    return is_same and was.recovery_id is None and stated.recovery_id is not None
