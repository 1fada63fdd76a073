"""The story that the demo tells: a pistol, its dealer, and what hangs together.

Three pistols that one person bought of one dealer within a week come up with a ring
in three months. An earlier case of the same ring was closed with what it taught.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from armstrace.accounts import actors
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.analysis.synthetic.plants import Ring, Tie
from armstrace.cli import demonstrating_techniques
from armstrace.cli.demonstrating_decisions import (
    DEMO,
    diversion_of,
    opening_decision,
    person,
)
from armstrace.intelligence.actions import links, subjects
from armstrace.intelligence.inputs import LinkInput, Provenance, SubjectInput
from armstrace.investigations.actions import ending, entries, membership, opening
from armstrace.investigations.inputs import (
    EntryInput,
    LessonInput,
    NewCase,
    OutcomeInput,
)
from armstrace.procedures.actions import following
from armstrace.procedures.actions import steps as acting
from armstrace.procedures.inputs import WaiverAsked, WaiverDecided
from armstrace.procedures.queries import steps
from armstrace.recoveries import queries as recoveries
from armstrace.recoveries.actions import judging
from armstrace.registry import queries as registry
from armstrace.risk.actions import warnings
from armstrace.tracing.actions import decisions, findings
from armstrace.tracing.inputs import DecisionInput
from armstrace.vocabulary.actors import Actor, Purpose, Role
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.intelligence import PersonCategory
from armstrace.vocabulary.investigations import (
    Aim,
    AimResult,
    EntryKind,
    LessonKind,
    PersonRole,
)
from armstrace.vocabulary.networks import (
    InformationGrade,
    LinkKind,
    NodeKind,
    SourceGrade,
)
from armstrace.vocabulary.procedures import WaiverGround
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.tracing import (
    Establishment,
    Judgement,
    TraceOutcome,
    TraceStanding,
)

WAIVED = "dna"
# On which days after the last recovery warnings are worked out.
WARNED = (*range(-49, 1, 7), 3)

REVIEW = timedelta(days=365)
# Who says what is known of the ring.
SAID = "Investigation file of the police"


@dataclass(frozen=True, slots=True)
class Scene:
    """Who acts, on which records, and when."""

    ring: Ring
    # Number of each recovery of the ring, in the order of their days.
    ids: Mapping[str, int]
    people: Mapping[Role, Actor]
    # The day of the last recovery.
    latest_on: date
    # What truly became of each of its arms.
    truth: Sequence[Mapping[str, str]]
    register: str

    @property
    def latest(self) -> int:
        """The pistol of the drug case."""
        return self.ids[self.ring.recoveries[-1]]

    @property
    def earlier(self) -> tuple[int, ...]:
        """The arms of the case that was closed."""
        return tuple(self.ids[number] for number in self.ring.recoveries[:3])

    def at(self, days: int, hour: int = 9) -> datetime:
        """Give a moment so many days after the last recovery, never to come."""
        on = self.latest_on + timedelta(days=days)
        return min(datetime.combine(on, time(hour), UTC), datetime.now(UTC))


def scene_of(
    land: SyntheticCountry, truth: Iterable[Mapping[str, str]], sources: tuple[str, str]
) -> Scene:
    register, source = sources
    ring = land.plants().rings[0]
    system = actors.system_actor()
    people = {
        role: person(role.value.lower())
        for role in (Role.ANALYST, Role.INVESTIGATOR, Role.SUPERVISOR, Role.CUSTOMS)
    }
    ids = recoveries.ids_by_source_number(source, ring.recoveries, viewer=system)
    last = max(tie.day for tie in ring.ties if tie.kind is LinkKind.HAD)
    told = [row for row in truth if row["source_number"] in ids]
    return Scene(ring, ids, people, last, told, register)


def tell(scene: Scene) -> None:
    """Record what people know of the ring, and the cases beside the main ones."""
    _trace(scene)
    _close_earlier(scene)
    _report(scene)
    demonstrating_techniques.use_techniques(_open_case(scene))
    _open(scene, "sealed", scene.earlier[-1:])
    follow(scene, 5)
    _waive(scene)


def warn(scene: Scene) -> None:
    """Raise the early warnings of the weeks in which the pistols came up."""
    by = actors.system_actor(Purpose.TRACING)
    for days in WARNED:
        warnings.raise_warnings(by=by, at=scene.at(days, 18))


def follow(scene: Scene, days: int) -> None:
    """Let the standing procedure open steps, and mark those that records answer."""
    following.follow_procedure(
        recoveries=list(scene.ids.values()),
        by=actors.system_actor(),
        at=scene.at(days, 20),
    )


def _waive(scene: Scene) -> None:
    """Ask that a step of an old arm go undone; the supervisor decides."""
    by, second = scene.people[Role.INVESTIGATOR], scene.people[Role.SUPERVISOR]
    shown = steps.panel(scene.earlier[0], viewer=by, today=scene.at(6).date())
    step = next(row for row in shown.steps if row.code == WAIVED)
    asked = WaiverAsked(
        WaiverGround.NOT_POSSIBLE, "The arm was cleaned before it was handed over."
    )
    waiting = acting.ask_waiver(step_id=step.step_id, said=asked, by=by, at=scene.at(6))
    decided = WaiverDecided(is_granted=True, reason="The laboratory says the same.")
    acting.decide_waiver(step_id=waiting.pk, said=decided, by=second, at=scene.at(7))


def _trace(scene: Scene) -> None:
    """Identify and trace the arms of the ring; those before the last are decided."""
    by, told = scene.people[Role.SUPERVISOR], scene.truth
    numbers = [row["arm_number"] for row in told]
    arms = registry.ids_by_source_number(scene.register, numbers, viewer=by)
    for row in told:
        judgement = judging.StatedJudgement(
            scene.ids[row["source_number"]],
            arms[row["arm_number"]],
            Judgement.SAME,
            "Make, model and serial number agree.",
        )
        judging.judge_candidate(stated=judgement, by=by, at=scene.at(1))
    findings.trace_at_home(
        recovery_ids=list(scene.ids.values()),
        home_country=settings.HOME_COUNTRY,
        by=by,
        at=scene.at(1),
    )
    opened = [
        opening_decision(scene.ids[row["source_number"]], scene.at(1)) for row in told
    ]
    decisions.decide_traces(stated=opened, by=by, at=scene.at(1))
    ended = [
        _close(row, scene, arms)
        for row in told
        if scene.ids[row["source_number"]] != scene.latest
    ]
    decisions.decide_traces(stated=ended, by=by, at=scene.at(1, 10))


def _close(
    row: Mapping[str, str], scene: Scene, arms: Mapping[str, int]
) -> DecisionInput:
    return DecisionInput(
        recovery_id=scene.ids[row["source_number"]],
        standing=TraceStanding.CLOSED,
        outcome=TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED,
        established=Establishment.OWN_REGISTER,
        decided_on=scene.at(1).date(),
        reason="The register names the dealer and the buyer.",
        diversion=diversion_of(row),
        arm_id=arms[row["arm_number"]],
        known_at=scene.at(1, 10),
    )


def _report(scene: Scene) -> None:
    """Record the subjects and what links them, as the analyst came to know it."""
    by = scene.people[Role.ANALYST]
    numbers: dict[str, str] = {k: f"R{key}" for k, key in scene.ids.items()}
    source = Provenance(SAID, (scene.at(1) + REVIEW).date(), SourceGrade.B)
    for subject in scene.ring.subjects:
        is_person = subject.kind is NodeKind.PERSON
        stated = SubjectInput(
            subject.kind,
            subject.label,
            source,
            category=PersonCategory.SUSPECT if is_person else PersonCategory.UNKNOWN,
        )
        kept = subjects.record_subject(stated=stated, by=by, at=scene.at(2))
        numbers[subject.key] = kept.reference
    for tie in scene.ring.ties:
        if tie.kind is not LinkKind.IN_CASE:
            links.assert_link(stated=_link(tie, numbers), by=by, at=scene.at(3))


def _link(tie: Tie, numbers: Mapping[str, str]) -> LinkInput:
    source = Provenance(
        SAID, tie.day + 3 * REVIEW, SourceGrade(tie.grade[0]),
        InformationGrade(tie.grade[1]),
    )  # fmt: skip
    return LinkInput(
        numbers[tie.start], numbers[tie.end], tie.kind, source, from_on=tie.day
    )


def _open(scene: Scene, name: str, recovery_ids: tuple[int, ...]) -> int:
    """Open one of the cases that ``data/demo.toml`` tells; give its key."""
    told = DEMO["cases"][name]
    case = opening.open_case(
        given=fill(
            NewCase,
            told,
            aims=tuple(map(Aim, told["aims"])),
            main_case=scene.ring.cases[told["main"]] if "main" in told else "",
            recovery_ids=recovery_ids,
            is_sealed=name == "sealed",
        ),
        by=scene.people[Role.INVESTIGATOR],
        at=scene.at(told["day"]),
    )
    return case.pk


def _close_earlier(scene: Scene) -> None:
    """Open and close the case of last year, with what it taught."""
    case_id, told = _open(scene, "earlier", scene.earlier), DEMO["cases"]["earlier"]
    outcome = fill(
        OutcomeInput,
        told,
        results={Aim(aim): AimResult(far) for aim, far in told["results"].items()},
        lessons=tuple(
            LessonInput(kind=LessonKind(kind), text=text)
            for kind, text in told["lessons"]
        ),
    )
    second = scene.people[Role.SUPERVISOR]
    at = scene.at(told["closed"])
    ending.close_case(case_id=case_id, given=outcome, by=second, at=at)


def _open_case(scene: Scene) -> int:
    """Open the case of the last pistol, with a task overdue; give its key."""
    by, case_id = scene.people[Role.INVESTIGATOR], _open(scene, "open", (scene.latest,))
    for name, reason in DEMO["cases"]["open"]["members"].items():
        membership.add_member(
            case_id=case_id, person=name, reason=reason, by=by, at=scene.at(2)
        )
    labels = [s.label for s in scene.ring.subjects if s.kind is NodeKind.PERSON]
    for given in (
        EntryInput(
            kind=EntryKind.EVENT, text="The pistol was taken at a search of a flat.",
            when=DateSpan(scene.latest_on, scene.latest_on), origin="Search report",
            recovery_ids=(scene.latest,),
        ),
        EntryInput(
            kind=EntryKind.SUBJECT, text=labels[0], subject_kind=NodeKind.PERSON,
            role=PersonRole.SUSPECT, origin="Register: bought three pistols",
        ),
        EntryInput(
            kind=EntryKind.TASK, text="Ask the dealer for the records of the sales.",
            person="investigator", due_on=scene.at(14).date(), origin="Trace",
        ),
        EntryInput(
            kind=EntryKind.TASK, text="Compare test shots of the three pistols.",
            person="investigator", due_on=timezone.localdate() + timedelta(days=9),
            origin="Trace",
        ),
        EntryInput(
            kind=EntryKind.TASK, text="Decide on the charges.", person="prosecutor",
            due_on=timezone.localdate() + timedelta(days=12), origin="Case meeting",
        ),
        EntryInput(
            kind=EntryKind.CHARGE, text="He held the pistol without a licence.",
            offence="OPT-4", when=DateSpan(scene.latest_on, scene.latest_on),
            elements={"ITEM": (f"R{scene.latest}",), "HELD": ("1",)},
            origin="Search report",
        ),
    ):  # fmt: skip
        entries.add_entry(case_id=case_id, given=given, by=by, at=scene.at(3))
    return case_id
