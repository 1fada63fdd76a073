"""The work queue of applications, and the page of one with its clock."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from armstrace.analysis.procedures import clocks
from armstrace.audit import consultations
from armstrace.evidence import queries as evidence
from armstrace.evidence.queries import OpenedFile
from armstrace.licensing import appeals, changing, checking, rules, standing
from armstrace.licensing.checking import Missing
from armstrace.licensing.models import (
    Advice,
    Application,
    ApplicationDocument,
    ApplicationRecord,
    Holder,
    Licence,
    Question,
)
from armstrace.licensing.queries import holders
from armstrace.licensing.stages import DECIDE, MOVES, OF_LICENCES
from armstrace.records import jurisdiction
from armstrace.records.lookups import among, page_of
from armstrace.records.versions import VersionQuerySet
from armstrace.vocabulary import rows
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.licensing import (
    UNDECIDED,
    ApplicationKind,
    LicenceAct,
    LicenceStage,
    LicenceType,
    Turn,
)
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rules import broken

AT_ONCE = 500
INNER = frozenset(
    {LicenceAct.ACCEPT, LicenceAct.VET, LicenceAct.HEAR, LicenceAct.PROPOSE}
    | {LicenceAct.ISSUE}
)
"""Acts whose reasons the authority keeps to itself."""


class ApplicationsShown(Code):
    """Which applications a list shows."""

    OPEN = "OPEN", "not decided"
    OVERDUE = "OVERDUE", "not decided and overdue"
    IN_TIME = "IN_TIME", "decided in time"
    LATE = "LATE", "decided late"
    REFUSED = "REFUSED", "refused by decision"
    TO_DECIDE = "TO_DECIDE", "waits for my decision"


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """What narrows a list of licences or of applications; empty means any."""

    text: str = ""
    activity: LicenceType | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ApplicationFilter(ActivityFilter):
    """What narrows the list of applications.

    Args:
        text: A number such as Q12, the number of the applicant or of a licence.
        activity: What a licence is asked for.
        first: First day of the decision.
        last: Last day of the decision.
        shown: How far it is.
        stage: The stage that stands.
        turn: Whose turn it is.
    """

    shown: ApplicationsShown | None = None
    stage: LicenceStage | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application in a list.

    Args:
        turn: Whose turn it is.
        sent_on: None while it is a draft.
        due_on: Last day in time; None where no clock runs.
        days_used: Working days that the clock has run; None for a draft.
        days_allowed: None where the profile sets no time.
        is_late: Whether it is past due, or was when it was decided.
    """

    application_id: int
    agency: str
    holder_number: str
    activity: LicenceType
    kind: ApplicationKind
    stage: LicenceStage
    turn: Turn
    sent_on: date | None
    due_on: date | None
    days_used: int | None
    days_allowed: int | None
    licence_number: str
    is_late: bool

    @property
    def reference(self) -> str:
        return f"Q{self.application_id}"


