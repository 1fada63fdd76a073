"""The frame of every act on an application: who may, at which stage, and its clock."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from armstrace.analysis.procedures import clocks
from armstrace.audit import ledger
from armstrace.licensing import checking, rules, standing
from armstrace.licensing.checking import Missing
from armstrace.licensing.models import (
    Advice,
    Application,
    ApplicationRecord,
    Question,
)
from armstrace.licensing.stages import MOVES, turn_of
from armstrace.records import jurisdiction
from armstrace.records.versions import VersionRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import UNDECIDED, LicenceAct, LicenceStage

JUDGED = (LicenceStage.DRAFT, *UNDECIDED)
"""Stages in which the checks of the profile can still change what comes of it."""


@dataclass(slots=True)
class Act:
    """An act on an application, as it is being done."""

    # Locked until the act ends.
    application: Application
    # How it stood before.
    record: ApplicationRecord
    act: LicenceAct
    entry: ledger.Entry
    by: Actor
    at: datetime

    @property
    def today(self) -> date:
        """Give the day by the clock of the country."""
        return timezone.localdate(self.at)

    def make[M: models.Model](self, table: type[M], **columns: object) -> M:
        """Keep a row of the application, and name it in the entry."""
        given = {"application": self.application, "known_at": self.at} | columns
        if issubclass(table, VersionRecord):
            given["source"] = self.by.agency
        made = table._default_manager.create(**given)  # noqa: SLF001 - Django's own
        self.entry.about(made)
        return made

    def missing(self) -> tuple[Missing, ...]:
        """Give the checks of today that the application does not pass."""
        return missing_of(self.record, self.today)

    def workers(self) -> set[str]:
        """Name those who worked on it; who overturned a refusal is free to decide."""
        done = self.application.records.exclude(act=LicenceAct.OVERTURN)
        return set(done.values_list("done_by", flat=True))

    def go_on(self, reason: str = "", **columns: object) -> ApplicationRecord:
        """Write how the application stands after the act.

        Args:
            reason: Why, where somebody says so.
            columns: What is otherwise than before.
        """
        stage = MOVES[self.act].to or LicenceStage(self.record.stage)
        later = self.record.next_version(
            stage=stage,
            act=self.act,
            done_by=self.by.name,
            reason=reason.strip(),
            source=self.by.agency,
            known_at=self.record.supersede(self.at),
            **columns,
        )
        asked = self.application.questions.filter(answered_at=None).exists()
        heard = self.application.advice.filter(superseded_at=None, answer="")
        later.turn = turn_of(stage, has_question=asked, is_unheard=heard.exists())
        later.due_on = due_on(later, stops_of(self.application.questions.all()))
        if stage in JUDGED:
            found = missing_of(later, self.today)
            later.missing = [[each.code, each.strength] for each in found]
        later.save()
        self.entry.about_all([self.record, later])
        self.record = later
        return later


@contextmanager
def act_on(
    name: str,
    application_id: int,
    act: LicenceAct,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Iterator[Act]:
    """Do an act on an application whose stage allows it.

    Args:
        name: Of the act, for the ledger.

    Raises:
        RuleBroken: ``LI-01``, its stage is for other acts; ``LI-04``, somebody has
            acted since.
    """
    grant = MOVES[act].grant
    by.require(grant)
    with ledger.entry(name, by=by, at=at) as entry:
        # Locked first: of two who act at once, the second sees what the first did.
        list(
            Application.objects.get_queryset()
            .filter(pk=application_id)
            .select_for_update()
        )
        application = Application.objects.get_visible(application_id, by)
        by.require(grant, agency=application.agency)
        record = ApplicationRecord.objects.current().get(application=application)
        stage = LicenceStage(record.stage)
        rules.STAGED.require((application.reference, stage, act))
        rules.OPEN_AS_SEEN.require((application.reference, seen in {None, record.pk}))
        yield Act(application, record, act, entry, by, at)


def missing_of(record: ApplicationRecord, on: date) -> tuple[Missing, ...]:
    """Give the checks of a day that one application does not pass."""
    facts = standing.facts_of([record], on)[record.application_id]
    return checking.missing(facts, jurisdiction.profile(), on)


def stops_of(questions: Collection[Question]) -> list[clocks.Stop]:
    """Give the times in which questions stopped the clock."""
    return [
        clocks.Stop(
            timezone.localdate(each.known_at),
            timezone.localdate(each.answered_at) if each.answered_at else None,
        )
        for each in questions
    ]


def due_on(record: ApplicationRecord, stops: list[clocks.Stop]) -> date | None:
    """Give the last day in time; None where no clock runs."""
    if record.stage not in UNDECIDED or None in (record.sent_on, record.days_allowed):
        return None
    begun, days = record.sent_on, record.days_allowed
    assert begun is not None and days is not None  # noqa: S101, PT018 - asked above
    return clocks.due_on(begun, days, stops, settings.HOME_COUNTRY)


def unheard_of(application: Application) -> list[Advice]:
    """Give the departments that have not given their advice."""
    rows = Advice.objects.current().filter(application=application, answer="")
    return list(rows.order_by("department"))
