"""Runs of matching, pairs and tuning, through their pages."""

import io
import math
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import channel, entries
from armstrace.analysis.matching.entries import Pair
from armstrace.audit.models import LedgerEntry
from armstrace.jobs.running import JobContext
from armstrace.recoveries.actions import matching_runs, recording
from armstrace.recoveries.models import MatchingRun, PairJudgement, Resighting
from armstrace.registry import ranking
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.vocabulary.matching import MatchAgainst, TuningKind
from armstrace.vocabulary.messages import NOTHING
from tests import cast
from tests.ledger_guard import written_directly
from tests.web import world
from tests.web.test_pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def again(known):
    """Recover the first pistol of the north once more, and its sibling."""
    stated = [
        world.a_recovery(
            number,
            recovered_on=date(2023, 1, day),
            description=Description("pistola", "Glock", "17", "9mm", serial),
        )
        for number, day, serial in (("W-1", 1, "KXB70411"), ("W-2", 2, "KXB70411"))
    ]
    made = recording.record_recoveries(
        source="TEST", stated=stated, by=actors.system_actor(), at=world.NOON
    )
    return [one.record_id for one in made]


def ran(against=MatchAgainst.ALL):
    by = actors.system_actor()
    run = matching_runs.begin_run(against=against, year=None, by=by, at=world.NOON)
    return matching_runs.run_matching(
        run=run, by=by, at=world.NOON, context=JobContext()
    )


def test_a_run_is_begun_at_the_desk_and_worked_through_by_a_job(at_desk, known):
    client = at_desk("ana")

    answer = client.post(reverse("matching"), {"against": "ALL", "year": "2022"})

    run = MatchingRun.objects.get()
    assert answer["Location"] == reverse("matching-run", args=[run.pk])
    done = client.get(answer["Location"]).content.decode()
    assert "hx-trigger" not in done
    assert f"R{known.recovered[0]}" in done
    assert f"A{known.arms[0]}" in done


def test_a_run_that_goes_on_is_looked_at_again_and_can_be_taken_up(at_desk, known):
    by = actors.system_actor()
    run = matching_runs.begin_run(
        against=MatchAgainst.ALL, year=None, by=by, at=world.NOON
    )
    client, address = at_desk("ana"), reverse("matching-run", args=[run.pk])

    assert 'hx-trigger="every 2s"' in client.get(address).content.decode()
    client.post(reverse("matching-go-on", args=[run.pk]))

    assert "hx-trigger" not in client.get(address).content.decode()


def test_a_year_that_is_none_begins_no_run(at_desk, known):
    answer = at_desk("ana").post(reverse("matching"), {"against": "ALL", "year": "12"})

    assert answer.status_code == 200
    assert not MatchingRun.objects.exists()


@pytest.mark.parametrize("name", ["otto", "rita", "stan", "ada"])
def test_who_does_not_match_neither_sees_nor_begins(at_desk, known, name):
    client = at_desk(name)

    assert client.get(reverse("matching")).status_code == 403
    assert client.get(reverse("matching-tuning")).status_code == 403
    assert client.post(reverse("matching"), {"against": "ALL"}).status_code == 403


def test_an_auditor_sees_runs_and_begins_none(at_desk, known):
    client = at_desk("audrey")

    page = client.get(reverse("matching"))

    assert page.status_code == 200
    assert "Start a run" not in page.content.decode()
    assert client.post(reverse("matching"), {"against": "ALL"}).status_code == 403


def test_results_are_narrowed(at_desk, known, again):
    run = ran()
    client = at_desk("ana")
    address = reverse("matching-run", args=[run.pk])

    seen = client.get(address, {"question": "RECOVERIES", "least": "0.5"})

    page = seen.content.decode()
    assert reverse("pair", args=[again[1], again[0]]) in page
    assert f">A{known.arms[0]}<" not in page
    empty = client.get(address, {"reported": "1", "question": "RECOVERIES"})
    assert "Nothing matches these filters" in empty.content.decode()


def test_the_questions_of_a_run_stand_apart(at_desk, known, again):
    run = ran()
    client, address = at_desk("ana"), reverse("matching-run", args=[run.pk])

    first = client.get(address).content.decode()
    other = client.get(address, {"question": "RECOVERIES"}).content.decode()

    assert 'aria-current="page">is it a registered arm' in first
    assert f">A{known.arms[0]}<" in first
    assert reverse("pair", args=[again[1], again[0]]) not in first
    assert reverse("pair", args=[again[1], again[0]]) in other
    assert f">A{known.arms[0]}<" not in other


