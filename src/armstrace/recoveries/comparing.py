"""Compare many recoveries with the register and with earlier recoveries."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field, replace

from armstrace.analysis.matching.cards import Card, Query
from armstrace.analysis.matching.memory import MemoryRegistry
from armstrace.analysis.matching.population import Population
from armstrace.analysis.matching.rank import Candidate, Ranker, Ranking
from armstrace.analysis.matching.repeats import (
    Repeats,
    Teller,
    channel_of,
    default_rates,
    in_one_procedure,
)
from armstrace.analysis.matching.search import Search
from armstrace.analysis.matching.series import Series
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.others import Density
from armstrace.registry import queries as registry
from armstrace.registry import ranking as registry_ranking
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.matching import MatchAgainst, MatchQuestion
from armstrace.vocabulary.messages import NOTHING, Message, message

TOP = 5
WORTH_KEEPING = 0.001
LOOKS_IN_REGISTER = frozenset(
    {MatchAgainst.ALL, MatchAgainst.REGISTRY, MatchAgainst.LOSSES}
)
LOOKS_AT_EARLIER = frozenset({MatchAgainst.ALL, MatchAgainst.RECOVERIES})
NO_SERIAL = message(
    "No serial number was read, so no earlier recovery can be told apart."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found for one recovery and one question."""

    recovery_id: int
    question: MatchQuestion
    # Digest of what was compared, with the model.
    inputs: str
    # The likeliest registered arm, if any.
    arm_id: int | None = None
    earlier_id: int | None = None
    probability: float = 0.0
    # That it is another arm of the same series.
    probability_sibling: float = 0.0
    # That it is none; None where nothing was compared.
    probability_absent: float | None = None
    # Whether that arm was reported lost or stolen.
    is_reported: bool = False
    candidates: list[dict[str, object]] = field(default_factory=list)
    note: Message = NOTHING


def model_of(against: MatchAgainst, *, viewer: Actor) -> str:
    """Give the version of all rates that a run rests on."""
    read = registry.model_in_use(viewer=viewer)
    if against in LOOKS_AT_EARLIER:
        return f"{read} {default_rates().model}"
    return read


def inputs_of(record: RecoveryRecord, model: str) -> str:
    """Give the digest of what is compared of a recovery, and by which model."""
    told = asdict(registry.query_of(record)) | {"model": model}
    for name in (
        "import_number",
        "ends",
        "others",
    ):  # runs before they were compared have none
        if not told[name]:
            del told[name]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def with_register(
    records: Sequence[RecoveryRecord],
    *,
    against: MatchAgainst,
    model: str,
    viewer: Actor,
) -> list[Compared]:
    """Look recovered arms up in the register.

    Args:
        against: ``LOSSES`` keeps only arms that were reported lost or stolen; the
            probabilities are those beside the whole register all the same.
        model: Version of all rates of the run.
    """
    queries = [registry.query_of(record) for record in records]
    rankings = registry.rankings(queries, viewer=viewer, top=TOP)
    arms = {int(c.registry_id) for found in rankings for c in found.candidates}
    reported = registry.losses_among(arms, viewer=viewer)
    among = reported if against is MatchAgainst.LOSSES else None
    return [
        _compare_with_register(
            record, ranking, reported, among, inputs_of(record, model)
        )
        for record, ranking in zip(records, rankings, strict=True)
    ]


def _compare_with_register(
    record: RecoveryRecord,
    ranking: Ranking,
    reported: AbstractSet[int],
    among: AbstractSet[int] | None,
    inputs: str,
) -> Compared:
    kept = [
        each
        for each in ranking.candidates
        if each.probability >= WORTH_KEEPING
        and (among is None or int(each.registry_id) in among)
    ]
    best = kept[0] if kept else None
    return Compared(
        recovery_id=record.recovery_id,
        question=MatchQuestion.REGISTRY,
        inputs=inputs,
        arm_id=int(best.registry_id) if best else None,
        probability=best.probability if best else 0.0,
        probability_absent=ranking.absence_stated,
        is_reported=best is not None and int(best.registry_id) in reported,
        candidates=[_told(each, each.probability) for each in kept],
        note=ranking.note,
    )


def _told(one: Candidate, probability: float, **more: object) -> dict[str, object]:
    return {
        "id": int(one.registry_id),
        "probability": round(probability, 6),
        "bits": round(one.bits, 2),
        "taken_as": str(one.taken_as),
        "evidence": [row.kept() for row in one.evidence],
        **more,
    }


