"""Where a trace stands, in words, and which decisions may be taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from armstrace.analysis.provenance import points
from armstrace.recoveries import queries as recoveries
from armstrace.registry import queries as registry
from armstrace.tracing import queries
from armstrace.tracing.inputs import POINT
from armstrace.translation import say_day, translate, write_list
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis
from armstrace.vocabulary.messages import Message, join
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    FirstHop,
    Judgement,
    TraceOutcome,
    TraceStanding,
)
from armstrace.web import acting, country_words
from armstrace.web.provenance import chains
from armstrace.web.tracing import forms

TRACED = TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED


@dataclass(frozen=True, slots=True)
class StandingShown:
    """One of four meanings, or none, with its words and the reason given."""

    meaning: str
    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class ActShown:
    """A decision as a button: allowed with its form, or refused with the rule."""

    verb: object
    is_allowed: bool
    rule: object
    address: str
    form: forms.DecisionForm
    is_first: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A decision that was sent but cannot be taken as it is."""

    key: str
    form: forms.DecisionForm


def row_standing(row: queries.TracedRow) -> StandingShown:
    """Say where a recovery in a list stands."""
    if row.is_proposed and row.standing in (None, TraceStanding.OPEN):
        return StandingShown("waiting", gettext("point of diversion proposed"))
    if row.standing is None:
        return StandingShown("waiting", gettext("no decision"))
    return _decision_row(row.standing, row.outcome)


def with_standing(
    rows: Iterable[queries.TracedRow],
) -> tuple[tuple[queries.TracedRow, StandingShown], ...]:
    """Add to recoveries in a list where each stands."""
    return tuple((row, row_standing(row)) for row in rows)


def page_standing(page: queries.TracePage) -> StandingShown:
    """Say where a trace stands."""
    decision = page.decision
    is_open = decision is None or decision.standing is TraceStanding.OPEN
    if is_open and page.finding and page.finding.diversion_kind:
        words = gettext("point of diversion proposed")
        return StandingShown("waiting", words, own_reason(decision) if decision else "")
    if decision is None:
        return StandingShown("waiting", gettext("no decision"))
    shown = _decision_row(decision.standing, decision.outcome)
    return StandingShown(shown.meaning, shown.words, own_reason(decision))


def own_reason(decision: queries.DecisionShown) -> str:
    """Give the reason of a decision, empty where it only repeats the outcome."""
    codes = (decision.outcome, decision.exception, decision.ground, decision.standing)
    said = {code.label.casefold() for code in codes if code is not None}
    plain = decision.reason.strip().removesuffix(".").casefold()
    return "" if plain in said else translate(Message(decision.reason))


def decisions(
    page: queries.TracePage,
) -> tuple[tuple[queries.DecisionShown, str], ...]:
    """Give every decision with its reason, the latest first."""
    return tuple((one, own_reason(one)) for one in page.decisions)


def _decision_row(
    standing: TraceStanding, outcome: TraceOutcome | None
) -> StandingShown:
    if standing is TraceStanding.OPEN:
        return StandingShown("waiting", gettext("trace open"))
    if standing is TraceStanding.EXCEPTED:
        return StandingShown("refused", gettext(standing.label))
    if outcome is TRACED:
        return StandingShown("confirmed", gettext("point of diversion confirmed"))
    return StandingShown("", gettext(outcome.label if outcome else standing.label))


def same_judgements(judgements: Iterable[recoveries.Judged]) -> tuple[str, ...]:
    """Say which registered arm people judged to be the recovered one."""
    sentence = gettext("decided to be A%(arm)s by %(name)s, %(day)s")
    return tuple(
        sentence
        % {
            "arm": one.arm_id,
            "name": one.judged_by,
            "day": say_day(timezone.localdate(one.known_at)),
        }
        for one in judgements
        if one.judgement is Judgement.SAME
    )


