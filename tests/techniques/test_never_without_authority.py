"""No sequence of acts leaves a technique active without valid authority."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from armstrace.techniques import queries
from armstrace.techniques.actions import authorising, running
from armstrace.techniques.models import Authority, operations
from armstrace.techniques.standing import Consent, Standing, Window
from armstrace.vocabulary.errors import ArmstraceError, NotFound
from tests.examples import examples
from tests.techniques import desk
from tests.techniques.desk import HOME, LEAD, NOW, PROSECUTOR

STATES = st.sampled_from([(HOME,), (HOME, "BR"), ("BR",)])
MINUTE = timedelta(minutes=1)
HOURS = st.sampled_from((0, 0, 0, 1, 6))


class Acts(RuleBasedStateMachine):
    """Random acts by random clocks, beside a plain account of what is lawful."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = NOW
        self.granted = []
        """[begins, ends, states] of each authority, ends moved by a withdrawal."""
        self.waits = None
        self.agreed = []
        """[since, until] of the consents of the other State."""
        self.started = None

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize(
        hours=HOURS, length=st.integers(1, 12), states=STATES, runs=st.booleans()
    )
    def begin(self, hours, length, states, runs):
        asked = self.authority(hours, length, states)
        self.operation = desk.ask(self.now, asked=asked)
        if runs:
            self.consent(True)
            self.decide(True)
            self.start()

    def authority(self, hours, length, states):
        begins = self.now + hours * desk.HOUR
        self.waits = [begins, begins + length * desk.HOUR, states]
        return desk.authority(begins, length, states=states)

    def attempt(self, act, **given):
        """Act; a refusal leaves all as it was."""
        try:
            with transaction.atomic():
                act(operation_id=self.operation.pk, at=self.now, **given)
        except ArmstraceError:
            return False
        return True

    @rule(minutes=st.integers(1, 600))
    def wait(self, minutes):
        self.now += minutes * MINUTE

    @rule(is_granted=st.booleans())
    def decide(self, is_granted):
        decision = desk.inputs.Decision(is_granted, "no milder means", "O-1")
        if self.attempt(authorising.decide_authority, given=decision, by=PROSECUTOR):
            if is_granted:
                begins, *rest = self.waits
                self.granted.append([max(begins, self.now), *rest])
            self.waits = None

    @rule(hours=HOURS, length=st.integers(1, 12), states=STATES)
    def extend(self, hours, length, states):
        before = self.waits
        asked = self.authority(hours, length, states)
        if not self.attempt(authorising.ask_authority, given=asked, by=LEAD):
            self.waits = before

    @rule()
    def withdraw(self):
        given = {"reason": "risk to life", "by": PROSECUTOR}
        if self.attempt(authorising.withdraw_authority, **given):
            for one in self.granted:
                one[1] = min(one[1], self.now)

    @rule(is_given=st.booleans(), length=st.integers(1, 12))
    def consent(self, is_given, length=6):
        ends = self.now + length * desk.HOUR
        local = ends.replace(tzinfo=None)
        told = desk.inputs.ConsentInput("BR", is_given, "L-1", "Ministry", local, "UTC")
        if self.attempt(authorising.record_consent, given=told, by=PROSECUTOR):
            for one in self.agreed:
                one[1] = min(one[1], self.now)
            if is_given:
                self.agreed.append([self.now, ends])

    @rule()
    def start(self):
        if self.attempt(running.start_operation, by=LEAD):
            self.started = self.now

    @rule()
    def stop(self):
        if self.attempt(running.stop_operation, reason="enough", by=LEAD):
            self.started = None

    @rule(minutes=st.integers(1, 60))
    def renew(self, minutes):
        """Let the other State withdraw its consent and give it again."""
        self.consent(False)
        self.now += minutes * MINUTE
        self.consent(True)

    def is_lawful(self, state, at):
        """Tell whether a State was lawful at each moment since the last start."""
        return self.started is not None and all(
            state in self.territory(each) for each in self.between(at)
        )

    def between(self, at):
        """Give the moments since the start at which something began or ended."""
        turns = [end for each in (*self.granted, *self.agreed) for end in each[:2]]
        within = [each for each in turns if self.started <= each <= at]
        return [self.started, *within, at]

    def instants(self):
        """Give now, and each moment at which something may end, from both sides."""
        ends = [end for each in (*self.granted, *self.agreed) for end in each[:2]]
        near = [end + by for end in ends for by in (-MINUTE / 60, 0 * MINUTE)]
        return sorted({self.now, *near})

    @invariant()
    def never_active_without_valid_authority(self):
        if not hasattr(self, "operation"):
            return
        now = desk.standing(self.operation)
        for at in self.instants():
            for state in now.running(at) if at >= self.now else ():
                assert self.is_lawful(state, at), (state, at)
            if at >= self.now:
                assert now.territory(at) <= self.territory(at), at

    def territory(self, at):
        held = {s for each in self.granted if each[0] <= at < each[1] for s in each[2]}
        agreed = any(since <= at < until for since, until in self.agreed)
        return held & ({HOME, "BR"} if agreed else {HOME})

    @invariant()
    def never_readable_without_valid_authority(self):
        if not hasattr(self, "operation") or not self.granted:
            return
        try:
            queries.operation_page(self.operation.pk, viewer=LEAD, at=self.now)
        except NotFound:
            is_readable = False
        else:
            is_readable = True
        lasts = any(self.now < each[1] for each in self.granted)
        assert is_readable == lasts


LONG = settings(
    max_examples=examples(60),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def home(settings):
    settings.HOME_COUNTRY = HOME
    desk.people()


def known_ways():
    """Go the known ways round an authority; after each the account is compared."""
    acts = Acts()
    try:
        acts.begin(0, 12, (HOME, "BR"), True)
        for act, *given in (
            (acts.renew, 5),
            (acts.start,),
            (acts.wait, 400),
            (acts.extend, 1, 12, ("BR",)),
            (acts.decide, True),
            (acts.withdraw,),
            (acts.wait, 1_000),
        ):
            act(*given)
            acts.never_active_without_valid_authority()
            acts.never_readable_without_valid_authority()
    finally:
        acts.teardown()


@pytest.mark.django_db
def test_no_sequence_of_acts_leaves_one_active_without_authority(home):
    known_ways()
    run_state_machine_as_test(Acts, settings=LONG)


def consents_do_not_count(monkeypatch):
    monkeypatch.setattr(Standing, "territory", Standing.states_asked)


def consents_never_end(monkeypatch):
    monkeypatch.setattr(Consent, "holds", lambda one, at: one.since <= at)


def withdrawals_end_nothing(monkeypatch):
    window = property(
        lambda one: Window(one.valid_from, one.valid_until, frozenset(one.states))
    )
    monkeypatch.setattr(Authority, "window", window)


def what_ended_revives(monkeypatch):
    monkeypatch.setattr(Standing, "_lawful_until", lambda *_: NOW + 9_999 * desk.HOUR)


def it_is_read_for_ever(monkeypatch):
    monkeypatch.setattr(operations, "_at", lambda path, *_: Q())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "plant",
    [
        consents_do_not_count,
        consents_never_end,
        withdrawals_end_nothing,
        what_ended_revives,
        it_is_read_for_ever,
    ],
)
def test_the_account_shows_each_fault_that_is_planted(plant, monkeypatch, home):
    plant(monkeypatch)

    with pytest.raises(AssertionError):
        known_ways()