class EarlierRecoveries:
    """All recoveries up to one, in the order in which they were made.

    Args:
        last_recovery: Later identities are left out, so that a run that goes on
            after a break compares with the same.
        model: Version of all rates of the run.
    """

    def __init__(self, last_recovery: int, model: str) -> None:
        rows = RecoveryRecord.objects.current().filter(recovery_id__lte=last_recovery)
        ordered = rows.order_by("recovered_on", "recovery_id").only(*COLUMNS)
        self._model = model
        self._places: dict[str, int] = {}
        self._procedures: dict[str, str] = {}
        cards = [self._taken_in(row) for row in ordered.iterator(chunk_size=10_000)]
        held = MemoryRegistry(cards)
        self._before = _Before(held)
        rates = default_rates()
        in_use = registry_ranking.channel_in_use(registry_ranking.tunings_in_use())
        self._ranker = Ranker(Population(held.counts), channel_of(rates, in_use))
        self._search = Search(self._before, self._ranker, top=TOP)
        self._teller = Teller(self._ranker.channel, rates, Series(cards))

    def compare(self, record: RecoveryRecord) -> Compared:
        """Look for earlier recoveries of the same arm."""
        query = registry.query_of(record)
        inputs = inputs_of(record, self._model)
        if not query.serial:
            return Compared(
                record.recovery_id, MatchQuestion.RECOVERIES, inputs, note=NO_SERIAL
            )
        name = str(record.recovery_id)
        self._before.place = self._places[name]
        ranking = self._search.run(replace(query, import_number=""))
        procedure = self._procedures.get(name, "")
        in_one = in_one_procedure(procedure, self._procedures)
        told = self._teller.tell(ranking, in_one=in_one)
        return _seen_before(record, told, inputs, in_one)

    def _taken_in(self, record: RecoveryRecord) -> Card:
        name = str(record.recovery_id)
        self._places[name] = len(self._places)
        if record.case_number:
            self._procedures[name] = record.case_number
        return card_of(record)


def card_of(record: RecoveryRecord) -> Card:
    """Give the card that matching compares of a recovery."""
    query = registry.query_of(record)
    return Card(
        registry_id=str(record.recovery_id),
        type=query.type,
        make=query.make,
        model=query.model,
        calibre=query.calibre,
        serial=query.serial,
        country=query.country,
        import_country=query.import_country,
        ends=query.ends,
        others=query.others,
    )


COLUMNS = (
    "recovery_id", "recovered_on", "agency", "case_number", "arm_type", "make", "model",
    "calibre", "serial_search", "serial_status", "country_of_manufacture",
    "import_country", "import_mark_as_written", "serial_as_marked",
)  # fmt: skip


class _Before:
    """The part of the recoveries before one of them, as ``retrieval.Registry``."""

    def __init__(self, held: MemoryRegistry) -> None:
        self._held = held
        self.place = 0

    def cards_for(
        self, keys: Sequence[int], *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        # Later ones must not use the limit up, so that they go before it is applied.
        return self._held.cards_for(keys, makes=makes, limit=limit, before=self.place)

    def cards_beginning(
        self, beginning: str, *, makes: AbstractSet[str] | None = None, limit: int
    ) -> list[Card]:
        return self._held.cards_beginning(
            beginning, makes=makes, limit=limit, before=self.place
        )

    def cards_described(self, query: Query, *, limit: int) -> list[Card]:
        """Give nothing: arms of one make and model are not told apart by it."""
        return []


def _seen_before(
    record: RecoveryRecord,
    told: Repeats,
    inputs: str,
    in_one: Callable[[str], bool],
) -> Compared:
    kept = [
        each
        for each in told.repeats
        if max(each.probability, each.probability_sibling) >= WORTH_KEEPING
        and each.candidate.card.serial
    ]
    best = kept[0] if kept else None
    return Compared(
        recovery_id=record.recovery_id,
        question=MatchQuestion.RECOVERIES,
        inputs=inputs,
        earlier_id=int(best.candidate.registry_id) if best else None,
        probability=best.probability if best else 0.0,
        probability_sibling=best.probability_sibling if best else 0.0,
        probability_absent=told.probability_none,
        candidates=[
            _told(
                each.candidate,
                each.probability,
                sibling=round(each.probability_sibling, 6),
                in_one_procedure=in_one(each.candidate.registry_id),
            )
            for each in kept
        ],
    )


@dataclass(frozen=True, slots=True)
class Task:
    """What a run asks of its recoveries."""

    against: MatchAgainst
    # The last one that counts as an earlier recovery.
    last_recovery: int
    # Version of all rates of the run.
    model: str


class Comparer:
    """Compares chunks of recoveries; holds the earlier ones in memory."""

    def __init__(self, task: Task, viewer: Actor) -> None:
        self._task = task
        self._viewer = viewer
        self._earlier: EarlierRecoveries | None = None
        if task.against in LOOKS_AT_EARLIER:
            self._earlier = EarlierRecoveries(task.last_recovery, task.model)

    def compute(self, chunks: Iterable[list[int]]) -> Iterator[list[Compared]]:
        """Compare the recoveries of each chunk of identities, in order."""
        for ids in chunks:
            rows = RecoveryRecord.objects.current().filter(recovery_id__in=ids)
            yield list(self._compare(list(rows.order_by("recovery_id"))))

    def _compare(self, records: list[RecoveryRecord]) -> Iterator[Compared]:
        task = self._task
        if task.against in LOOKS_IN_REGISTER:
            yield from with_register(
                records, against=task.against, model=task.model, viewer=self._viewer
            )
        if self._earlier is not None:
            yield from map(self._earlier.compare, records)


def compare_pair(later: RecoveryRecord, earlier: RecoveryRecord) -> Ranking:
    """Set two recoveries side by side, field by field.

    Returns:
        The earlier one as the only candidate, under the frequencies of the register;
        its evidence is weighed as in the lists of repeats, its probability does not
        stand.
    """
    ranker = registry_ranking.ranker_in_use(is_calibrated=False)
    query = replace(registry.query_of(later), import_number="")
    ranking = ranker.rank(query, [card_of(earlier)])
    near = Density(ranking.candidates)
    teller = Teller(ranker.channel, default_rates(), near)
    marked = tuple(teller.with_mark(one, ranking) for one in ranking.candidates)
    return replace(ranking, candidates=marked)
