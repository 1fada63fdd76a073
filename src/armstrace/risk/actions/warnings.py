"""Raise early warnings, and say what became of one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from armstrace.analysis.risk.warnings import facts, raising
from armstrace.analysis.risk.warnings.facts import Alarm
from armstrace.audit import ledger
from armstrace.jobs.models import Job
from armstrace.records import jurisdiction, lengths
from armstrace.risk import rules
from armstrace.risk.inputs import WarningDecision
from armstrace.risk.models import EarlyWarning, WarningStanding
from armstrace.risk.queries import warning_facts
from armstrace.vocabulary.actors import Actor, Role
from armstrace.vocabulary.jobs import JobState
from armstrace.vocabulary.warnings import FOLLOWS, UNDECIDED, WarningState

KIND = "risk.warn"
USUAL, LONGEST = timedelta(days=7), timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Raised:
    since: date
    until: date
    false_alarms: float
    # All that there was to warn of, raised before or not.
    found: int
    warnings: tuple[EarlyWarning, ...]


def raise_warnings(*, by: Actor, at: datetime) -> Raised:
    """Work out what to warn of, and record what was not raised before.

    A warning that still waits for a decision is given the records that joined it.

    Source:
        Background paper (Vienna, 2018), ¶70-72 (early warning within a budget).
    """
    by.require("warning.raise")
    until = timezone.localdate(at)
    since = _since(until)
    budget = facts.budget(jurisdiction.profile().risk, until)
    known = warning_facts.facts(viewer=by, since=since, until=until)
    found = raising.alarms(known, budget)
    _renew(found, by, at)
    anew = raising.keep_new(found, _last_days(), until)
    warnings = _record(anew, by, at) if anew else []
    return Raised(since, until, budget.false_alarms, len(found), tuple(warnings))


def decide(
    *, warning_id: int, decision: WarningDecision, by: Actor, at: datetime
) -> WarningStanding:
    """Take a warning, give it back, dismiss it, or say that it was acted on.

    What was dismissed or acted on is taken up again with a reason.

    Raises:
        InvalidInput: The reason is too long.
        RuleBroken: ``EW-01``, it is dismissed without a reason; ``EW-02``, somebody
            was quicker; ``EW-03``, it is decided already; ``EW-10``, it is taken up
            again or given back without a reason; ``EW-11``, it is not theirs to give
            back.

    Source:
        Rule of this design: a warning is a proposal; what becomes of it is on record.
    """
    warning = EarlyWarning.objects.get_visible(warning_id, by)
    by.require("warning.decide", agency=warning.agency or None)
    state, reason = decision.state, decision.reason
    lengths.require_fits(reason, lengths.REASON)
    if state is WarningState.DISMISSED:
        rules.DISMISSED_WITH_REASON.require(reason)
    with ledger.entry(f"warning.{state.value.lower()}", by=by, at=at) as entry:
        before = warning.lock_standing()
        _require_follows(before, decision, by)
        rules.WARNING_UNCHANGED.require((warning.reference, before.pk == decision.seen))
        before.supersede(at)
        entry.changed(before)
        after = before.next_version(
            state=state.value,
            person="" if state is WarningState.NEW else by.name,
            case_number=decision.case_number,
            reason=reason.strip(),
            source=by.agency,
            known_at=at,
        )
        after.save()
        entry.about(after, state=state.value)
    return after


def _require_follows(
    before: WarningStanding, decision: WarningDecision, by: Actor
) -> None:
    number, was = before.warning.reference, WarningState(before.state)
    if decision.state is WarningState.NEW and before.is_open:
        is_theirs = by.name == before.person or by.may("trace.reassign")
        is_taken = was is WarningState.TAKEN
        rules.GIVEN_BACK.require((number, is_taken and is_theirs))
    rules.WARNING_OPEN.require((number, decision.state in FOLLOWS[was]))
    if decision.state is WarningState.NEW or not before.is_open:
        rules.TAKEN_UP_WITH_REASON.require(decision.reason)


def _since(until: date) -> date:
    """Give the day after which all is new: a week ago, or the last run if earlier."""
    last = Job.objects.filter(kind=KIND, state=JobState.DONE).order_by("-pk").first()
    begun = timezone.localdate(last.begun_at) if last else until
    return max(min(until - USUAL, begun), until - LONGEST)


def _last_days() -> dict[str, date]:
    """Give the last day on which each subject was warned of."""
    rows = EarlyWarning.objects.order_by("known_at").values_list(
        "kind", "subject", "known_at"
    )
    return {f"{kind}:{subject}": timezone.localdate(at) for kind, subject, at in rows}


def _renew(found: list[Alarm], by: Actor, at: datetime) -> None:
    """Add to warnings that wait what joined their subject since."""
    rows = WarningStanding.objects.current().filter(state__in=UNDECIDED)
    waiting = {
        (each.warning.kind, each.warning.subject): each
        for each in rows.select_related("warning").order_by("warning_id")
    }
    joined = []
    for alarm in found:
        now = waiting.pop((alarm.kind.value, alarm.subject[:200]), None)
        if now is None:
            continue
        known = {*now.warning.evidence, *now.added}
        more = [each for each in alarm.evidence if each not in known]
        if more:
            joined.append((now, more))
    if not joined:
        return
    with ledger.entry("warning.renewed", by=by, at=at) as entry:
        for now, more in joined:
            now.supersede(at)
            entry.changed(now)
            columns = {"added": [*now.added, *more], "source": by.agency}
            after = now.next_version(known_at=at, **columns)
            after.save()
            entry.about(after)


def _record(anew: list[Alarm], by: Actor, at: datetime) -> list[EarlyWarning]:
    with ledger.entry("warning.raised", by=by, at=at) as entry:
        warnings = EarlyWarning.objects.bulk_create(
            _warning(alarm, at) for alarm in anew
        )
        standings = WarningStanding.objects.bulk_create(
            WarningStanding(
                warning=warning,
                state=WarningState.NEW.value,
                source=by.agency,
                known_at=at,
            )
            for warning in warnings
        )
        entry.about_all(warnings)
        entry.about_all(standings)
    return warnings


def _warning(alarm: Alarm, at: datetime) -> EarlyWarning:
    span = facts.quiet(alarm.kind).days
    return EarlyWarning(
        key=f"{alarm.key}:{timezone.localdate(at).toordinal() // span}"[:200],
        subject=alarm.subject[:200],
        kind=alarm.kind.value,
        agency=alarm.unit,
        role=(Role.INVESTIGATOR if alarm.unit else Role.ANALYST).value,
        evidence=list(alarm.evidence),
        sentence=alarm.sentence,
        chance=alarm.chance,
        seen_on=alarm.on,
        known_at=at,
    )
