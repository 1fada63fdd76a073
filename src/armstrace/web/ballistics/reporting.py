"""A kept comparison as the report that another examiner computes again."""

from datetime import datetime
from typing import TYPE_CHECKING

from armstrace.analysis.ballistics import likelihood, reports
from armstrace.analysis.ballistics.documents import Document
from armstrace.analysis.ballistics.likelihood import NoRatio, Ratio
from armstrace.analysis.ballistics.references import Population
from armstrace.analysis.ballistics.reports import Side, Weight
from armstrace.ballistics import prepared_marks, queries
from armstrace.ballistics.queries import ComparisonPage, MarkRow
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.messages import message

if TYPE_CHECKING:
    from armstrace.ballistics.models import MarkRegion


def document(page: ComparisonPage, *, viewer: Actor) -> Document:
    return reports.document(
        [_side(region) for region in page.regions],
        page.kept.result,
        page.kept.parameters,
        _weight(page, viewer),
        version=page.kept.software_version,
        record=_record(page),
    )


def _record(page: ComparisonPage) -> Document:
    """Give what is on record: numbers, labels, dates, examiners, the digest."""
    row, said = page.row, page.conclusion
    told: list[Document] = []
    if said is not None:
        told.append(_said(said.examiner, said.verdict, said.reason, said.at))
        if said.review_verdict is not None and said.reviewed_at is not None:
            told.append(
                _said(
                    said.reviewer,
                    said.review_verdict,
                    said.review_reason,
                    said.reviewed_at,
                )
            )
    return {
        "number": row.reference,
        "compared": message(
            "%(at)s by %(name)s",
            at=f"{row.compared_at:%Y-%m-%d %H:%M %Z}",
            name=row.compared_by,
        ),
        "digest": page.kept.result_digest,
        "marks": [_mark(row.first), _mark(row.second)],
        "conclusions": told,
    }


def _mark(row: MarkRow) -> Document:
    return {
        "number": row.reference,
        "owner": row.owner,
        "label": row.label,
        "origin": row.origin,
        "part": row.part,
        "calibre": row.described.calibre,
        "maker": row.described.maker,
        "enrolled": message(
            "%(at)s by %(name)s",
            at=f"{row.enrolled_at:%Y-%m-%d}",
            name=row.enrolled_by,
        ),
    }


def _said(examiner: str, verdict: Code, reason: str, at: datetime) -> Document:
    return {
        "examiner": examiner,
        "verdict": verdict,
        "reason": reason,
        "at": f"{at:%Y-%m-%d %H:%M %Z}",
    }


def _side(region: "MarkRegion") -> Side:
    scan = region.scan
    return Side(
        scan.file.name_as_given,
        scan.file.sha256,
        prepared_marks.ring_of(region),
        scan.messages,
        scan.accepted_because,
        {
            "manufacturer": scan.instrument,
            "serial": scan.instrument_serial,
            "creator": scan.creator,
            "measured_at": scan.measured_at_as_written,
            "calibrated_at": str(scan.calibrated_on or scan.calibrated_at_as_written),
        },
    )


def _weight(page: ComparisonPage, viewer: Actor) -> Weight:
    kept = page.kept
    case = Population(**kept.case)
    if kept.reference_set_id is None or kept.log10_ratio is None:
        return Weight(case, NoRatio(kept.reasons))
    tested = queries.reference_page(kept.reference_set_id, viewer=viewer)
    found = Ratio(
        kept.log10_ratio,
        (kept.interval_low or 0.0, kept.interval_high or 0.0),
        kept.is_at_bound,
        likelihood.calibrate(tested.reference),
    )
    return Weight(case, found, tested.reference)
