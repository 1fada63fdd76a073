"""Compute what the domestic trace of recovered arms finds, changing nothing."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from armstrace.analysis.marks.identify import NOT_OF_MAKER
from armstrace.analysis.matching.rank import Ranking
from armstrace.analysis.provenance import first_hop
from armstrace.analysis.provenance.chain import MODEL_VERSION, Chain, chain_of
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.points import Diversion
from armstrace.analysis.provenance.state import fold_state
from armstrace.licensing.standing import Licences, end_of
from armstrace.records import jurisdiction
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.models import RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.models import LifeEvent
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.licensing import Side
from armstrace.vocabulary.tracing import Judgement

# A second candidate above this makes the best match not unique.
PLAUSIBLE = 0.10
# Acquisitions this close together count as one holder's series.
COMPANION_DAYS = 90
# Key of an event that follows from other records than those of the arm.
NO_RECORD = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """The registered arm that a recovered arm is taken to be, if any."""

    # None where no registered arm is likely enough.
    arm_id: int | None
    # Of the best candidate, whether taken or not.
    probability: float
    probability_absent: float
    is_unique: Known


@dataclass(frozen=True, slots=True)
class Computed:
    """What the domestic trace of one recovered arm found."""

    record: RecoveryRecord
    identity: Identity
    hop: first_hop.FirstHopDecision
    chain: Chain | None
    model_version: str

    @property
    def proposal(self) -> Diversion | None:
        """The point of diversion worth a person's confirmation, if any."""
        return self.chain.proposal if self.chain else None

    @property
    def confidence(self) -> float:
        """That the proposal is true: match and chain together, 0 to 1."""
        if self.proposal is None:
            return 0.0
        return self.identity.probability * self.proposal.confidence


def compute(
    records: Sequence[RecoveryRecord], *, home_country: str, viewer: Actor
) -> list[Computed]:
    """Trace recovered arms at home: identity, first hop, chain.

    Returns:
        What was found for each, in the order given.
    """
    judged = _follow_joins(
        recoveries.judgements_of(record.recovery_id for record in records), viewer
    )
    search = registry.searcher(viewer=viewer, top=10)
    rankings = [search.run(registry.query_of(each)) for each in records]
    identities = [
        identity_of(ranking, judged.get(record.recovery_id, ()))
        for record, ranking in zip(records, rankings, strict=True)
    ]
    taken = [each.arm_id for each in identities if each.arm_id is not None]
    rows = registry.arms_by_id(taken, viewer=viewer)
    asked = [
        (record, identity.arm_id)
        for record, identity in zip(records, identities, strict=True)
        if identity.arm_id is not None
    ]
    chains = chains_of(asked, home_country=home_country, viewer=viewer)
    found = []
    for record, identity, ranking in zip(records, identities, rankings, strict=True):
        row = rows.get(identity.arm_id or 0)
        is_loss = row is not None and row.basis is ArmBasis.LOSS_REPORT
        hop = first_hop.decide(_facts(record, identity, home_country, is_loss=is_loss))
        chain = chains.get(record.recovery_id)
        version = f"{ranking.model} {MODEL_VERSION}".strip()
        found.append(Computed(record, identity, hop, chain, version))
    return found


def chains_of(
    asked: Collection[tuple[RecoveryRecord, int]], *, home_country: str, viewer: Actor
) -> dict[int, Chain]:
    """Follow registered arms to their recoveries.

    Args:
        asked: Recoveries, each with the arm that it is taken to be of.

    Returns:
        The chain of each, by recovery.
    """
    lives = registry.lives_of({arm for _, arm in asked}, viewer=viewer)
    companions, licences = companions_of(lives), _licences_of(asked, lives)
    found = {}
    for record, arm in asked:
        events = lives.get(arm, [])
        is_holders = Known(record.taken_from_is_holder)
        if is_holders is Known.YES:
            events = [
                *events,
                *_lapse_of_licence(events, record.recovered.first, licences),
            ]
        found[record.recovery_id] = chain_of(
            events,
            recovered_on=record.recovered,
            home_country=home_country,
            taken_from_is_holder=is_holders,
            companions=companions.get(arm, 0),
        )
    return found


def _licences_of(
    asked: Iterable[tuple[RecoveryRecord, int]], lives: Mapping[int, Sequence[Event]]
) -> Licences:
    """Give the licences of holders with whom arms were found."""
    arms = {arm for record, arm in asked if record.taken_from_is_holder == Known.YES}
    named = {event.holder_to for arm in arms for event in lives.get(arm, ())}
    return Licences.of_holders(named - {""})


