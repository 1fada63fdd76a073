"""Decisions feed a calibration, readings feed rates; a person puts them into use."""

from datetime import timedelta

import pytest

from armstrace.analysis.marks.identify import identify
from armstrace.analysis.matching import channel, entries
from armstrace.analysis.matching.tuning import channel_with
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries import labelled_cases, queries
from armstrace.recoveries.actions import judging, repeat_recoveries, tunings
from armstrace.recoveries.models import CandidateJudgement, Resighting
from armstrace.registry import queries as registry
from armstrace.registry import ranking
from armstrace.registry.actions import tuning
from armstrace.registry.models import MatchingTuning, TuningInUse
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.matching import TuningKind
from armstrace.vocabulary.tracing import Judgement
from tests import builders
from tests.cast import ANALYST, NOW, SUPERVISOR, SYSTEM

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
SIZE = 90


def pistols(size, **changes):
    serials = [f"{'ABDHKMRTW'[n % 9]}X{(n * 7919) % 99991:05d}" for n in range(size)]
    arms = builders.registered(
        *[
            builders.an_arm(str(n), description=builders.glock(serial))
            for n, serial in enumerate(serials)
        ]
    )
    found = builders.recovered(
        *[
            builders.a_recovery(f"S-{n}", description=builders.glock(serial, **changes))
            for n, serial in enumerate(serials)
        ]
    )
    return arms, found


def decided(size=SIZE, *, same_of=3, **changes):
    """Let people find two of three certain candidates to be another arm."""
    arms, found = pistols(size, **changes)
    for n, (arm, recovery) in enumerate(zip(arms, found, strict=True)):
        verdict = Judgement.SAME if n % same_of == 0 else Judgement.DIFFERENT
        judging.judge_candidate(
            stated=judging.StatedJudgement(
                recovery, arm, verdict, "seen", probability=0.99, model_version="m"
            ),
            by=ANALYST,
            at=NOW,
        )
    return arms, found


def use(proposal, by=SUPERVISOR, reason="the replay is better"):
    return tuning.use_tuning(tuning_id=proposal.pk, reason=reason, by=by, at=LATER)


def best(recovered_id=None):
    description = builders.glock("AX00000").__class__(
        type="pistol", make="Glock", model="17", calibre="9x19", serial="BX07919"
    )
    return registry.candidates_for(identify(description), viewer=ANALYST)


def test_a_calibration_is_proposed_and_changes_nothing():
    decided()
    before = best()

    made = tunings.propose_calibration(by=SYSTEM, at=LATER)

    assert made.is_better
    replay = made.replay
    assert replay["decided_after"]["log_loss"] < replay["decided_before"]["log_loss"]
    assert replay["decided_after"]["error"] < replay["decided_before"]["error"]
    assert best() == before
    assert not TuningInUse.objects.exists()


def test_a_person_puts_a_calibration_into_use_and_takes_it_back():
    decided()
    before = best()
    made = tunings.propose_calibration(by=ANALYST, at=LATER)

    use(made)

    after = best()
    assert after.best < 0.8 < before.best
    assert after.model == f"{before.model}+c{made.pk}"
    assert LedgerEntry.objects.latest("seq").act == "matching.tuning_used"
    tuning.take_tuning_back(
        kind=TuningKind.CALIBRATION, reason="tried enough", by=SUPERVISOR, at=LATER
    )
    assert best() == before


def test_the_system_never_puts_a_tuning_into_use():
    decided()
    made = tunings.propose_calibration(by=SYSTEM, at=LATER)

    for actor in (SYSTEM, ANALYST):
        with pytest.raises(NotPermitted):
            use(made, by=actor)

    assert not TuningInUse.objects.exists()


def test_MT_01_a_tuning_is_used_with_a_reason():
    decided()
    made = tunings.propose_calibration(by=ANALYST, at=LATER)

    with pytest.raises(RuleBroken) as refused:
        use(made, reason="  ")

    assert refused.value.rule == "MT-01"


@pytest.mark.unledgered
def test_MT_02_a_tuning_whose_replay_is_no_better_is_not_used():
    decided()
    made = tunings.propose_calibration(by=ANALYST, at=LATER)
    MatchingTuning.objects.filter(pk=made.pk).update(is_better=False)

    with pytest.raises(RuleBroken) as refused:
        use(made)

    assert refused.value.rule == "MT-02"


@pytest.mark.unledgered
def test_MT_03_a_tuning_made_for_other_rates_is_not_used():
    decided()
    made = tunings.propose_calibration(by=ANALYST, at=LATER)
    MatchingTuning.objects.filter(pk=made.pk).update(based_on="earlier rates")

    with pytest.raises(RuleBroken) as refused:
        use(made)

    assert refused.value.rule == "MT-03"


def test_MT_04_too_few_cases_prove_nothing():
    decided(12)

    with pytest.raises(RuleBroken) as refused:
        tunings.propose_calibration(by=ANALYST, at=LATER)
    with pytest.raises(RuleBroken) as refused_rates:
        tunings.propose_rates(by=ANALYST, at=LATER)

    assert (refused.value.rule, refused_rates.value.rule) == ("MT-04", "MT-04")
    assert "12; needed: 80. Three of four" in str(refused.value)
    assert not MatchingTuning.objects.exists()


