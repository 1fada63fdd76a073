"""Add to a return what records do not hold, explain it, and keep it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from armstrace.analysis.statistics.indicator import METHOD_VERSION
from armstrace.analysis.statistics.questionnaire import entering, keeping
from armstrace.analysis.statistics.questionnaire.declared import (
    From,
    RowSpec,
    questionnaire,
)
from armstrace.analysis.statistics.questionnaire.entering import StatedFigure
from armstrace.analysis.statistics.questionnaire.filled import Origin, ReturnFilled
from armstrace.audit import ledger
from armstrace.indicators import rules
from armstrace.indicators.models import EnteredFigure, ExplainedDifference, Return
from armstrace.indicators.queries import returns
from armstrace.records import bulk, closing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.returns import DifferenceReason, ReturnStage
from armstrace.vocabulary.rules import require_all


@dataclass(frozen=True, slots=True)
class StatedExplanation:
    """Why a check does not hold.

    Args:
        year: Reference year.
        finding: Key of the finding (``CheckResult.key``).
        reason_code: The reason.
        words: What more there is to say; needed where the reason is another.
    """

    year: int
    finding: str
    reason_code: DifferenceReason
    words: str = ""


def enter_figure(
    *, stated: StatedFigure, reason: str = "", by: Actor, at: datetime
) -> EnteredFigure:
    """Enter what records do not hold, or correct what was entered.

    Args:
        reason: Why the earlier figure is corrected; needed where there is one.

    Raises:
        InvalidInput: No cell has that name.
        RuleBroken: ``RT-21`` to ``RT-24`` the cell cannot take it, ``RT-25`` a
            correction without a reason.

    Source:
        UNODC illicit arms flows questionnaire (2018): figures of other
        authorities are reported with their source.
    """
    by.require("return.fill")
    for fault in _faults([stated], by):
        raise fault
    with ledger.entry("return.figure_entered", by=by, at=at) as entry:
        before = _close(EnteredFigure, stated.year, at, cell=stated.cell)
        correction = rules.Correction(before is not None, reason, stated.cell)
        rules.CORRECTION_HAS_REASON.require(correction)
        made = EnteredFigure.objects.create(
            **_columns(stated, Origin.ENTERED, by, at), reason=reason
        )
        if before is not None:
            entry.about(before)
        entry.about(made, year=stated.year)
    return made


def load_figures(
    *,
    stated: Sequence[StatedFigure],
    unread: Sequence[Message] = (),
    reason: str = "",
    origin: Origin = Origin.LOADED,
    by: Actor,
    at: datetime,
) -> list[EnteredFigure]:
    """Load the figures of a file, or of a form; all of them or none.

    Args:
        stated: Such as ``entering.read_lines`` reads; all of one year.
        unread: Sentences on the lines that could not be read; where there is
            one, nothing is loaded and every other fault is named beside it.
        reason: Why figures that stand are corrected; needed where one does.

    Raises:
        InvalidInput: A line cannot be read, a cell has no such name, or is
            stated twice; the message has a line for every fault.
        RuleBroken: ``RT-21`` to ``RT-25``, as for a single figure; a line for
            every fault.

    Source:
        UNODC illicit arms flows questionnaire (2018): figures of other
        authorities are reported with their source.
    """
    by.require("return.fill")
    with ledger.entry("return.figures_loaded", by=by, at=at) as entry:
        keys = _keys_standing(stated)
        correction = rules.Correction(bool(keys), reason)
        needed = rules.CORRECTION_HAS_REASON
        lacks = () if needed.holds(correction) else (needed.broken(correction),)
        _refuse_all([*_unread(stated, unread), *_faults(stated, by), *lacks])
        EnteredFigure.objects.filter(pk__in=keys).update(superseded_at=at)
        entry.about_keys(EnteredFigure, keys)
        rows = [{**_columns(each, origin, by, at), "reason": reason} for each in stated]
        made = bulk.insert(EnteredFigure, rows)
        entry.about_keys(EnteredFigure, made)
    return list(EnteredFigure.objects.filter(pk__in=made).order_by("pk"))


def _keys_standing(stated: Sequence[StatedFigure]) -> list[int]:
    """Give the keys of the figures that stated ones supersede."""
    standing = EnteredFigure.objects.current().filter(
        year=stated[0].year if stated else 0, cell__in=[each.cell for each in stated]
    )
    return list(standing.values_list("pk", flat=True))


def explain_difference(
    *, stated: StatedExplanation, by: Actor, at: datetime
) -> ExplainedDifference:
    """Explain why a check does not hold; the explanation travels with the return.

    It holds for the figures that stand now, and not for others after them.

    Raises:
        RuleBroken: ``RT-26`` no check of the return found it, ``RT-27`` the
            reason needs words.

    Source:
        UNODC illicit arms flows questionnaire (2018), validation and comments.
    """
    by.require("return.fill")
    checks = returns.return_of(year=stated.year, viewer=by).checks
    found = {each.key: each.sentence for each in checks}
    explanation = rules.Explanation(
        stated.finding in found, stated.reason_code, stated.words
    )
    require_all((rules.DIFFERENCE_IS_FOUND, rules.OTHER_REASON_HAS_WORDS), explanation)
    with ledger.entry("return.difference_explained", by=by, at=at) as entry:
        before = _close(ExplainedDifference, stated.year, at, finding=stated.finding)
        made = ExplainedDifference.objects.create(
            year=stated.year,
            finding=stated.finding,
            reason_code=stated.reason_code,
            words=stated.words.strip(),
            sentence=found[stated.finding].to_json(),
            explained_by=by.name,
            known_at=at,
        )
        if before is not None:
            entry.about(before)
        entry.about(made, year=stated.year, reason=stated.reason_code.value)
    return made


def keep_return(
    *,
    year: int,
    stage: ReturnStage = ReturnStage.KEPT,
    as_of: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Return:
    """Keep a return as it stands, with a hash of all that it says.

    Keeping the same content of the same state of knowledge again changes
    nothing and gives the one that stands; a submission is not made twice.

    Args:
        as_of: As known at that moment; ``at`` where None.

    Raises:
        RuleBroken: ``RT-28`` the state of knowledge lies ahead, ``RT-29`` a
            check fails without an explanation and the return is submitted,
            ``RT-30`` it is submitted and nothing is on record for the year,
            ``RT-31`` what was last submitted says the same.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), data compilation: figures of
        earlier cycles are reviewed.
    """
    by.require("return.keep")
    known = as_of or at
    rules.RETURN_KNOWN.require(rules.Knowledge(known, at))
    filled = returns.return_of(year=year, as_of=known, viewer=by)
    standing = Return.objects.filter(
        year=year, stage=stage, as_of=known, content_hash=filled.content_hash
    ).first()
    if stage is ReturnStage.SUBMITTED:
        submission = rules.Submission(filled)
        require_all((rules.RETURN_HAS_RECORDS, rules.CHECKS_EXPLAINED), submission)
        if standing is None:
            last = _last_submitted(year)
            rules.SUBMITTED_ONCE.require(rules.Submission(filled, last))
    return standing or _kept(filled, known, stage=stage, by=by, at=at)


def _last_submitted(year: int) -> rules.Submitted | None:
    rows = Return.objects.filter(year=year, stage=ReturnStage.SUBMITTED)
    last = rows.defer("content").order_by("-known_at", "-pk").first()
    if last is None:
        return None
    return rules.Submitted(
        last.pk, last.content_hash, timezone.localdate(last.known_at)
    )


def _kept(
    filled: ReturnFilled,
    known: datetime,
    *,
    stage: ReturnStage,
    by: Actor,
    at: datetime,
) -> Return:
    with ledger.entry("return.kept", by=by, at=at) as entry:
        return closing.keep(
            Return,
            entry,
            noted=["year", "stage"],
            year=filled.year,
            country=filled.country,
            stage=stage.value,
            as_of=known,
            version=filled.version,
            method_version=METHOD_VERSION,
            content_hash=filled.content_hash,
            content=keeping.document_of(filled),
            kept_by=by.name,
        )


def _faults(
    stated: Sequence[StatedFigure], by: Actor
) -> Iterator[InvalidInput | RuleBroken]:
    """Name what no cell can take; the records are counted only where asked."""
    asked = questionnaire()
    rows: list[tuple[StatedFigure, RowSpec]] = []
    for each in stated:
        try:
            rows.append((each, entering.require_enterable(asked, each)))
        except (InvalidInput, RuleBroken) as fault:
            yield fault
    counts = [
        each
        for each in rows
        if each[1].origin is From.RECORDS and each[0].value is not None
    ]
    filled = returns.return_of(year=stated[0].year, viewer=by) if counts else None
    for each, row in counts:
        cell = filled.cell(each.cell) if filled else None
        try:
            entering.require_not_counted(
                row, each, counted=cell is not None and cell.opens_records
            )
        except RuleBroken as fault:
            yield fault


def _unread(
    stated: Sequence[StatedFigure], unread: Sequence[Message]
) -> Iterator[InvalidInput]:
    for words in unread:
        yield InvalidInput(words, field="file")
    twice = entering.cells_twice(stated)
    if twice or not (stated or unread):
        named = message("%(cells)s twice", cells=twice)
        msg = message(
            "The file states %(cells)s; state every cell once.",
            cells=named if twice else message("no figure"),
        )
        yield InvalidInput(msg, field="file")


def _refuse_all(faults: Sequence[InvalidInput | RuleBroken]) -> None:
    """Raise one error that has a line for every fault; nothing where none is."""
    if not faults:
        return
    first = next((e for e in faults if isinstance(e, InvalidInput)), faults[0])
    said = join([each.message for each in faults], "\n")
    if isinstance(first, RuleBroken):
        raise RuleBroken(first.rule, said, source=first.source)
    raise InvalidInput(said, field="file")


def _close[M: (EnteredFigure, ExplainedDifference)](
    model: type[M], year: int, at: datetime, **named: str
) -> M | None:
    """Close the version that stands, and give it; None where none does."""
    standing = model.objects.current().filter(year=year, **named).first()
    if standing is not None:
        standing.superseded_at = at
        standing.save(update_fields=["superseded_at"])
    return standing


def _columns(
    stated: StatedFigure, origin: Origin, by: Actor, at: datetime
) -> dict[str, object]:
    return {
        "year": stated.year,
        "cell": stated.cell,
        "value": stated.value,
        "text": stated.text,
        "why_blank": stated.why_blank.value if stated.why_blank else "",
        "origin": origin.value,
        "cited": stated.source.strip(),
        "entered_by": by.name,
        "known_at": at,
    }