def test_a_row_of_a_run_is_judged_and_the_run_is_come_back_to(at_desk, known, again):
    run = ran()
    client = at_desk("ana")
    here = reverse("matching-run", args=[run.pk]) + "?question=RECOVERIES&page=1"
    pair = reverse("pair", args=[again[1], again[0]])
    page = client.get(here).content.decode()
    assert f'action="{pair}"' in page

    said = {"judgement": "SAME", "reason": "the same scratch", "next": here}
    answer = client.post(pair, said)

    assert answer["Location"] == here
    assert "same arm" in client.get(here).content.decode()
    away = client.post(pair, said | {"next": "https://elsewhere.example/"})
    assert away["Location"] == pair


def test_an_arm_is_judged_from_the_row_of_a_run(at_desk, known):
    run = ran()
    client, here = at_desk("ana"), reverse("matching-run", args=[run.pk])
    judge = reverse("recovery-judge", args=[known.recovered[0], known.arms[0]])
    assert f'action="{judge}"' in client.get(here).content.decode()

    said = {"judgement": "UNSURE", "next": here, "model": run.model_version + "x" * 40}
    answer = client.post(judge, said)

    assert answer["Location"] == here
    assert "Decide again" in client.get(here).content.decode()
    assert "Decide<" not in at_desk("audrey").get(here).content.decode()


def test_the_part_alone_tells_how_far_a_run_has_come(at_desk, known):
    run = ran()

    answer = at_desk("ana").get(
        reverse("matching-run", args=[run.pk]), headers={"HX-Request": "true"}
    )

    assert b"<html" not in answer.content
    assert b"Recoveries matched: " in answer.content


def test_results_are_handed_over_as_files(at_desk, known, again):
    run = ran()
    client, address = at_desk("ana"), reverse("matching-run", args=[run.pk])

    lines = b"".join(client.get(address + "?format=csv").streaming_content).decode()
    book = b"".join(client.get(address + "?format=xlsx").streaming_content)

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0)
    assert len(rows.to_python()) == len(lines.splitlines()) == 1 + 2 * run.done
    assert "KXB70411" in lines
    assert run.model_version in lines


def test_the_bits_of_a_pair_sum_up_to_the_probability_beside_them(at_desk, again):
    pair = {"recovery_id": again[1], "earlier_id": again[0]}
    with written_directly():
        shown = {"probability": 0.97, "model_version": "m-1", "why": NOTHING}
        Resighting.objects.create(**pair, **shown, known_at=cast.NOW)
    page = at_desk("ana").get(reverse("pair", args=[again[1], again[0]]))

    drawn = page.context["shown"].waterfall
    assert drawn.bars[0].step.name == "before comparing"
    assert drawn.bars[-1].step.bits == pytest.approx(math.log2(0.97 / 0.03))
    assert "10 bits are odds of 1,000 to 1" in page.content.decode()


def test_a_model_named_in_two_ways_does_not_outweigh_one_whole_number(at_desk, known):
    stated = [
        world.a_recovery(
            number,
            recovered_on=date(2023, 1, day),
            description=Description("pistola", "Glock", model, "9mm", "KXB70411"),
        )
        for number, day, model in (("W-1", 1, "17"), ("W-2", 2, "Taurus PT 92"))
    ]
    made = recording.record_recoveries(
        source="TEST", stated=stated, by=actors.system_actor(), at=world.NOON
    )
    pair = reverse("pair", args=[made[1].record_id, made[0].record_id])
    drawn = at_desk("ana").get(pair).context["shown"].waterfall

    assert drawn.bars[-1].step.bits > 10


def test_a_pair_is_judged_and_judged_anew(at_desk, known, again):
    client = at_desk("ana")
    address = reverse("pair", args=[again[1], again[0]])
    with written_directly():
        pair = {"recovery_id": again[1], "earlier_id": again[0]}
        shown = {"probability": 0.97, "model_version": "m-1", "why": NOTHING}
        Resighting.objects.create(**pair, **shown, known_at=cast.NOW)
    page = client.get(address, {"told": "0.11", "model": "x"}).content.decode()
    assert "97" in page
    assert 'value="0.11"' not in page
    assert "Nobody has decided" in page

    said = {"judgement": "SAME", "reason": "photographs", "probability": "0.11"}
    client.post(address, said | {"model": "x"})
    client.post(address, {"judgement": "UNSURE"})

    page = client.get(address).content.decode()
    assert page.index("cannot tell") < page.index("photographs")
    first, second = PairJudgement.objects.order_by("pk")
    assert (first.probability, first.model_version) == (0.97, "m-1")
    assert first.superseded_at == second.known_at


def test_a_recovery_tells_what_people_decided_on_its_pairs(at_desk, known, again):
    client = at_desk("ana")
    pair = reverse("pair", args=[again[1], again[0]])
    client.post(pair, {"judgement": "DIFFERENT", "reason": "other proof mark"})
    client.post(pair, {"judgement": "SAME", "reason": "the same scratch"})

    for one, other in (again, reversed(again)):
        page = client.get(reverse("recovery", args=[one])).content.decode()
        decided = page[page.index("Decided by people") :]
        assert reverse("pair", args=[one, other]) in decided
        assert "the same scratch" in decided
        assert "<bdi>ana</bdi>" in decided
        assert "other proof mark" not in page