@dataclass(frozen=True, slots=True)
class Stopped:
    """A question, and the working days on which it stopped the clock."""

    question: Question
    # Of this question alone; days of several are taken out once.
    days: int

    @property
    def is_open(self) -> bool:
        return self.question.answered_at is None


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application with all that explains where it is."""

    row: ApplicationRow
    record: ApplicationRecord
    # Every state, the newest first.
    history: tuple[ApplicationRecord, ...]
    # What the checks of today do not find.
    missing: tuple[Missing, ...]
    # What is still to come though nothing is missing, for the authority.
    ahead: tuple[Message, ...]
    documents: tuple[ApplicationDocument, ...]
    stops: tuple[Stopped, ...]
    # Of each department what it said, the first first; what is waited for at last.
    advice: tuple[Advice, ...]
    # Working days on which the clock was stopped.
    days_stopped: int
    # Name of the applicant; empty for who may not see persons.
    applicant: str
    # Whether the viewer is of the authority: an applicant sees neither what
    # departments and vetting say, nor what is proposed.
    is_inside: bool
    # Until when a refusal is shown, or would be; None where no rule ends it.
    refusal_until: date | None
    # To whom, and until when, the applicant may appeal against one.
    appeal: appeals.AppealAllowed

    def acts(self, viewer: Actor) -> tuple[LicenceAct, ...]:
        """Give the acts that make sense now and that the policy allows a viewer."""
        return tuple(
            act
            for act, move in MOVES.items()
            if act not in OF_LICENCES
            and viewer.may_for(move.grant, self.row.agency)
            and not any(self.refusals(act, viewer))
        )

    def refusals(self, act: LicenceAct, viewer: Actor) -> Iterator[RuleBroken]:
        """Say why an act makes no sense now, or not by this viewer."""
        number = self.row.reference
        worked = {each.done_by for each in self.history if each.act != "OVERTURN"}
        decides = MOVES[act].grant == DECIDE
        is_no = self.record.is_granted is False
        is_final = is_no and self.row.stage is LicenceStage.DECIDED
        idle = {LicenceAct.ISSUE} if is_no else {LicenceAct.REFUSE}
        idle |= {LicenceAct.WITHDRAW} if is_final else set()
        is_asked = any(one.is_open for one in self.stops)
        yield from broken([rules.STAGED], (number, self.row.stage, act))
        told = (viewer.name, worked if decides else ())
        yield from broken([rules.ANOTHER_DECIDES], told)
        yield from broken([rules.AS_DECIDED], (number, act not in idle))
        is_open = is_asked or act is not LicenceAct.ANSWER
        yield from broken([rules.QUESTION_OPEN], (number, is_open))


def application_rows(
    where: ApplicationFilter, *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[ApplicationRow]:
    """Give one page of applications, the oldest first and drafts last."""
    today = timezone.localdate(at)
    rows = _narrow(where, viewer, today)
    found = page_of(rows, page, ahead=Q(sent_on__isnull=False), by="pk")
    return found.showing(describe(found.rows, today))


def every_application(
    where: ApplicationFilter, *, viewer: Actor, at: datetime
) -> Iterator[ApplicationRow]:
    """Give every application of a list, for a file."""
    today = timezone.localdate(at)
    rows = _narrow(where, viewer, today).iterator(AT_ONCE)
    for records in batched(rows, AT_ONCE, strict=False):
        yield from describe(records, today)


def current(viewer: Actor) -> VersionQuerySet[ApplicationRecord]:
    """Give how the applications stand that a viewer may see."""
    rows = ApplicationRecord.objects.visible_to(viewer).current()
    return rows.select_related("application__holder")


def _narrow(
    where: ApplicationFilter, viewer: Actor, today: date
) -> VersionQuerySet[ApplicationRecord]:
    text = consultations.note_search(where.text)
    rows = current(viewer).order_by(F("sent_on").asc(nulls_last=True), "pk")
    is_reference = text[1:].isdecimal() and len(text) < 20
    if is_reference and text[:1] in {"Q", "q"}:
        rows = rows.filter(application_id=int(text[1:]))
    elif is_reference and text[:1] == "H" and (found := _of_holder(text)):
        rows = rows.filter(application_id__in=found)
    elif text:
        rows = rows.filter(application_id__in=_of_holder_or_licence(text))
    told = {
        "stage": where.stage,
        "turn": where.turn,
        "application__activity": where.activity,
        "decided_on__gte": where.first,
        "decided_on__lte": where.last,
    }
    rows = rows.filter(**{name: each for name, each in told.items() if each})
    undecided = Q(stage__in=UNDECIDED)
    late = Q(days_used__gt=F("days_allowed"))
    shown = {
        ApplicationsShown.OPEN: undecided,
        ApplicationsShown.OVERDUE: undecided & Q(due_on__lt=today),
        ApplicationsShown.IN_TIME: Q(decided_on__isnull=False) & ~late,
        ApplicationsShown.LATE: Q(decided_on__isnull=False) & late,
        ApplicationsShown.REFUSED: Q(decided_on__isnull=False, is_granted=False),
        ApplicationsShown.TO_DECIDE: to_decide(viewer),
    }
    return rows.filter(shown[where.shown]) if where.shown else rows


def to_decide(viewer: Actor) -> Q:
    """Give the condition that it waits for a decision, and the viewer did no step."""
    of_same = ApplicationRecord.objects.filter(application=OuterRef("application"))
    worked = of_same.filter(done_by=viewer.name).exclude(act="OVERTURN")
    return Q(~Exists(worked), turn=Turn.DECIDER)


def _of_holder(reference: str) -> set[int]:
    """Give the applications of a holder by its reference here, such as H12."""
    rows = Application.objects.filter(holder_id=int(reference[1:]))
    return set(rows.values_list("pk", flat=True))


def _of_holder_or_licence(text: str) -> set[int]:
    """Give the applications of a holder or a licence, each found by its index.

    Most applications are of no licence, so that SQLite reads an index of those whole;
    the holder of the licence finds them.
    """
    applications, records = Application.objects, ApplicationRecord.objects.current()
    licences = Licence.objects.current().filter(number=text)
    asked = (
        applications.filter(holder__number=text).values_list("pk"),
        applications.filter(
            holder__in=licences.values("holder"), of_licence=text
        ).values_list("pk"),
        records.filter(licence_number=text).values_list("application_id"),
    )
    return {key for found in asked for (key,) in found}


def application_page(
    application_id: int, *, viewer: Actor, at: datetime
) -> ApplicationPage:
    """Give one application; the ledger keeps who looked at the applicant's name."""
    application = Application.objects.get_visible(application_id, viewer)
    consultations.show_opened(Application, application.pk)
    today = timezone.localdate(at)
    record = current(viewer).get(application=application)
    (row,) = describe([record], today)
    questions = list(application.questions.order_by("known_at", "pk"))
    until = record.decided_on or today
    begun = record.sent_on or today
    counted = _days(begun, until, changing.stops_of(questions))
    stops = [
        Stopped(each, _days(begun, until, changing.stops_of([each])).stopped)
        for each in questions
    ]
    heard = application.advice.exclude(answer="", superseded_at__isnull=False)
    named = holders.names_for_keeper([application.holder_id], viewer=viewer, at=at)
    is_inside = viewer.may("holder.view")
    history = list(application.records.order_by("-pk"))
    facts = standing.facts_of([record], today)[record.application_id]
    return ApplicationPage(
        row=row,
        record=record,
        history=tuple(history if is_inside else map(_tell_applicant, history)),
        missing=checking.missing(
            facts, jurisdiction.profile(), today, is_inside=is_inside
        ),
        ahead=changing.ahead_of(record, facts, today) if is_inside else (),
        documents=tuple(
            application.documents.select_related("file").order_by("kind", "pk")
        ),
        stops=tuple(stops),
        advice=tuple(heard.order_by("department", "pk")) if is_inside else (),
        days_stopped=counted.stopped,
        applicant=named.get(application.holder_id, ""),
        is_inside=is_inside,
        refusal_until=standing.refusal_until(record.decided_on, today),
        appeal=appeals.read_appeal(history, today),
    )


