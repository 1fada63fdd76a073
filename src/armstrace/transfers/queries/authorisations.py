"""The list of authorisations, the page of one, and what blocks it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import batched
from operator import or_
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q, Sum, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils import timezone

from armstrace.audit import consultations
from armstrace.evidence import queries as evidence
from armstrace.evidence.queries import OpenedFile
from armstrace.licensing.checking import Checked, Missing, blocking
from armstrace.records.lookups import among, counts_of, page_of
from armstrace.records.versions import VersionQuerySet
from armstrace.transfers import draws, standing
from armstrace.transfers.models import (
    PARTIES,
    PARTS,
    Authorisation,
    AuthorisationRecord,
    GoodsLine,
    Paper,
)
from armstrace.transfers.rules import AGREED, SINGLE
from armstrace.transfers.stages import DECIDE, MOVES
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.profiles import Profile
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    Regime,
    TransferAct,
    TransferStage,
)

AT_ONCE = 500
REFERENCE = re.compile(r"[Gg]([1-9][0-9]{0,17})")
ON_FILE = (TransferAct.ATTACH, TransferAct.REMOVE)
OF_ISSUED = (TransferStage.ISSUED, TransferStage.SUSPENDED)


@dataclass(frozen=True, slots=True)
class AuthorisationFilter:
    """What narrows the list; the refused ones are the register of denials.

    Args:
        text: A number such as G12, the number on paper, or part of a party's name.
        stage: How far it has come.
        direction: Whether the goods leave, come here or pass through.
        country: Code of a State of export, import or transit.
        is_overdue: Only those that are not decided in time.
    """

    text: str = ""
    stage: TransferStage | None = None
    direction: Direction | None = None
    country: str = ""
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class AuthorisationRow:
    """One authorisation in a list.

    Args:
        number: The number that the paper bears.
        quantity: Of all its goods.
        due_on: Last day in time of the decision; None where no clock runs.
        valid_until: Its last day.
        visible_until: Until when a refusal is shown.
    """

    authorisation_id: int
    agency: str
    direction: Direction
    regime: Regime
    stage: TransferStage
    number: str
    export_country: str
    import_country: str
    recipient: str
    quantity: int
    due_on: date | None
    valid_until: date | None
    ground: str
    decided_on: date | None
    visible_until: date | None

    @property
    def reference(self) -> str:
        return f"G{self.authorisation_id}"


@dataclass(frozen=True, slots=True)
class AuthorisationPage:
    """One authorisation with all that explains how it stands."""

    row: AuthorisationRow
    record: AuthorisationRecord
    # Every state, the newest first.
    history: tuple[AuthorisationRecord, ...]
    goods: tuple[GoodsLine, ...]
    papers: tuple[Paper, ...]
    # The document that an act put on the file or took off it.
    paper_of: Mapping[int, Paper]
    # What is not in order today: before it is issued, or before the goods leave.
    missing: tuple[Missing, ...]
    # Of one that is not issued: what is asked beside, before the goods leave.
    later: tuple[Missing, ...]
    moment: Moment
    # Whether it is in force and for a further consignment.
    may_leave: bool
    # What of each import licence on file is drawn, and by whom, by its place.
    drawn: Mapping[int, Mapping[str, int]]

    @property
    def decided_because(self) -> str:
        """Give why it was issued, refused or revoked, as the decision says it."""
        decided = (each for each in self.history if MOVES_OF[each.act] == DECIDE)
        return next((each.reason for each in decided if each.reason), "")

    def require_more(self) -> None:
        """Refuse to prepare a further consignment where there can be none.

        Raises:
            RuleBroken: ``TX-13``; ``TX-46``.
        """
        number = str(self.record.authorisation)
        SINGLE.require((number, standing.may_send(self.record)))
        AGREED.require((number, standing.is_agreed(self.record)))

    def acts(self, viewer: Actor) -> tuple[TransferAct, ...]:
        """Give the acts that make sense now and that the policy allows a viewer."""
        recorded = {
            each.done_by for each in self.history if MOVES_OF[each.act] != DECIDE
        }
        is_agreed = AGREED.code not in {each.code for each in self.missing}
        return tuple(
            act
            for act, move in MOVES.items()
            if self.row.stage in move.sources
            and viewer.may_for(move.grant, self.row.agency)
            and not (move.grant == DECIDE and viewer.name in recorded)
            and not (act is TransferAct.AGREE and is_agreed)
            and not (act is TransferAct.REMOVE and not self.papers)
        )


MOVES_OF = {act.value: move.grant for act, move in MOVES.items()}


@dataclass(frozen=True, slots=True)
class TransferStanding(Checked):
    """What stands in the way of a transfer today.

    Args:
        moment: Before which act it was looked at.
        later: Of one that is not issued: what is asked beside, before the goods leave.
    """

    direction: Direction
    stage: TransferStage
    moment: Moment
    later: tuple[Missing, ...]


def current(viewer: Actor) -> VersionQuerySet[AuthorisationRecord]:
    """Give how the authorisations stand that a viewer may see."""
    rows = AuthorisationRecord.objects.visible_to(viewer).current()
    return rows.select_related("authorisation")


def authorisation_rows(
    where: AuthorisationFilter, *, viewer: Actor, at: datetime, page: PageRequest
) -> Page[AuthorisationRow]:
    """Give one page of authorisations, the latest first."""
    today = timezone.localdate(at)
    asked = ("transfers", viewer.agencies("transfer.view"), where, today)
    rows = _narrow(where, viewer, today)
    found = page_of(rows, page, asked=asked, by="authorisation_id")
    return found.showing(describe(found.rows))


def every_authorisation(
    where: AuthorisationFilter, *, viewer: Actor, at: datetime
) -> Iterator[AuthorisationRow]:
    """Give every authorisation of a list, for a file."""
    rows = _narrow(where, viewer, timezone.localdate(at)).iterator(AT_ONCE)
    for records in batched(rows, AT_ONCE, strict=False):
        yield from describe(records)


def _narrow(
    where: AuthorisationFilter, viewer: Actor, today: date
) -> VersionQuerySet[AuthorisationRecord]:
    rows = current(viewer).order_by(F("authorisation_id").desc())
    text = consultations.note_search(where.text)
    if found := REFERENCE.fullmatch(text):
        rows = rows.filter(authorisation_id=int(found[1]))
    elif text and rows.filter(number=text).exists():
        rows = rows.filter(number=text)
    elif text:
        rows = rows.filter(_has_party(text))
    if where.stage:
        rows = rows.filter(stage=where.stage)
    if where.direction:
        # Asked of each in turn: a join would put all of them in order first.
        made = Authorisation.objects.filter(pk=OuterRef("authorisation_id"))
        rows = rows.filter(Exists(made.filter(direction=where.direction)))
    if where.country:
        code = where.country.upper()
        # The text of the codes, which PostgreSQL searches as it stands.
        passes = Q(Contains(Cast("transit", TextField()), f'"{code}"'))
        rows = rows.filter(passes | Q(export_country=code) | Q(import_country=code))
    if where.is_overdue:
        rows = rows.filter(stage=TransferStage.OPEN, due_on__lt=today)
    return rows


def _has_party(text: str) -> Q:
    few = PARTS.few_with([text])
    if few is not None:
        return among("pk", few)
    return reduce(or_, (Q(**{f"{each}__icontains": text}) for each in PARTIES))


def describe(records: Sequence[AuthorisationRecord]) -> list[AuthorisationRow]:
    """Give rows of records with their authorisations, in one query more."""
    keys = [each.authorisation_id for each in records]
    consultations.show_all(Authorisation, keys)
    lines = GoodsLine.objects.current().filter(among("authorisation_id", keys))
    summed = lines.values_list("authorisation_id").annotate(Sum("quantity"))
    quantities = dict(summed)
    return [
        fill(
            AuthorisationRow,
            each,
            agency=each.authorisation.agency,
            direction=Direction(each.authorisation.direction),
            quantity=quantities.get(each.authorisation_id, 0),
        )
        for each in records
    ]


def authorisation_page(
    authorisation_id: int, *, viewer: Actor, at: datetime
) -> AuthorisationPage:
    """Give one authorisation with its goods, its documents and what blocks it."""
    one = Authorisation.objects.get_visible(authorisation_id, viewer)
    consultations.show_opened(Authorisation, one.pk)
    record = current(viewer).get(authorisation=one)
    (row,) = describe([record])
    today, papers = timezone.localdate(at), standing.papers_of([one.pk])[one.pk]
    moment, missing, closed = _look_at(record, today)
    history = tuple(one.records.order_by("-pk"))
    return AuthorisationPage(
        row=row,
        record=record,
        history=history,
        goods=tuple(standing.lines_of([one.pk])[one.pk]),
        papers=tuple(papers),
        paper_of=_papers_in(history, one.papers.order_by("pk")),
        missing=missing,
        later=_later(record, today, missing),
        moment=moment,
        may_leave=moment is Moment.DEPARTURE and not closed,
        drawn=draws.drawn_in_all(papers, today),
    )


def _papers_in(
    history: Iterable[AuthorisationRecord], papers: Iterable[Paper]
) -> dict[int, Paper]:
    """Tell which document each act was about: one each, in the order of the acts."""
    acts = sorted(each.pk for each in history if each.act in ON_FILE)
    return dict(zip(acts, papers, strict=False))


def _look_at(
    record: AuthorisationRecord, today: date, law: Profile | None = None
) -> tuple[Moment, tuple[Missing, ...], bool]:
    """Say what comes next, what it lacks, and whether nothing leaves under it at all.

    An issued one waits for the goods to leave.
    """
    moment = Moment.DEPARTURE if record.stage in OF_ISSUED else Moment.ISSUE
    is_open = record.stage == TransferStage.OPEN
    closed = standing.closings(record, today) if moment is Moment.DEPARTURE else ()
    days = standing.faults_of_days(record, today) if is_open else ()
    missing = standing.missing_of(record, today, moment, law)
    return moment, (*closed, *days, *missing), bool(closed)


def _later(
    record: AuthorisationRecord,
    today: date,
    missing: Collection[Missing],
    law: Profile | None = None,
) -> tuple[Missing, ...]:
    """Give what is not asked before an open one is issued, but before goods leave."""
    if record.stage != TransferStage.OPEN:
        return ()
    told = {each.code for each in missing}
    found = standing.missing_of(record, today, Moment.DEPARTURE, law)
    return tuple(each for each in found if each.code not in told)


def standing_of(
    number: str, *, viewer: Actor, at: datetime, law: Profile | None = None
) -> TransferStanding:
    """Say what blocks a transfer today, by G12 or the number on paper.

    Args:
        law: The profile that is asked; that of the settings where None.

    Raises:
        NotFound: There is none, or not for these eyes.
    """
    viewer.require("transfer.view")
    found = REFERENCE.fullmatch(number.strip())
    rows = current(viewer)
    named = Q(authorisation_id=int(found[1])) if found else Q(number=number.strip())
    record = rows.filter(named).first() if number.strip() else None
    if record is None:
        msg = message(
            "There is no authorisation with the number “%(number)s”; check it.",
            number=number,
        )
        raise NotFound(msg)
    consultations.show_opened(Authorisation, record.authorisation_id)
    today = timezone.localdate(at)
    moment, missing, _ = _look_at(record, today, law)
    return TransferStanding(
        number=record.authorisation.reference,
        direction=Direction(record.authorisation.direction),
        stage=TransferStage(record.stage),
        moment=moment,
        blocks=bool(blocking(missing)) or not is_usable(record, today),
        missing=missing,
        later=_later(record, today, missing, law),
    )


def is_usable(record: AuthorisationRecord, on: date) -> bool:
    """Tell whether an authorisation is open, or in force on a day."""
    is_held = record.stage in {TransferStage.OPEN, TransferStage.ISSUED}
    return is_held and (record.valid_until is None or on <= record.valid_until)


def open_paper(
    authorisation_id: int, place: int, *, folder: Path, viewer: Actor, at: datetime
) -> OpenedFile:
    """Open a document of an authorisation; the ledger keeps who looked."""
    rows = Paper.objects.visible_to(viewer).current().select_related("file")
    found = rows.filter(authorisation_id=authorisation_id, place=place).first()
    if found is None or found.file is None:
        raise NotFound(message("There is no such document; look at the authorisation."))
    return evidence.open_file(
        found.file.sha256,
        folder=folder,
        of=found.authorisation,
        grant="transfer.view",
        viewer=viewer,
        at=at,
    )


def waiting(*, viewer: Actor, at: datetime) -> tuple[int, int]:
    """Count what waits for a decision, and what is overdue, up to ``COUNTED``."""
    today = timezone.localdate(at)
    asked = ("transfers", viewer.agencies("transfer.view"), today)
    rows = current(viewer).filter(stage=TransferStage.OPEN)
    waits, late = counts_of(asked, lambda: [rows, rows.filter(due_on__lt=today)])
    return waits, late