def test_an_officer_reads_no_reason_on_a_pair_out_of_reach(at_desk, known):
    north, _erased, south, _ammunition = known.recovered
    pair = reverse("pair", args=[north, south])
    at_desk("ana").post(pair, {"judgement": "DIFFERENT", "reason": "a confidence"})

    page = at_desk("otto").get(reverse("recovery", args=[north])).content.decode()

    assert "Decided by people" in page
    assert f"R{south}" in page
    assert pair not in page
    assert "a confidence" not in page


def test_a_pair_is_not_judged_without_a_reason(at_desk, known, again):
    address = reverse("pair", args=[again[1], again[0]])

    answer = at_desk("ana").post(address, {"judgement": "SAME", "reason": " "})

    assert answer.status_code == 409
    assert "RC-02" in answer.content.decode()


def test_a_pair_with_a_record_of_another_agency_is_not_found(at_desk, known):
    north, _erased, south, _ammunition = known.recovered

    answer = at_desk("sara").get(reverse("pair", args=[north, south]))

    assert answer.status_code == 404


@pytest.mark.unledgered
def test_tuning_is_used_by_a_supervisor_alone(at_desk, known):
    made = MatchingTuning.objects.create(
        kind=TuningKind.CALIBRATION.value,
        based_on="2026.11-1",
        content={"stated": [0.0, 1.0], "observed": [0.0, 0.9]},
        replay={
            "decided_before": {"cases": 30, "error": 0.2, "log_loss": 0.9},
            "decided_after": {"cases": 30, "error": 0.1, "log_loss": 0.4},
        },
        cases=90,
        is_better=True,
        proposed_by="system",
        known_at=world.NOON,
    )
    MatchingTuning.objects.update(based_on=ranking.model_for(TuningKind.CALIBRATION))
    address = reverse("matching-tuning-use", args=[made.pk])
    back = reverse("matching-tuning-take-back")

    assert at_desk("ana").post(address, {"reason": "better"}).status_code == 403
    client = at_desk("sam")
    assert "Put into use" in client.get(reverse("matching-tuning")).content.decode()
    client.post(address, {"reason": "better"})
    assert TuningInUse.objects.current().get().tuning_id == made.pk
    page = client.get(reverse("matching-tuning")).content.decode()
    assert "Withdraw" in page
    client.post(back, {"kind": "CALIBRATION", "reason": "enough"})
    assert TuningInUse.objects.current().get().tuning_id is None


@pytest.mark.unledgered
def test_rates_of_misread_serials_are_stated_with_their_number(at_desk, known):
    pairs = [Pair("AB12345", "AB12345")] * 60 + [Pair("AB12345", "AB1234S")] * 40
    shipped = channel.standard().serial
    content = entries.table_of(entries.learn(pairs, shipped))
    made = MatchingTuning.objects.create(
        kind=TuningKind.SERIALS.value,
        based_on=channel.standard().model,
        content=content,
        replay={
            "pairs": 33,
            "decided_before": {"cases": 0, "error": 0.0, "log_loss": 0.0},
            "decided_after": {"cases": 0, "error": 0.0, "log_loss": 0.0},
            "log_likelihood_before": -0.52,
            "log_likelihood_after": -0.39,
            "shipped": {kind: getattr(shipped, kind) for kind in content["serial"]},
        },
        cases=100,
        is_better=True,
        proposed_by="system",
        known_at=world.NOON,
    )
    client = at_desk("sam")

    before = client.get(reverse("matching-tuning")).content.decode()
    client.post(reverse("matching-tuning-use", args=[made.pk]), {"reason": "better"})
    after = client.get(reverse("matching-tuning")).content.decode()

    assert "the default that Armstrace publishes" in before
    assert "Published rate" in before
    assert "100 arms that two people entered (700 characters" in after


def test_a_proposal_without_cases_is_refused_with_what_is_needed(at_desk, known):
    answer = at_desk("sam").post(
        reverse("matching-tuning-propose"), {"kind": "CALIBRATION"}
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "MT-04" in page
    assert "Tuning of matching</h1>" in page
    assert LedgerEntry.objects.filter(act="page.refused").exists()


def test_the_pages_are_whole_and_ask_a_bounded_number_of_questions(
    at_desk, known, again
):
    run = ran()
    client = at_desk("sam")
    ceilings = {
        reverse("matching"): 8,
        reverse("matching-run", args=[run.pk]): 17,
        reverse("pair", args=[again[1], again[0]]): 15,
        reverse("matching-tuning"): 14,
    }
    for address, ceiling in ceilings.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            page = Page(client.get(address).content.decode())

        assert page.inline == []
        assert page.outside == []
        assert page.open == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert set(page.fields) <= page.labels, address
        assert len(asked) <= ceiling, (address, len(asked))
