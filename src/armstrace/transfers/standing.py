"""What the checks ask of transfers, read from the records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from django.conf import settings
from django.db.models import Q, Sum

from armstrace.analysis.names.comparison import compare
from armstrace.analysis.names.index import name_keys
from armstrace.licensing.checking import Missing
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.transfers import checking, draws, rules, stages, watching
from armstrace.transfers.facts import Document, Facts, Goods
from armstrace.transfers.models import (
    AuthorisationRecord,
    ConsignedItem,
    Consignment,
    ConsignmentStep,
    GoodsLine,
    Paper,
)
from armstrace.transfers.watching import Course, Due, Passed
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.profiles import Profile, Strength
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.rules import broken
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    PaperKind,
    Particular,
    Step,
    TransferAct,
    TransferStage,
)

PARTIES = ("recipient", "end_user")
ONCE = (PaperKind.END_USER, PaperKind.BROKER_LICENCE)
"""Papers that are of one transfer."""
VOID = (TransferStage.REFUSED, TransferStage.WITHDRAWN)
"""Stages of what came to nothing: its papers may serve again."""


def lines_of(authorisations: Iterable[int]) -> dict[int, list[GoodsLine]]:
    """Give the lines of goods that stand, by authorisation."""
    rows = GoodsLine.objects.current().filter(
        among("authorisation_id", authorisations), quantity__gt=0
    )
    found: dict[int, list[GoodsLine]] = defaultdict(list)
    for each in rows.order_by("line"):
        found[each.authorisation_id].append(each)
    return found


def papers_of(authorisations: Iterable[int]) -> dict[int, list[Paper]]:
    """Give the documents on file, by authorisation."""
    rows = Paper.objects.current().filter(
        among("authorisation_id", authorisations), is_removed=False
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    for each in rows.select_related("file").order_by("place"):
        found[each.authorisation_id].append(each)
    return found


def facts_of(
    record: AuthorisationRecord, on: date, *, departs_on: date | None = None
) -> Facts:
    """Give what the checks ask of one transfer.

    Args:
        record: With its authorisation.
        on: The day on which earlier refusals are visible.
        departs_on: The day on which goods leave; None where nobody says.
    """
    key = record.authorisation_id
    papers = papers_of([key])[key]
    used = _other_uses(key, papers)
    drawn = draws.drawn_of(record, papers, on)
    return fill(
        Facts,
        record,
        direction=Direction(record.authorisation.direction),
        holder="",
        transit=None if record.transit is None else tuple(record.transit),
        departs_on=departs_on,
        goods=tuple(
            Goods(ItemKind(one.item_kind), one.description, one.quantity, one.category)
            for one in lines_of([key])[key]
        ),
        papers=tuple(
            fill(
                Document,
                one,
                states=tuple(Particular(each) for each in one.states),
                is_kept=one.file_id is not None,
                used_for=used.get(one.search, "") if one.kind in ONCE else "",
                drawn=sum(drawn[one.place].values()),
                drawn_by=tuple(drawn[one.place]),
            )
            for one in papers
        ),
        refused=_refusals(record, on),
    )


def missing_of(
    record: AuthorisationRecord,
    on: date,
    moment: Moment = Moment.ISSUE,
    law: Profile | None = None,
) -> tuple[Missing, ...]:
    """Give what is not in order on a day; an open one as if it were issued then.

    Args:
        law: The profile that is asked; that of the settings where None.
    """
    leaves = on if moment is Moment.DEPARTURE else None
    facts = facts_of(record, on, departs_on=leaves)
    if record.stage == TransferStage.OPEN and facts.issued_on is None:
        facts = replace(facts, issued_on=on)
    asked = law or jurisdiction.profile()
    found = checking.missing(facts, asked, moment, on, settings.HOME_COUNTRY)
    return (*found, *_objections(record)) if moment is Moment.ISSUE else found


def _objections(record: AuthorisationRecord) -> Iterator[Missing]:
    """Tell of objections that were taken off the file."""
    rows = Paper.objects.current().filter(
        authorisation=record.authorisation_id, kind=PaperKind.OBJECTION, is_removed=True
    )
    for each in rows.order_by("place"):
        said = rules.OBJECTED.broken(f"{each.country} {each.number}".strip())
        yield _lack(said, Strength.WARNS)


def _lack(said: RuleBroken, strength: Strength) -> Missing:
    return Missing(said.rule, strength, said.message, str(said.source), True)  # noqa: FBT003 - it is verified


def in_force(record: AuthorisationRecord, on: date) -> bool:
    """Tell whether goods may leave under an authorisation on a day."""
    first, last = record.issued_on or on, record.valid_until or on
    return record.stage == TransferStage.ISSUED and first <= on <= last


def may_send(record: AuthorisationRecord) -> bool:
    """Tell whether an authorisation is for a further consignment."""
    sent = Consignment.objects.get_queryset().exclude(step=Step.TAKEN_BACK)
    rows = sent.filter(authorisation=record.authorisation_id)
    return record.is_multiple or not rows.exists()


def is_agreed(record: AuthorisationRecord) -> bool:
    """Tell whether another person agreed to all documents that were changed since.

    What is sent on to a transit State after the issue needs no one.
    """
    file = record.authorisation_id
    rows = AuthorisationRecord.objects.filter(authorisation=file)
    agreed = rows.filter(act__in=(TransferAct.ISSUE, TransferAct.AGREE))
    last = agreed.order_by("-pk").values_list("known_at", flat=True).first()
    papers = Paper.objects.filter(
        authorisation=file, known_at__gt=last or record.known_at
    )
    return not papers.exclude(kind=PaperKind.TRANSIT_NOTICE).exists()


def closings(record: AuthorisationRecord, on: date) -> tuple[Missing, ...]:
    """Say why nothing leaves under an issued authorisation, whatever its papers."""
    number = str(record.authorisation)
    found = []
    if not in_force(record, on):
        found.append(rules.IN_FORCE.broken((number, on, False)))
    if not may_send(record):
        found.append(rules.SINGLE.broken((number, False)))
    objections: Iterable[Missing] = ()
    if not is_agreed(record):
        found.append(rules.AGREED.broken((number, False)))
        objections = _objections(record)
    return (*(_lack(each, Strength.REFUSES) for each in found), *objections)


def faults_of_days(record: AuthorisationRecord, on: date) -> tuple[Missing, ...]:
    """Say why an open authorisation cannot be issued on a day by its own days."""
    days = (record.issued_on or on, on, record.valid_until)
    return tuple(_lack(each, Strength.REFUSES) for each in broken([rules.DATED], days))


def _other_uses(authorisation: int, papers: Sequence[Paper]) -> dict[str, str]:
    """Give other authorisations with the numbers of papers that serve once."""
    numbers = {(p.kind, p.search) for p in papers if p.kind in ONCE and p.search}
    rows = Paper.objects.current().filter(
        among("search", {search for _, search in numbers}),
        kind__in=ONCE,
        is_removed=False,
    )
    others = rows.exclude(authorisation_id=authorisation).order_by("pk")
    told = [
        (each.search, each.authorisation_id)
        for each in others
        if (each.kind, each.search) in numbers
    ]
    records = AuthorisationRecord.objects.current().filter(
        among("authorisation_id", [key for _, key in told]), stage__in=VOID
    )
    void = {*records.values_list("authorisation_id", flat=True)}
    # The first is named of several.
    return {search: f"G{key}" for search, key in reversed(told) if key not in void}


def _refusals(record: AuthorisationRecord, on: date) -> tuple[str, ...]:
    """Give refused transfers with a party of such a name, the nearest first."""
    parties = {getattr(record, name).strip() for name in PARTIES} - {""}
    rows = AuthorisationRecord.objects.current().filter(
        Q(visible_until=None) | Q(visible_until__gte=on),
        stage__in=(TransferStage.REFUSED, TransferStage.REVOKED),
    )
    others = rows.exclude(authorisation_id=record.authorisation_id)
    found = {
        key: max(map(_nearness, product(parties, filter(None, names))), default=0)
        for key, *names in others.order_by("-pk").values_list(
            "authorisation_id", *PARTIES
        )
    }
    near = sorted((-score, -key) for key, score in found.items() if score)
    return tuple(f"G{-key} ({-score:.0%})" for score, key in near[:5])


def _nearness(pair: tuple[str, str]) -> float:
    """Compare two names that share a sound; 0 where they are not near."""
    if name_keys("Company", pair[0]).isdisjoint(name_keys("Company", pair[1])):
        return 0
    found = compare("Company", *pair)
    return found.score if found.is_near else 0


def left_of(authorisation: int) -> dict[int, int]:
    rows = (
        ConsignedItem.objects.get_queryset()
        .filter(consignment__authorisation_id=authorisation)
        .exclude(consignment__step=Step.TAKEN_BACK)
    )
    drawn = dict(rows.values_list("line").annotate(Sum("quantity")))
    return {
        each.line: each.quantity - drawn.get(each.line, 0)
        for each in lines_of([authorisation])[authorisation]
    }


def steps_of(consignment: int) -> list[ConsignmentStep]:
    """Give the steps of a consignment in their order; those taken back are left out."""
    return ways_of([consignment])[consignment]


def ways_of(consignments: Iterable[int]) -> dict[int, list[ConsignmentStep]]:
    """Give the steps of consignments as `steps_of` does, in one query."""
    rows = ConsignmentStep.objects.current().filter(
        among("consignment_id", consignments), is_removed=False
    )
    found: dict[int, list[ConsignmentStep]] = defaultdict(list)
    for each in rows.order_by("place"):
        found[each.consignment_id].append(each)
    return found


def every_due(
    made: Consignment,
    steps: Sequence[ConsignmentStep],
    record: AuthorisationRecord | None = None,
) -> list[Due]:
    if not steps:
        return []
    course = course_of(made, steps, record)
    return watching.every_due(course, jurisdiction.profile(), settings.HOME_COUNTRY)


def course_of(
    made: Consignment,
    steps: Iterable[ConsignmentStep],
    record: AuthorisationRecord | None = None,
) -> Course:
    """Give how a consignment went, as plain values.

    Args:
        record: Of its authorisation; read where None.
    """
    if record is None:
        records = AuthorisationRecord.objects.current()
        record = records.get(authorisation_id=made.authorisation_id)
    ends = {record.export_country, record.exit_country, record.import_country}
    return Course(
        direction=Direction(made.authorisation.direction),
        sent=made.sent,
        steps=[fill(Passed, each, on=each.happened_on) for each in steps],
        expected_on=made.expected_on,
        return_on=record.return_on,
        route=None if record.transit is None else ends | {*record.transit},
        destination=record.import_country,
    )


def following(course: Course) -> frozenset[Step]:
    is_off = any(map(course.is_off, course.steps))
    is_lead = any(
        each.kind is Step.DIVERTED or course.is_off(each) for each in course.since_case
    )
    kinds = {each.kind for each in course.steps}
    if not course.is_back:
        kinds -= {Step.RETURNED}  # the rest may still arrive, or come back
    found = stages.following(kinds, is_off=is_off, is_lead=is_lead)
    return found if course.inside else found - {Step.LEFT}
