"""Whatever is done in whatever order: none that must have a case ends without one."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from armstrace.accounts import independence
from armstrace.investigations.models import CaseRecovery
from armstrace.procedures import facts, rules
from armstrace.procedures.actions import changing, following
from armstrace.procedures.models import Followed, ProcedureChange, Step
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.vocabulary.errors import ArmstraceError, NotFound
from armstrace.vocabulary.procedures import UNDONE, StepAnswer, StepStanding
from armstrace.vocabulary.recoveries import CriminalContext, RecoveryKind
from armstrace.vocabulary.tracing import TraceStanding
from tests import builders, cast
from tests.examples import examples
from tests.procedures import desk

pytestmark = pytest.mark.django_db

CASE = "parallel-case"
CODES = st.sampled_from([CASE, CASE, "identify", "trace", "interview", "extra"])
PEOPLE = st.sampled_from(
    [*[None] * 6, *desk.BY_ROLE.values(), desk.SECOND_SUPERVISOR]  # None: whose turn
)
CONTEXTS = st.lists(st.sampled_from(list(CriminalContext)), max_size=2, unique=True)
ACTS = st.one_of(
    st.tuples(st.just("record"), CONTEXTS, st.sampled_from(list(RecoveryKind))),
    st.tuples(st.just("correct"), CONTEXTS),
    st.tuples(st.just("do"), CODES, PEOPLE),
    st.tuples(st.just("ask"), CODES, PEOPLE),
    st.tuples(st.just("decide"), CODES, PEOPLE, st.booleans()),
    st.tuples(st.just("waive"), CODES, PEOPLE, PEOPLE),
    st.tuples(st.just("waive all")),
    st.tuples(st.just("trace"), st.sampled_from(list(TraceStanding))),
    st.tuples(st.just("case")),
    st.tuples(st.just("follow")),
    st.tuples(st.just("close"), PEOPLE),
    st.tuples(st.just("reopen"), PEOPLE),
    st.tuples(st.just("change"), st.sampled_from([None, CASE, "trace", "interview"])),
    st.tuples(st.just("revert")),
)


def search(*phases):
    """Do random acts, each example in a transaction that is taken back."""

    @settings(
        max_examples=examples(40),
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @example([("waive", CASE, None, None), ("close", None)])
    @example([("do", CASE, None), ("close", None)])
    @example([("case",), ("follow",), ("do", "interview", None), ("close", None)])
    @given(acts=st.lists(ACTS, min_size=3, max_size=14))
    def each(acts):
        with transaction.atomic():
            world = World()
            world.act("record", [CriminalContext.TERRORISM], RecoveryKind.SEIZED)
            for name, *given_ in acts:
                world.act(name, *given_)
                world.require_no_dead_end()
            transaction.set_rollback(True)

    each()


def test_each_has_a_case_an_open_step_or_a_signed_waiver():
    search(Phase.explicit, Phase.generate)


def done_by_hand(monkeypatch):
    """Let a person say that there is a case."""
    monkeypatch.setattr(rules, "TO_DO", (rules.NOT_ENDED, rules.UNLOCKED))


def never_followed(monkeypatch):
    """Give no recovery its steps."""
    monkeypatch.setattr(following, "_run", lambda *_: 0)


def waived_alone(monkeypatch):
    """Let who asks for a waiver decide on it."""
    monkeypatch.setattr(rules, "TO_DECIDE", (rules.NOT_ENDED, rules.ASKED))
    monkeypatch.setattr(independence, "require", lambda *_: None)


def closed_while_open(monkeypatch):
    """Let a recovery be closed while a step is open."""
    holds = replace(rules.ALL_ENDED, holds=lambda _: True)
    monkeypatch.setattr(rules, "ALL_ENDED", holds)


@pytest.mark.parametrize(
    "plant", [done_by_hand, never_followed, waived_alone, closed_while_open]
)
def test_the_search_finds_each_fault_that_is_planted(plant, monkeypatch):
    plant(monkeypatch)

    with pytest.raises((AssertionError, IntegrityError, ObjectDoesNotExist)):
        search(Phase.explicit)


class World:
    """Recoveries on which things are done, some of them refused."""

    def __init__(self):
        self.ids, self.at, self.versions = [], desk.NOW, 1

    def act(self, name, *given_):
        self.at += timedelta(hours=5)
        with suppress(ArmstraceError):
            getattr(self, name.replace(" ", "_"))(*given_)

    def record(self, contexts, kind):
        stated = builders.a_recovery(
            f"S-{len(self.ids)}", criminal_contexts=tuple(contexts), recovery_kind=kind
        )
        self.ids += builders.recovered(stated, at=self.at)
        self.follow()

    def correct(self, contexts):
        correcting.correct_recovery(
            recovery_id=self.ids[-1],
            changes=Changes({"criminal_contexts": tuple(contexts)}),
            reason="found in the file",
            by=cast.OFFICER,
            at=self.at,
        )
        self.follow()

    def do(self, code, who):
        desk.do(self.one(code), code, by=who, at=self.at)

    def ask(self, code, who):
        desk.ask(self.one(code), code, by=who or desk.SUPERVISOR, at=self.at)

    def decide(self, code, who, granted):
        who = who or desk.SUPERVISOR
        desk.decide(self.one(code), code, by=who, granted=granted, at=self.at)

    def waive(self, code, one, other):
        self.ask(code, one)
        self.decide(code, other, granted=True)

    def waive_all(self):
        desk.waive_all(self.ids[-1], at=self.at)

    def trace(self, standing):
        desk.trace(self.ids[-1], standing, at=self.at)
        self.follow()

    def case(self):
        desk.open_case(self.ids[-1], at=self.at)

    def follow(self):
        desk.follow(*self.ids, at=self.at)

    def close(self, who):
        desk.close(self.ids[-1], by=who or desk.ANALYST, at=self.at)

    def reopen(self, who):
        desk.reopen(self.ids[-1], by=who or desk.ANALYST, at=self.at)

    def change(self, without):
        self.versions += 1
        values = desk.with_step() | {"version": str(self.versions)}
        values["step"] = [one for one in values["step"] if one["code"] != without]
        for one in values["step"]:
            one["after"] = [code for code in one.get("after", ()) if code != without]
        version = desk.kept(values)
        changing.use_version(version_id=version.pk, by=desk.SUPERVISOR, at=self.at)

    def revert(self):
        last = ProcedureChange.objects.filter(reverted_at=None).last()
        if last:
            changing.revert_change(
                change_id=last.pk, reason="early", by=desk.SUPERVISOR, at=self.at
            )

    def one(self, code):
        """Give the last recovery that has such a step."""
        has = Step.objects.current().filter(code=code).order_by("-recovery_id")
        found = has.first()
        if found is None:
            raise NotFound(code)
        return found.recovery_id

    def require_no_dead_end(self):
        for pk in self.ids:
            followed = Followed.objects.get(recovery_id=pk)
            steps = Step.objects.current().filter(recovery_id=pk)
            undone = steps.filter(state__in=UNDONE).count()
            assert followed.open_steps == undone
            assert not (followed.is_closed and undone)
            known = facts.known_of([pk])[pk]
            for asked in followed.version.procedure.steps_for(known.facts):
                self.require_answered(steps.get(code=asked.code, round=followed.round))

    def require_answered(self, step):
        if step.state == StepStanding.WAIVED:
            assert step.ground
            assert step.reason
            assert step.done_by
            assert step.done_by != step.asked_by
        elif step.state == StepStanding.DONE and step.answer == StepAnswer.CASE:
            rows = CaseRecovery.objects.filter(case__is_sealed=False)
            assert rows.filter(recovery=step.recovery_id, superseded_at=None).exists()
        elif step.state == StepStanding.DONE:
            assert step.record or step.done_by
        else:
            assert step.state in UNDONE
