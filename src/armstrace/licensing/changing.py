"""The frame of every act on an application: who may, at which stage, and its clock."""

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.procedures import clocks
from armstrace.licensing import checking, rules, standing
from armstrace.licensing.checking import Missing
from armstrace.licensing.models import (
    Advice,
    Application,
    ApplicationRecord,
    HolderRecord,
    Question,
)
from armstrace.licensing.namesakes import namesakes_barred
from armstrace.licensing.stages import MOVES, turn_of
from armstrace.records import jurisdiction
from armstrace.records.acts import StagedAct
from armstrace.vocabulary.licensing import (
    UNDECIDED,
    ApplicationKind,
    Department,
    LicenceAct,
    LicenceStage,
)
from armstrace.vocabulary.messages import Message

JUDGED = (LicenceStage.DRAFT, *UNDECIDED, LicenceStage.DECIDED)
"""Stages in which the checks of the profile can still change what comes of it."""


class Act(StagedAct[Application, ApplicationRecord]):
    """An act on an application: ``LI-01`` by its stage, ``LI-04`` as it was seen."""

    key = "application"
    files, records, stages, moves = Application, ApplicationRecord, LicenceStage, MOVES
    staged, as_seen = rules.STAGED, rules.OPEN_AS_SEEN

    def missing(self) -> tuple[Missing, ...]:
        return missing_of(self.record, self.today)

    def workers(self) -> set[str]:
        """Name those who worked on it; who overturned a refusal is free to decide."""
        done = self.file.records.exclude(act=LicenceAct.OVERTURN)
        return set(done.values_list("done_by", flat=True))

    def complete(self, later: ApplicationRecord) -> None:
        """Say whose turn it is, until when, and what is missing."""
        asked = self.file.questions.filter(answered_at=None).exists()
        heard = self.file.advice.filter(superseded_at=None, answer="").exists()
        stage = LicenceStage(later.stage)
        later.turn = turn_of(stage, has_question=asked, is_unheard=heard)
        later.due_on = due_on(later, stops_of(self.file.questions.all()))
        if stage in JUDGED:
            found = missing_of(later, self.today)
            later.missing = [[each.code, each.strength] for each in found]


def missing_of(
    record: ApplicationRecord, on: date, told_at: datetime | None = None
) -> tuple[Missing, ...]:
    facts = standing.facts_of([record], on, told_at)[record.application_id]
    return checking.missing(facts, jurisdiction.profile(), on)


def missing_since(
    record: ApplicationRecord, found: Collection[Missing], on: date
) -> tuple[Missing, ...]:
    """Give what is found missing and was not when the application came to its stage."""
    was = {code for code, _ in record.missing}
    told = missing_of(record, on, record.known_at)
    return tuple(each for each in found if each.code not in was or each not in told)


def ahead_of(
    record: ApplicationRecord, facts: checking.Facts, on: date
) -> tuple[Message, ...]:
    """Say what is still to come, or to be thought of, though nothing is missing yet."""
    application = record.application
    heard = [Department(each.department) for each in unheard_of(application)]
    kind = ApplicationKind(application.kind)
    law = jurisdiction.profile()
    alike = namesakes_of(application, on)
    return checking.ahead(facts, law, on, kind=kind, unheard=heard, namesakes=alike)


def namesakes_of(application: Application, on: date) -> list[str]:
    """Give who may be the applicant, and was refused, stopped or found adverse."""
    named = HolderRecord.objects.current().get(holder=application.holder_id)
    return namesakes_barred(named.name, application.holder.number, on)


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
    rows = Advice.objects.current().filter(application=application, answer="")
    return list(rows.order_by("department"))
