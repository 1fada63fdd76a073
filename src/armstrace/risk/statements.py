"""How declarations become records, with the points that they are given."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import ClassVar

from armstrace.analysis.risk import scoring
from armstrace.analysis.risk.history import cluster, sender
from armstrace.analysis.risk.scoring import Score
from armstrace.audit import ledger
from armstrace.records import bulk, jurisdiction
from armstrace.records.lengths import limits
from armstrace.records.lookups import among
from armstrace.records.on_record import Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Recorder
from armstrace.risk import earlier, keeping
from armstrace.risk.inputs import DeclarationInput
from armstrace.risk.models import Declaration, DeclarationRecord, Hit

ROUND = 4


class DeclarationRecorder(Recorder[DeclarationInput]):
    """Declarations, parcels and lines of manifests."""

    store: ClassVar = Store(
        tables=(DeclarationRecord,), owner="declaration_id", identity=Declaration
    )
    grant = "declaration.record"
    limits = (
        *limits(Declaration, {"number": "source_number"}, {"number": "source_number"}),
    )

    def permit(self, stated: Collection[DeclarationInput]) -> None:
        """Refuse declarations of an agency for which the actor may not record."""
        for agency in {self._agency(each) for each in stated}:
            self.submission.by.require(self.grant, agency=agency)

    def write(
        self, plan: Plan[DeclarationInput], entry: ledger.Entry
    ) -> Mapping[str, int]:
        """Write declarations and their versions, each with its points."""
        scores = _score(plan.written, self.today)
        ids = self.begin(
            plan,
            entry,
            lambda each: {
                "source": self.submission.source,
                "source_number": each.number,
                "agency": self._agency(each),
            },
        )
        self.replace(
            plan,
            entry,
            lambda each: (
                DeclarationRecord,
                _columns(each, scores[each.number])
                | {"declaration_id": ids[each.number]},
            ),
        )
        _keep_hits({ids[number]: score for number, score in scores.items()})
        return ids

    def _agency(self, stated: DeclarationInput) -> str:
        return stated.agency or self.submission.by.agency


def _score(stated: Collection[DeclarationInput], today: date) -> dict[str, Score]:
    """Score declarations in the order of their days, after what is on record."""
    in_turn = sorted(
        (each.goods for each in stated), key=lambda each: each.declared_on or today
    )
    history = earlier.history_of(in_turn, [each.number for each in in_turn])
    law = jurisdiction.profile().risk
    told = scoring.score_in_turn(in_turn, history, law, today=today)
    return {goods.number: score for goods, score in told}


def _columns(stated: DeclarationInput, score: Score) -> Columns:
    goods = stated.goods
    return {
        "kind": goods.kind.value,
        "declared_on": goods.declared_on,
        "hs_code": goods.hs_code or "",
        "stated": keeping.kept(goods),
        "score": round(score.log_odds, ROUND),
        "points": [
            [point.code, point.weight, point.sentence.stored()]
            for point in score.points
        ],
        "consignor_key": keeping.short(sender(goods)),
        "cluster_key": keeping.short(cluster(goods)),
        "licence": goods.licence or "",
        "certificate": goods.end_user_certificate or "",
    }


def _keep_hits(scores: Mapping[int, Score]) -> None:
    found = {key: score.points for key, score in scores.items() if score.points}
    rows = DeclarationRecord.objects.current().filter(among("declaration_id", found))
    hits = [
        {"record_id": pk, "code": point.code}
        for pk, declaration_id in rows.values_list("pk", "declaration_id")
        for point in found[declaration_id]
    ]
    bulk.insert(Hit, hits)
