"""How declarations become records, with the points that they are given."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import ClassVar

from django.db.models import Q

from armstrace.analysis.risk import scoring
from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.analysis.risk.history import ARMS, LONGEST_DAYS, History, cluster, sender
from armstrace.analysis.risk.scoring import Score
from armstrace.audit import ledger
from armstrace.records import bulk, jurisdiction
from armstrace.records.lengths import limits
from armstrace.records.lookups import among
from armstrace.records.on_record import OnRecord, Store
from armstrace.records.plans import Plan
from armstrace.records.statements import Columns, Recorder
from armstrace.risk import inputs, rules
from armstrace.risk.inputs import DeclarationInput
from armstrace.risk.models import Declaration, DeclarationRecord, Examination, Hit
from armstrace.vocabulary.outcomes import Recorded
from armstrace.vocabulary.risk import Find

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

    def refuse(self, stated: DeclarationInput, was: OnRecord | None) -> Recorded | None:
        """Hold a declaration without a day: ``RI-05``."""
        rule, day = rules.DECLARED_ON_A_DAY, stated.goods.declared_on
        if rule.holds(day):
            return None
        at = was.owner if was is not None else 0
        return Recorded.from_error(rule.broken(day), at=at, field="declared_on")

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
    history = history_of(in_turn, [each.number for each in in_turn])
    law = jurisdiction.profile().risk
    told = scoring.score_in_turn(in_turn, history, law, today=today)
    return {goods.number: score for goods, score in told}


def _columns(stated: DeclarationInput, score: Score) -> Columns:
    goods = stated.goods
    return {
        "kind": goods.kind.value,
        "declared_on": goods.declared_on,
        "hs_code": goods.hs_code or "",
        "stated": inputs.kept(goods),
        "score": round(score.log_odds, ROUND),
        "points": [
            [point.code, point.weight, point.sentence.to_json()]
            for point in score.points
        ],
        "consignor_key": inputs.short(sender(goods)),
        "cluster_key": inputs.short(cluster(goods)),
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


MOST = 20_000
"""Earlier declarations that are read for one chunk, the latest first."""


def history_of(goods: Collection[Goods], numbers: Collection[str] = ()) -> History:
    """Gather what came before some declarations and shares something with them.

    Args:
        goods: The declarations; they are not added.
        numbers: Numbers that are left out, because they are stated anew.
    """
    history = History()
    if not goods:
        return history
    days = [each.declared_on for each in goods if each.declared_on is not None]
    since = min(days, default=date.max) - timedelta(days=LONGEST_DAYS)
    rows = DeclarationRecord.objects.current().exclude(
        among("declaration__source_number", numbers)
    )
    _add_senders(history, goods, rows)
    near = among("cluster_key", {inputs.short(cluster(each)) for each in goods} - {""})
    shared = Q(near, declared_on__gte=since)
    shared |= among("licence", {each.licence for each in goods if each.licence})
    shared |= among(
        "certificate",
        {each.end_user_certificate for each in goods if each.end_user_certificate},
    )
    found = (
        rows.filter(shared).order_by("-declared_on").values_list("stated", flat=True)
    )
    for stated in reversed(found[:MOST]):
        history.add(inputs.read(stated))
    _add_finds(history)
    return history


def _add_senders(history: History, goods: Collection[Goods], rows: object) -> None:
    keys = {inputs.short(key): key for key in map(sender, goods) if key}
    of_senders = rows.filter(among("consignor_key", keys))  # type: ignore[attr-defined]
    known = of_senders.values_list("consignor_key", flat=True).distinct()
    history.consignors.update(keys[each] for each in known)
    arms = of_senders.filter(Q(hs_code__startswith=ARMS) | Q(hits__code="CU-06"))
    selling = arms.values_list("consignor_key", flat=True).distinct()
    history.sell_arms.update(keys[each] for each in selling)


def _add_finds(history: History) -> None:
    """Add what examinations found; few of all that is declared."""
    finds = Examination.objects.current().exclude(find=Find.NOTHING)
    kept = dict(
        finds.order_by("-examined_on").values_list("declaration_id", "find")[:MOST]
    )
    rows = DeclarationRecord.objects.current().filter(among("declaration_id", kept))
    for key, stated in rows.values_list("declaration_id", "stated"):
        history.add_find(inputs.read(stated), Find(kept[key]))