def _lapse_of_licence(
    events: Sequence[Event], on: date, licences: Licences
) -> Iterator[Event]:
    """Say that the licence of who has an arm ended, where no event of the arm does.

    It expired or was revoked at the licensing authority before the recovery.
    """
    now = fold_state(e for e in events if e.happened_on is None or e.happened_on < on)
    is_told = any(
        event.kind is LifeEventKind.LICENCE_LAPSED and event.holder_from == now.holder
        for event in events
    )
    if is_told or now.holder_kind is None:
        return
    asked = jurisdiction.profile().licences_asked(Side.RECEIVER, now.holder_kind, on)
    types = {each for rule in asked for each in rule.licences}
    if ended := licences.ended_on(now.holder, types, on):
        day = max(ended, now.since or ended)
        kind, known_at = LifeEventKind.LICENCE_LAPSED, end_of(day)
        yield Event(NO_RECORD, kind, day, known_at, holder_from=now.holder)


def _follow_joins(
    judged: Mapping[int, tuple[recoveries.Judged, ...]], viewer: Actor
) -> dict[int, tuple[recoveries.Judged, ...]]:
    """Read what was said of a report's arm as said of the arm that it is."""
    arms = {one.arm_id for said in judged.values() for one in said}
    joined = registry.arms_joined_with(arms, viewer=viewer)
    return {
        recovery: tuple(
            replace(one, arm_id=joined.get(one.arm_id, one.arm_id)) for one in said
        )
        for recovery, said in judged.items()
    }


def identity_of(ranking: Ranking, judged: Iterable[recoveries.Judged]) -> Identity:
    """Say which registered arm a ranking and people's judgements point at.

    A person's word goes before the ranking; an arm that a person called
    different is out of the running.
    """
    verdicts = {each.arm_id: each.judgement for each in judged}
    same = [arm for arm, verdict in verdicts.items() if verdict is Judgement.SAME]
    if same:
        return Identity(same[-1], 1.0, 0.0, Known.YES)
    open_ = [
        (int(each.registry_id), each.probability)
        for each in ranking.candidates
        if verdicts.get(int(each.registry_id)) is not Judgement.DIFFERENT
    ]
    if not open_:
        return Identity(None, 0.0, ranking.probability_absent, Known.UNKNOWN)
    best, probability = open_[0]
    rival = open_[1][1] if len(open_) > 1 else 0.0
    unique = Known.YES if rival < PLAUSIBLE else Known.NO
    taken = best if probability >= first_hop.REGISTRY_MATCH else None
    return Identity(taken, probability, ranking.probability_absent, unique)


def _facts(
    record: RecoveryRecord, identity: Identity, home_country: str, *, is_loss: bool
) -> first_hop.Facts:
    marks: tuple[first_hop.ImportMark, ...] = ()
    if record.import_country:
        marks = (first_hop.ImportMark(record.import_country, record.import_year),)
    made = record.country_of_manufacture
    stated = (r for r in record.readings if r["field"] == "country")
    marked = any(r["value"] == made and r["rule"] != NOT_OF_MAKER for r in stated)
    suggested = (r["value"] for r in record.readings if r["field"] == "other")
    basis = first_hop.ManufactureBasis
    known_by = basis.MARKED if marked else basis.MAKER
    return first_hop.Facts(
        home_country=home_country,
        registry_probability=0.0 if is_loss else identity.probability,
        registry_unique=identity.is_unique,
        loss_hit=is_loss,
        import_marks=marks,
        country_of_manufacture=made,
        manufacture_known_by=known_by if made else basis.UNKNOWN,
        mark_countries=tuple(dict.fromkeys(filter(None, suggested))),
    )


def companions_of(lives: dict[int, list[Event]]) -> dict[int, int]:
    """Count, for each arm, what its last private buyer acquired around then."""
    bought = {arm: _last_sale(events) for arm, events in lives.items()}
    holders = {sale.holder_to for sale in bought.values() if sale is not None}
    days: dict[str, list[date]] = defaultdict(list)
    sales = LifeEvent.objects.current().filter(
        kind=LifeEventKind.SOLD_TO_HOLDER, holder_to__number__in=holders
    )
    for number, on in sales.values_list("holder_to__number", "happened_on"):
        if on is not None:
            days[number].append(on)
    near = timedelta(days=COMPANION_DAYS)
    found: Counter[int] = Counter()
    for arm, sale in bought.items():
        if sale is None or sale.happened_on is None:
            continue
        day = sale.happened_on
        found[arm] = sum(abs(on - day) <= near for on in days[sale.holder_to]) - 1
    return found


def _last_sale(events: Iterable[Event]) -> Event | None:
    sales = [
        e for e in events if e.kind is LifeEventKind.SOLD_TO_HOLDER and e.holder_to
    ]
    return max(sales, key=lambda e: (e.happened_on or date.min, e.key), default=None)