def facts(
    page: queries.TracePage, names: Mapping[str, str], judged: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Give the main facts of a trace as names and values.

    Args:
        names: Words for holders that may be named, by number.
        judged: What people said of candidates, in words.
    """
    told: list[tuple[str, str]] = []
    found, decision = page.finding, page.decision
    told += [(gettext("Decided"), words) for words in judged]
    is_decided = decision is not None and bool(decision.diversion_kind)
    if decision is not None and is_decided:  # a person's word before what was computed
        told.append((gettext("Point of diversion"), _point(decision)))
    if found is not None:
        hop = gettext(FirstHop(found.first_hop).label)
        at = country_words.country(found.hop_country) if found.hop_country else ""
        country = f" ({at})" if at else ""
        told.append((gettext("First hop"), hop + country))
        if found.hop_why:
            told.append((gettext("Because"), translate(join(found.hop_why))))
        told.append((gettext("Last lawful holder"), _holder(page, names)))
        if found.is_lawfully_held:
            words = gettext("its holder still holds it lawfully: no diversion")
            told.append((gettext("Point of diversion"), words))
        days = found.time_to_crime_days
        length = gettext("cannot be told") if days is None else chains.length(days)
        told.append((gettext("Time to crime"), length))
    if found is not None and found.diversion_kind and not is_decided:
        told.append((gettext("Proposed"), _point(found)))
    return told


def last_lawful(page: queries.TracePage) -> str:
    """Give the number of the last lawful holder, a person's word first."""
    decision, found = page.decision, page.finding
    if decision is not None and decision.last_lawful_holder_number:
        return decision.last_lawful_holder_number
    return found.last_lawful_holder_number if found else ""


def _holder(page: queries.TracePage, names: Mapping[str, str]) -> str:
    number = last_lawful(page)
    if not number:
        return gettext("not known")
    name = names.get(number, number)
    return number if name == number else f"{name} ({number})"


def _point(told: queries.DecisionShown | queries.Finding) -> str:
    kind = gettext(DiversionKind.words(told.diversion_kind or ""))
    where = chains.where(
        told.diversion_place, told.diversion_region, told.diversion_country
    )
    on = say_day(told.diversion_on) if told.diversion_on else ""
    return write_list(part for part in (kind, where, on) if part)


def highlight(page: queries.TracePage) -> tuple[points.Diversion | None, str]:
    """Give the point to highlight in the chain, and its flag."""
    if page.chain is None:
        return None, ""
    proposal = page.chain.proposal
    decision = page.decision
    if decision is not None and decision.outcome is TRACED:
        return proposal, gettext("point of diversion confirmed")
    return proposal, gettext("point of diversion proposed")


def acts(
    page: queries.TracePage, *, viewer: Actor, agency: str, sent: Sent | None = None
) -> tuple[ActShown, ...]:
    """Give the decisions that make sense now, each with its rule.

    One that is another's to take is named to those who take a part in them, and to
    nobody else.

    Args:
        sent: A decision that was sent but needs another look.
    """
    keys = _keys(page)
    if sent is not None and sent.key not in keys:
        keys = (*keys, sent.key)
    told = [forms.BY_KEY[key] for key in keys]
    if not any(viewer.may_for(act.needs, agency) for act in told):
        return ()
    known = _initial(page, viewer)
    own = {sent.key: sent.form} if sent else {}
    return tuple(
        _act(
            act,
            own.get(act.key) or act.form(initial=known),
            page,
            (viewer, agency),
            is_first=act is told[0],
            is_sent=act.key in own,
        )
        for act in told
    )


def _keys(page: queries.TracePage) -> tuple[str, ...]:
    decision = page.decision
    if decision is not None and decision.standing is not TraceStanding.OPEN:
        return ("open", "confirm")
    proposed = page.finding is not None and page.finding.diversion_kind
    if decision is None:
        return ("confirm", "open", "except") if proposed else ("open", "except")
    return (
        ("confirm", "close", "except") if proposed else ("close", "confirm", "except")
    )


def _act(
    act: forms.Act,
    form: forms.DecisionForm,
    page: queries.TracePage,
    who: tuple[Actor, str],
    *,
    is_first: bool,
    is_sent: bool,
) -> ActShown:
    viewer, agency = who
    again = _again(act.key, page)
    allowed = viewer.may_for(act.needs, agency)
    if form.is_overtaken:
        acting.refill(form, seen=page.seen)
    role = gettext(viewer.role.label)
    refusal = gettext("The role “%(role)s” may not do this.")
    return ActShown(
        verb=act.verb if again is None else again[0],
        is_allowed=allowed,
        rule=(again[1] if again else act.rule) if allowed else refusal % {"role": role},
        address=reverse("decide", args=[page.recovery_id, act.key]),
        form=form,
        is_first=is_first and again is None,
        is_open=is_sent,
    )


def _again(key: str, page: queries.TracePage) -> tuple[str, str] | None:
    """Give verb and rule of an act on a trace that was already decided."""
    decision = page.decision
    if decision is None or decision.standing is TraceStanding.OPEN:
        return None
    if key == "open":
        return gettext("Reopen the trace"), gettext(
            "MOSAIC 05.31: on a stated legal ground. The earlier decision stays in "
            "the history."
        )
    if key == "confirm" and decision.outcome is TRACED:
        return gettext("Confirm another point of diversion"), gettext(
            "It replaces the confirmed one and needs a reason."
        )
    return None


def _initial(page: queries.TracePage, viewer: Actor) -> dict[str, object]:
    found = page.finding
    if found is None:
        return {"seen": page.seen}
    own = _is_registered(found.arm_id, viewer)
    return {
        "seen": page.seen,
        "arm_id": found.arm_id,
        "outcome": TraceOutcome.NO_DIVERSION if found.is_lawfully_held else None,
        "holder_number": found.last_lawful_holder_number,
        "established": Establishment.OWN_REGISTER if own else Establishment.AUTHORITY,
        **_proposal(page, found),
    }


def _is_registered(arm_id: int | None, viewer: Actor) -> bool:
    """Tell whether the register has an arm, and not a report of its loss alone."""
    if arm_id is None or not viewer.may("registry.view"):
        return False
    arm = registry.arms_by_id([arm_id], viewer=viewer).get(arm_id)
    return arm is not None and arm.basis is not ArmBasis.LOSS_REPORT


def _proposal(page: queries.TracePage, found: queries.Finding) -> dict[str, object]:
    """Give the point that the trace proposed, or the best one of its chain."""
    best = page.chain.proposal if page.chain else None
    if not found.diversion_kind and best is not None:
        return {name: getattr(best, told) for name, told in POINT.items()}
    return {name: getattr(found, f"diversion_{name}") for name in POINT}
