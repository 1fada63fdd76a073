"""The register over the wire: search by what can be read."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.rank import Candidate
from armstrace.api.errors import Sent, caller
from armstrace.api.routing import Area
from armstrace.registry import queries
from armstrace.translation import translate
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message

router = Area("registry")
Mark = Annotated[str, StringConstraints(max_length=400)]


class Marks(Sent):
    """What can be read of an arm; ? stands for an unread character."""

    serial: Mark = ""
    make: Mark = ""
    model: Mark = ""
    calibre: Mark = ""
    type: Mark = ""
    country: Mark = ""
    import_mark: Mark = ""


class EvidenceOut(Schema):
    field: str
    bits: float
    words: str


class CandidateOut(Schema):
    """A registered arm that the marks may be of."""

    id: str
    make: str
    model: str
    calibre: str
    serial: str
    state: str
    probability: float = Field(ge=0, le=1)
    match_class: str
    evidence: list[EvidenceOut]


class CandidatesOut(Schema):
    """Candidates, likeliest first; all probabilities and both remainders sum to 1.

    Where nothing could be compared both remainders are null and the note says what
    is needed. Remarks say what is odd about the marks as they were sent.
    """

    candidates: list[CandidateOut]
    probability_absent: float | None
    probability_others: float | None
    model_version: str
    note: str
    remarks: list[str]


@router.reads("/candidates", CandidatesOut)
def find_candidates(
    request: HttpRequest,
    marks: Query[Marks],
    top: Annotated[int, Query(ge=1, le=50)] = 10,
) -> dict[str, object]:
    """Rank the registered arms that partly read marks may be of."""
    given = (marks.serial, marks.make, marks.model, marks.calibre, marks.import_mark)
    if not any(given):
        msg = message("Nothing was read; give at least a part of the serial number.")
        raise InvalidInput(msg, field="serial")
    by = caller(request)
    description = Description(
        type=marks.type,
        make=marks.make,
        model=marks.model,
        calibre=marks.calibre,
        serial=marks.serial,
        country=marks.country,
        import_mark=marks.import_mark,
    )
    read = identify.identify(description)
    ranking = queries.candidates_for(read, viewer=by, top=top)
    ids = [int(each.registry_id) for each in ranking.candidates]
    rows = queries.arms_by_id(ids, viewer=by)
    compared = ranking.is_compared
    return {
        "candidates": [
            _out(each, rows[int(each.registry_id)]) for each in ranking.candidates
        ],
        "probability_absent": ranking.absence_stated,
        "probability_others": ranking.probability_others if compared else None,
        "model_version": ranking.model,
        "note": translate(ranking.note),
        "remarks": [translate(note) for note in read.notes],
    }


def _out(candidate: Candidate, row: queries.ArmRow) -> dict[str, object]:
    return {
        "id": row.reference,
        "make": row.make,
        "model": row.model,
        "calibre": row.calibre,
        "serial": row.serial_as_marked,
        "state": row.state,
        "probability": candidate.probability,
        "match_class": candidate.match_class or "",
        "evidence": [
            {"field": each.field, "bits": each.bits, "words": translate(each.words)}
            for each in candidate.evidence
        ],
    }
