"""Whatever is done in whatever order: none that must have a case ends without one."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from armstrace.procedures import facts
from armstrace.procedures.actions import changing
from armstrace.procedures.models import Followed, ProcedureChange, Step
from armstrace.recoveries.actions import correcting
from armstrace.recoveries.fields import Changes
from armstrace.vocabulary.errors import ArmstraceError, NotFound
from armstrace.vocabulary.procedures import UNDONE, StepStanding
from armstrace.vocabulary.recoveries import CriminalContext, RecoveryKind
from armstrace.vocabulary.tracing import TraceStanding
from tests import builders, cast
from tests.procedures import desk

pytestmark = pytest.mark.django_db

CODES = st.sampled_from(["identify", "trace", "interview", "parallel-case", "extra"])
PEOPLE = st.sampled_from([*desk.BY_ROLE.values(), desk.SECOND_SUPERVISOR])
CONTEXTS = st.lists(st.sampled_from(list(CriminalContext)), max_size=2, unique=True)
ACTS = st.one_of(
    st.tuples(st.just("record"), CONTEXTS, st.sampled_from(list(RecoveryKind))),
    st.tuples(st.just("correct"), CONTEXTS),
    st.tuples(st.just("do"), CODES, PEOPLE),
    st.tuples(st.just("ask"), CODES, PEOPLE),
    st.tuples(st.just("decide"), CODES, PEOPLE, st.booleans()),
    st.tuples(st.just("waive all")),
    st.tuples(st.just("trace"), st.sampled_from(list(TraceStanding))),
    st.tuples(st.just("case")),
    st.tuples(st.just("follow")),
    st.tuples(st.just("close"), PEOPLE),
    st.tuples(st.just("reopen"), PEOPLE),
    st.tuples(st.just("change")),
    st.tuples(st.just("revert")),
)


class TestNoDeadEnds(TestCase):
    @settings(
        max_examples=40,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(acts=st.lists(ACTS, min_size=3, max_size=14))
    def test_each_has_a_case_an_open_step_or_a_signed_waiver(self, acts):
        world = World()
        world.act("record", [CriminalContext.TERRORISM], RecoveryKind.SEIZED)
        for name, *given_ in acts:
            world.act(name, *given_)
            world.require_no_dead_end()


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
        desk.ask(self.one(code), code, by=who, at=self.at)

    def decide(self, code, who, granted):
        desk.decide(self.one(code), code, by=who, granted=granted, at=self.at)

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
        desk.close(self.ids[-1], by=who, at=self.at)

    def reopen(self, who):
        desk.reopen(self.ids[-1], by=who, at=self.at)

    def change(self):
        self.versions += 1
        values = desk.with_step() | {"version": str(self.versions)}
        version = desk.kept(values)
        changing.use_version(version_id=version.pk, by=desk.SUPERVISOR, at=self.at)

    def revert(self):
        last = ProcedureChange.objects.filter(reverted_at=None).last()
        if last:
            changing.revert_change(change_id=last.pk, by=desk.SUPERVISOR, at=self.at)

    def one(self, code):
        """Give the last recovery that has such a step."""
        has = Step.objects.current().filter(code=code).order_by("-recovery_id")
        found = has.first()
        if found is None:
            raise NotFound(code)
        return found.recovery_id

    def require_no_dead_end(self):
        for followed in Followed.objects.select_related("version"):
            steps = Step.objects.current().filter(recovery=followed.recovery_id)
            undone = steps.filter(state__in=UNDONE).count()
            assert followed.open_steps == undone
            assert not (followed.is_closed and undone)
            known = facts.known_of([followed.recovery_id])[followed.recovery_id]
            wanted = followed.version.procedure.steps_for(known.facts)
            for asked in wanted:
                self.require_answered(steps.get(code=asked.code, round=followed.round))

    def require_answered(self, step):
        if step.state == StepStanding.WAIVED:
            assert step.ground
            assert step.reason
            assert step.done_by
            assert step.done_by != step.asked_by
        elif step.state == StepStanding.DONE:
            assert step.record or step.done_by
        else:
            assert step.state in UNDONE
