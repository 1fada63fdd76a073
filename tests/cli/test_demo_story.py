"""The story of scenario B that every demo tells, on its own records alone."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from armstrace.accounts import actors
from armstrace.analysis.synthetic.country import SyntheticCountry
from armstrace.cli import (
    demonstrating,
    demonstrating_customs,
    demonstrating_decisions,
    demonstrating_procedure,
    demonstrating_story,
    progress,
)
from armstrace.intelligence.queries import picture
from armstrace.investigations import queries as investigations
from armstrace.investigations.queries import lists
from armstrace.procedures.queries import figures, steps
from armstrace.risk.queries import lists as declarations
from armstrace.risk.queries import worth as worths
from armstrace.techniques import queries as techniques
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.networks import LinkKind, NodeKind
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.procedures import StepStanding
from armstrace.vocabulary.recoveries import CriminalContext
from armstrace.vocabulary.techniques import OperationStep, Technique
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    """Load the ring of a small country: its holders, arms, lives and recoveries."""
    country = SyntheticCountry(1, 500, 25)
    ring = country.plants().rings[0]
    events = [row for arm in ring.arms for row in country.events_of(arm)]
    named = {row[side] for row in events for side in ("holder_from", "holder_to")}

    def only(stream, field, wanted):
        return lambda: (row for row in stream() if row[field] in wanted)

    part = SimpleNamespace(
        holders=only(country.holders, "holder_number", named),
        registry=only(country.registry, "source_number", ring.arms),
        events=lambda: iter(events),
        losses=lambda: iter(()),
        recoveries=only(country.recoveries, "source_number", ring.recoveries),
    )
    by = actors.system_actor(Purpose.REGISTRATION)
    demonstrating.open_accounts(by)
    with progress.bars(transient=True) as shown:
        demonstrating._load(part, "story", by, shown)
    sources = demonstrating.REGISTER, demonstrating.POLICE
    scene = demonstrating_story.scene_of(country, country.truth(), sources)
    demonstrating_story.follow(scene, 0)
    demonstrating_story.tell(scene)
    demonstrating_customs.examine(country, scene.people[Role.CUSTOMS])
    return scene


def test_the_story_of_the_demo_is_met_by_the_analyst(scene):
    analyst = scene.people[Role.ANALYST]
    latest = f"R{scene.latest}"

    shown = picture.neighbourhood([latest], hops=3, viewer=analyst)

    kinds = {node.kind for node in shown.nodes}
    sold = {
        (edge.start, edge.end)
        for edge in shown.edges
        if edge.kind is LinkKind.BOUGHT_FROM
    }
    [(_, arms)] = Counter(dealer for _, dealer in sold).most_common(1)
    assert {NodeKind.PERSON, NodeKind.PHONE, NodeKind.GROUP} <= kinds
    assert arms == 3


def test_the_last_pistol_has_a_case_and_an_earlier_one_says_what_was_learned(scene):
    analyst = scene.people[Role.ANALYST]

    page = lists.case_rows(lists.CaseFilter(), viewer=analyst, page=PageRequest(1, 10))
    found = lists.cases_of_recovery(scene.latest, viewer=analyst)

    titles = {row.case.title for row in page.rows}
    assert {"Pistols of one dealer", "Three pistols in a lorry"} <= titles
    assert "Who warned the group" not in titles
    assert [case.title for case in found] == ["Pistols of one dealer"]


def test_a_charge_of_possession_asks_whether_it_was_trafficking(scene):
    prosecutor = demonstrating_decisions.person("prosecutor")
    page = lists.case_rows(
        lists.CaseFilter(), viewer=prosecutor, page=PageRequest(1, 9)
    )
    [case] = [row.case for row in page.rows]

    [charge] = investigations.charges_of(case.pk, viewer=prosecutor)
    suggested = investigations.suggestions(case.pk, viewer=prosecutor)

    assert charge.missing == 1
    assert [one.offence.code for one in suggested] == ["FP5-1b"]
    assert len(investigations.due_entries(viewer=prosecutor)) == 1


def test_customs_have_a_list_for_today_and_outcomes_behind_it(scene):
    officer = scene.people[Role.CUSTOMS]

    shift = declarations.shift(viewer=officer)
    worth = worths.back_test(viewer=officer).whole

    label = {subject.kind: subject.label for subject in scene.ring.subjects}
    places = [row.goods.consignee_address for row in shift.rows]
    assert label[NodeKind.ADDRESS] in places
    assert not any(row.find for row in shift.rows)
    assert worth.examined == 50
    assert 0 < worth.found < 50


def test_the_prosecutor_has_a_request_to_decide_and_an_active_technique(scene):
    shown = {"at": datetime.now(UTC), "page": PageRequest(1, 10)}

    page = techniques.operation_rows(
        viewer=demonstrating_decisions.person("prosecutor"), **shown
    )
    signed = techniques.operation_rows(
        viewer=demonstrating_decisions.person("customs"), **shown
    )

    assert [(row.technique, row.step) for row in page.rows] == [
        (Technique.SURVEILLANCE, OperationStep.ASKED),
        (Technique.CONTROLLED_DELIVERY, OperationStep.ACTIVE),
        (Technique.INFORMANT, OperationStep.ENDED),
    ]
    assert [row.is_learned for row in page.rows] == [False, False, True]
    assert [row.is_to_sign for row in signed.rows] == [False]


def test_the_procedure_asked_for_trace_and_case_and_one_step_was_waived(scene):
    analyst, today = scene.people[Role.ANALYST], scene.at(60).date()

    latest = steps.panel(scene.latest, viewer=analyst, today=today)
    earlier = steps.panel(scene.earlier[0], viewer=analyst, today=today)

    standing = {step.code: step.state for step in latest.steps}
    assert standing["identify"] == standing["parallel-case"] == StepStanding.DONE
    assert standing["origin"] == StepStanding.OPEN
    assert StepStanding.WAIVED in {step.state for step in earlier.steps}


def test_recoveries_are_followed_in_their_month_and_most_have_a_case_of_it(db):
    days = [date(2024, 5, 2), *(date(2026, month, 3) for month in range(1, 11))]
    told = {f"S-{n}": day for n, day in enumerate(days)}
    demonstrating.open_accounts(actors.system_actor())
    builders.recovered(
        *(
            builders.a_recovery(
                number,
                recovered_on=day,
                criminal_contexts=(CriminalContext.DRUG_TRAFFICKING,),
            )
            for number, day in told.items()
        ),
    )
    rows = [
        {
            "source_number": number,
            "item_kind": "ARM",
            "known_on": "",
            "recovered_on": day.isoformat(),
            "criminal_contexts": "DRUG_TRAFFICKING;OTHER",
            "agency": "VNP",
        }
        for number, day in told.items()
    ]
    land = SimpleNamespace(ends_on=date(2026, 10, 31), recoveries=lambda: rows)

    demonstrating_procedure.follow_months(land, builders.POLICE, {"S-10"})

    analyst = demonstrating_decisions.person("analyst")
    months = figures.cases_by_month(viewer=analyst)
    page = lists.case_rows(lists.CaseFilter(), viewer=analyst, page=PageRequest(1, 50))
    assert sorted(months) == [
        date(2025, 10, 1),
        *(day.replace(day=1) for day in days[1:]),
    ]
    assert [months[day].with_case for day in sorted(months)] == [1] * 10 + [0]
    assert {row.case.lead for row in page.rows} == {"investigator"}


def test_people_have_done_the_steps_that_are_theirs_and_waived_some(scene):
    later = datetime.now(UTC) + timedelta(days=30)
    demonstrating_procedure.work_off(later)
    demonstrating_procedure.leave_undone(now=later)

    told = [
        each
        for number in scene.earlier
        for each in steps.panel(
            number,
            viewer=scene.people[Role.INVESTIGATOR],
            today=scene.at(30).date(),
        ).steps
    ]
    done = {each.code for each in told if each.state is StepStanding.DONE}
    assert {"tell-investigators", "interview", "fingerprints"} <= done
    waived = [each for each in told if each.state is StepStanding.WAIVED]
    assert "ballistics" in {each.code for each in waived}
    assert all(each.asked_by != each.done_by for each in waived)
