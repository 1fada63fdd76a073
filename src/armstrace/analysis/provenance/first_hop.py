"""Whom to ask first about a recovered arm: at home or which State abroad.

Source:
    Rule of this design; MOSAIC 05.31; ITI, para. 17; INTERPOL's practice of
    asking the country of manufacture and of last import.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.tracing import FirstHop

SAID = Sentences(__package__)
# Probability from which a registry match counts as the arm's own record.
REGISTRY_MATCH = 0.90


class ManufactureBasis(Code):
    """How the country of manufacture is known."""

    MARKED = "MARKED", "marked on the arm"
    MAKER = "MAKER", "the maker works in one country only"
    MODEL = "MODEL", "the model was made in one country only"
    IMPORTER = "IMPORTER", "guessed from the importer"
    PROOF = "PROOF", "guessed from a proof mark"
    UNKNOWN = "UNKNOWN", "not known"


_SURENESS = {
    ManufactureBasis.MARKED: 0.9,
    ManufactureBasis.MAKER: 0.8,
    ManufactureBasis.MODEL: 0.7,
}


@dataclass(frozen=True, slots=True)
class ImportMark:
    """An import mark: the State that the arm was imported to, and when."""

    # ISO 3166 alpha-2.
    country: str
    # The year marked, None where not marked or not read.
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when the first hop is decided."""

    # ISO 3166 alpha-2 of the recovering State.
    home_country: str
    # Probability of the best registry match, 0 to 1.
    registry_probability: float = 0.0
    # Whether that match is the only plausible one.
    registry_unique: Known = Known.UNKNOWN
    # The arm is in the State's own loss and theft reports.
    loss_hit: bool = False
    import_marks: tuple[ImportMark, ...] = ()
    # A mark of the State's own stock, army or police.
    own_state_mark: bool = False
    # ISO 3166 alpha-2, empty where not known.
    country_of_manufacture: str = ""
    # How that country is known.
    manufacture_known_by: ManufactureBasis = ManufactureBasis.UNKNOWN
    # Countries that proof, acceptance or arsenal marks suggest.
    mark_countries: tuple[str, ...] = ()
    # Other countries that the case points to.
    connected_countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstHopDecision:
    """Whom to ask first, and why."""

    hop: FirstHop
    # The State to ask, empty where no State can be named.
    country: str
    # States worth asking at the same time, best first.
    parallel_countries: tuple[str, ...]
    # That the first hop holds a record of the arm, 0 to 1.
    confidence: float
    # One sentence a reason, in the order of the tests.
    why: tuple[Message, ...]


def decide(facts: Facts) -> FirstHopDecision:
    """Decide whom to ask first, in the order of the decision test.

    The country of manufacture counts only where a mark, the maker or the model
    tells it; an importer's or proof house's country never stands for it.

    Source:
        Rule of this design; MOSAIC 05.31.
    """
    for test in _TESTS:
        decision = test(facts)
        if decision is not None:
            return _with_parallels(decision, facts)
    why = message("No record, import mark, maker or proof mark names a State to ask.")
    return FirstHopDecision(FirstHop.IDENTIFICATION_INSUFFICIENT, "", (), 0.0, (why,))


def latest_import(marks: tuple[ImportMark, ...]) -> ImportMark | None:
    """Give the most recent import mark; an undated one counts as oldest."""
    stated = [mark for mark in marks if mark.country]
    return max(stated, key=lambda mark: (mark.year or 0, mark.country), default=None)


def _registry(facts: Facts) -> FirstHopDecision | None:
    if facts.registry_unique is not Known.YES:
        return None
    if facts.registry_probability < REGISTRY_MATCH:
        return None
    chance = facts.registry_probability
    why = SAID.say("ONE_RECORD", chance=_percent(chance))
    return _home(facts, FirstHop.OWN_REGISTRY, chance, why=why)


def _loss(facts: Facts) -> FirstHopDecision | None:
    if not facts.loss_hit:
        return None
    why = SAID.say("REPORTED_HERE")
    return _home(facts, FirstHop.OWN_LOSS_RECORD, 0.9, why=why)


def _own_mark(facts: Facts) -> FirstHopDecision | None:
    if facts.own_state_mark:
        why = message("The arm bears a mark of the own State's stock, army or police.")
    elif any(mark.country == facts.home_country for mark in facts.import_marks):
        why = message("The arm bears the own State's import mark.")
    else:
        return None
    return _home(facts, FirstHop.OWN_MARK, 0.8, why=why)


def _import_state(facts: Facts) -> FirstHopDecision | None:
    mark = latest_import(facts.import_marks)
    if mark is None:
        return None
    why = (
        SAID.say("IMPORT_OF_YEAR", year=str(mark.year), country=mark.country)
        if mark.year
        else SAID.say("IMPORT_MARK", country=mark.country)
    )
    confidence = 0.85 if mark.year else 0.75
    return FirstHopDecision(FirstHop.IMPORT_STATE, mark.country, (), confidence, (why,))


def _own_manufacture(facts: Facts) -> FirstHopDecision | None:
    if _made_in(facts) != facts.home_country or not facts.home_country:
        return None
    why = SAID.say("MADE_HERE", basis=facts.manufacture_known_by)
    sureness = _SURENESS[facts.manufacture_known_by]
    return _home(facts, FirstHop.OWN_MANUFACTURE, sureness, why=why)


def _manufacture_state(facts: Facts) -> FirstHopDecision | None:
    country = _made_in(facts)
    if not country:
        return None
    why = SAID.say("MADE_ABROAD", country=country, basis=facts.manufacture_known_by)
    sureness = _SURENESS[facts.manufacture_known_by]
    return FirstHopDecision(FirstHop.MANUFACTURE_STATE, country, (), sureness, (why,))


def _mark_states(facts: Facts) -> FirstHopDecision | None:
    countries = tuple(dict.fromkeys(c for c in facts.mark_countries if c))
    if not countries:
        return None
    why = SAID.say("PROOF_MARKS", countries=countries)
    return FirstHopDecision(FirstHop.MARK_STATES, countries[0], (), 0.3, (why,))


_TESTS: tuple[Callable[[Facts], FirstHopDecision | None], ...] = (
    _registry,
    _loss,
    _own_mark,
    _import_state,
    _own_manufacture,
    _manufacture_state,
    _mark_states,
)


def _made_in(facts: Facts) -> str:
    known = facts.manufacture_known_by in _SURENESS
    return facts.country_of_manufacture if known else ""


def _home(
    facts: Facts, hop: FirstHop, confidence: float, *, why: Message
) -> FirstHopDecision:
    return FirstHopDecision(hop, facts.home_country, (), confidence, (why,))


def _with_parallels(decision: FirstHopDecision, facts: Facts) -> FirstHopDecision:
    if decision.country == facts.home_country:
        return decision
    latest = latest_import(facts.import_marks)
    proofs = () if _made_in(facts) else facts.mark_countries
    asked = (
        latest.country if latest else "",
        _made_in(facts),
        *proofs,
        *facts.connected_countries,
    )
    left_out = {"", decision.country, facts.home_country}
    parallel = tuple(c for c in dict.fromkeys(asked) if c not in left_out)
    if not parallel:
        return decision
    why = message("At the same time worth asking: %(countries)s.", countries=parallel)
    return replace(decision, parallel_countries=parallel, why=(*decision.why, why))


def _percent(probability: float) -> str:
    """Write a probability that never reads as certainty."""
    return "> 99.9 %" if probability > 0.999 else f"{100 * probability:.1f} %"