def _tell_applicant(state: ApplicationRecord) -> ApplicationRecord:
    if state.act in INNER:
        state.reason = ""
    return state


def open_document(
    application_id: int, document_id: int, *, folder: Path, viewer: Actor, at: datetime
) -> OpenedFile:
    """Open a document of an application; the ledger keeps who looked."""
    rows = ApplicationDocument.objects.visible_to(viewer).select_related("file")
    found = rows.filter(application_id=application_id, pk=document_id).first()
    if found is None:
        raise NotFound(message("There is no such document; look at the application."))
    return evidence.open_file(
        found.file.sha256,
        folder=folder,
        of=found.application,
        grant="licence.view",
        viewer=viewer,
        at=at,
    )


def describe(records: Sequence[ApplicationRecord], today: date) -> list[ApplicationRow]:
    """Give rows of records with their applications, in one query more."""
    consultations.show_all(Application, [each.application_id for each in records])
    consultations.show_all(Holder, {each.application.holder_id for each in records})
    stops = _stops(each.application_id for each in records)
    return [_row(each, stops[each.application_id], today) for each in records]


def _row(
    record: ApplicationRecord, stops: list[clocks.Stop], today: date
) -> ApplicationRow:
    used = record.days_used
    if used is None and record.sent_on and record.stage in UNDECIDED:
        used = _days(record.sent_on, today, stops).used
    used_up = used is not None and used > (record.days_allowed or used)
    is_late = record.due_on < today if record.due_on else used_up
    return rows.fill(
        ApplicationRow,
        record,
        record.application,
        holder_number=record.application.holder.number,
        days_used=used,
        is_late=is_late,
    )


def _stops(application_ids: Iterable[int]) -> dict[int, list[clocks.Stop]]:
    rows = Question.objects.get_queryset()
    asked: dict[int, list[Question]] = defaultdict(list)
    for each in rows.filter(among("application_id", application_ids)):
        asked[each.application_id].append(each)
    told = {key: changing.stops_of(each) for key, each in asked.items()}
    return defaultdict(list, told)


def _days(begun: date, until: date, stops: list[clocks.Stop]) -> clocks.Days:
    return clocks.count(begun, until, stops, settings.HOME_COUNTRY)


def waiting_with(person: str, *, viewer: Actor) -> int:
    """Count what a person began and did not send, or assesses, before the role ends."""
    viewer.require("account.manage")
    begun = Q(stage=LicenceStage.DRAFT, application__made_by=person)
    assessed = Q(stage__in=UNDECIDED, assessor=person)
    return ApplicationRecord.objects.current().filter(begun | assessed).count()