@pytest.mark.unledgered
def test_MT_05_a_replay_of_few_decided_cases_calls_nothing_better(monkeypatch):
    monkeypatch.setattr(tunings, "FEWEST_READINGS", 50)
    decided(60, same_of=1, model="19")
    keep = CandidateJudgement.objects.order_by("pk").values_list("pk", flat=True)[:2]
    CandidateJudgement.objects.exclude(pk__in=list(keep)).update(
        judgement=Judgement.UNSURE.value
    )
    made = tunings.propose_rates(by=SYSTEM, at=LATER)
    MatchingTuning.objects.filter(pk=made.pk).update(is_better=True)

    (card,) = queries.matching_tunings(viewer=SUPERVISOR)
    with pytest.raises(RuleBroken) as refused:
        use(made)

    assert not made.is_better
    assert (card.replayed, card.is_replayed, card.is_better) == (2, False, False)
    assert refused.value.rule == "MT-05"
    assert not TuningInUse.objects.exists()


def test_the_same_proposal_is_made_once():
    decided()
    first = tunings.propose_calibration(by=ANALYST, at=LATER)

    second = tunings.propose_calibration(by=SYSTEM, at=LATER + timedelta(hours=1))

    assert second.pk == first.pk
    assert MatchingTuning.objects.count() == 1


def test_a_tuning_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        tuning.use_tuning(tuning_id=4, reason="why", by=SUPERVISOR, at=LATER)


def test_rates_are_learned_from_readings_and_put_into_use(monkeypatch):
    monkeypatch.setattr(tunings, "FEWEST_READINGS", 50)
    # Every model is another one than the registered.
    decided(60, same_of=1, model="19")
    before = best()

    made = tunings.propose_rates(by=SYSTEM, at=LATER)

    shipped = ranking.channel_in_use({})
    assert made.content["model"]["wrong"] > shipped.fields["model"].wrong
    assert made.is_better
    assert made.replay["log_likelihood_after"] > made.replay["log_likelihood_before"]
    assert best() == before
    use(made)
    assert best().model == f"{before.model}+r{made.pk}"
    used = ranking.channel_in_use(ranking.tunings_in_use())
    assert used == channel_with(shipped, made.content, name=used.model)


@pytest.mark.unledgered
def test_new_rates_end_the_calibration_that_was_made_for_the_old(monkeypatch):
    monkeypatch.setattr(tunings, "FEWEST_READINGS", 50)
    decided()
    use(tunings.propose_calibration(by=ANALYST, at=LATER))
    rates = tunings.propose_rates(by=ANALYST, at=LATER)
    MatchingTuning.objects.filter(pk=rates.pk).update(is_better=True)

    use(rates)

    assert set(ranking.tunings_in_use()) == {TuningKind.RATES.value}


def test_what_was_stated_is_monitored_by_make_and_length():
    decided()

    told = queries.monitor(viewer=ANALYST)

    assert told.whole.cases == SIZE
    assert told.whole.error == pytest.approx(0.66, abs=0.02)
    assert set(told.by_make) == {"GLOCK"}
    assert set(told.by_length) == {"7-8"}


def entered_twice(size, *, misread=3):
    """Enter arms in two procedures, some with a digit left out the second time."""
    recovered = []
    for n in range(size):
        serial = f"{'ABDHKMRTW'[n % 9]}XK{(n * 7919) % 99991:05d}"
        other = serial[:4] + serial[5:] if n % misread == 0 else serial
        recovered += [
            builders.a_recovery(
                f"{case}-{n}",
                description=builders.glock(written),
                case_number=f"{case}-{n}",
            )
            for case, written in ((1, serial), (2, other))
        ]
    found = builders.recovered(*recovered)
    for first, second in zip(found[::2], found[1::2], strict=True):
        stated = judging.StatedPairJudgement(second, first, Judgement.SAME, "looked at")
        judging.judge_pair(stated=stated, by=ANALYST, at=NOW)
    return found


def test_misread_serials_are_learned_from_arms_entered_twice_and_used():
    found = entered_twice(entries.FEWEST_PAIRS)

    made = tunings.propose_serials(by=ANALYST, at=LATER)

    shipped = ranking.channel_in_use({})
    assert made.content["serial"]["missed"] > shipped.serial.missed
    assert made.content["counted"]["pairs"] == made.cases == 75
    assert made.is_better
    assert queries.monitor(viewer=ANALYST).basis == channel.PUBLISHED
    use(made)
    card, used = queries.matching_tunings(viewer=SUPERVISOR)[0], best()
    assert card.errors[0].shipped == shipped.serial.substituted
    assert used.model == f"{shipped.model}+s{made.pk}"
    assert "75 arms that two people entered" in str(used.basis)
    repeat_recoveries.note_resightings(recovery_ids=found[-2:], by=ANALYST, at=LATER)
    assert f"+s{made.pk} " in Resighting.objects.latest("pk").model_version


def test_MT_04_few_arms_entered_twice_leave_the_published_rates():
    entered_twice(5)

    with pytest.raises(RuleBroken) as refused:
        tunings.propose_serials(by=ANALYST, at=LATER)

    assert refused.value.rule == "MT-04"
    assert "5; needed: 100. Until then the published rates" in str(refused.value)


def test_a_pair_that_people_found_different_is_not_learned_from():
    found = entered_twice(2)
    stated = judging.StatedPairJudgement(
        found[1], found[0], Judgement.DIFFERENT, "looked at again"
    )
    judging.judge_pair(stated=stated, by=ANALYST, at=LATER)

    assert len(labelled_cases.pairs_entered()) == 1
