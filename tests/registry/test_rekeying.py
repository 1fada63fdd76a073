"""A change of look-alikes makes the keys anew while searches go on."""

from collections.abc import Iterator

import pytest

from armstrace.analysis.marks import folding, tables
from armstrace.analysis.marks.description import Description
from armstrace.analysis.marks.identify import identify
from armstrace.analysis.matching.keys import RECIPE, storage_keys, tail_keys
from armstrace.jobs import tasks
from armstrace.jobs.models import Job
from armstrace.jobs.running import JobContext, Progress
from armstrace.registry import jobs, key_check, queries, rekeying
from armstrace.registry.models import KeyStoreState, SerialKey
from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.jobs import JobState
from tests import builders
from tests.cast import ANALYST, NOW, SYSTEM

pytestmark = pytest.mark.django_db

FOUR_LIKE_A = ["0OQD", "1IL", "5S", "8B", "2Z", "6G", "VUY", "4A"]
SERIALS = ("ABC124", "ABC125", "XYZ987", "QRS111")


@pytest.fixture
def look_alikes(tmp_path) -> Iterator[object]:
    """Give what puts a file of look-alikes into force."""

    def put(version: int, classes: list[str]) -> None:
        text = f"version = {version}\nclasses = {classes}\n".replace("'", '"')
        (tmp_path / folding.NAME).write_text(text, encoding="utf-8")
        tables.use(tmp_path)

    yield put
    tables.use(None)


@pytest.fixture
def arms() -> list[int]:
    """Register arms with a serial each."""
    builders.key_store()
    stated = [
        builders.an_arm(number=f"A{n}", description=builders.glock(serial))
        for n, serial in enumerate(SERIALS)
    ]
    return builders.registered(*stated)


def found(serial: str) -> list[str]:
    """Give the numbers of the arms that a search lists."""
    read = Description(make="Glock", serial=serial)
    ranking = queries.candidates_for(identify(read), viewer=ANALYST)
    return [one.registry_id for one in ranking.candidates]


def keys() -> set[tuple[int, int, int]]:
    """Give the key store."""
    return set(SerialKey.objects.values_list("key", "make_code", "arm_id"))


def test_keys_are_made_anew_and_the_old_ones_taken_away(arms, look_alikes) -> None:
    before = keys()
    look_alikes(2, FOUR_LIKE_A)

    now = rekeying.run(lambda _: None, rows=3)

    assert (now.step, now.version) == ("NONE", 2)
    assert keys() != before
    look_alikes(3, FOUR_LIKE_A[:-1])
    rekeying.run(lambda _: None)
    assert keys() == before


def test_searches_find_arms_at_every_step(arms, look_alikes) -> None:
    look_alikes(2, FOUR_LIKE_A)
    rekeying.begin()

    while rekeying.standing().step != "NONE":
        assert str(arms[0]) in found("ABC124")
        rekeying.advance(rows=1)

    assert str(arms[0]) in found("ABC124")
    assert str(arms[0]) in found("4BC12A")


def test_an_arm_that_is_registered_meanwhile_has_the_new_keys_too(
    arms, look_alikes
) -> None:
    look_alikes(2, FOUR_LIKE_A)
    rekeying.begin()
    rekeying.advance(rows=2)

    (late,) = builders.registered(
        builders.an_arm(number="LATE", description=builders.glock("MNA774"))
    )
    rekeying.run(lambda _: None)

    assert str(late) in found("MN477A")


def test_a_serial_that_is_corrected_meanwhile_leaves_no_old_key(
    arms, look_alikes
) -> None:
    look_alikes(2, FOUR_LIKE_A)
    rekeying.begin()
    rekeying.advance()
    corrected = builders.an_arm(number="A2", description=builders.glock("XYZ444"))

    builders.registered(corrected, reason="misread")
    rekeying.run(lambda _: None)
    whole = keys()
    SerialKey.objects.all().delete()
    KeyStoreState.objects.update(version=9, classes=["xy"])
    rekeying.run(lambda _: None)

    assert keys() == whole


def test_progress_only_grows(arms, look_alikes) -> None:
    look_alikes(2, FOUR_LIKE_A)
    shares: list[float] = []

    rekeying.run(lambda now: shares.append(now.share), rows=1)

    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_other_classes_under_the_same_version_are_refused(arms, look_alikes) -> None:
    look_alikes(1, FOUR_LIKE_A)

    with pytest.raises(InvalidInput, match="another version"):
        rekeying.begin()


def test_nothing_is_done_where_nothing_changed(arms) -> None:
    before = keys()

    assert not rekeying.begin()
    assert keys() == before


def registered_before_parts_had_keys() -> int:
    """Register an arm whose number is in parts, with the keys of an earlier time."""
    (arm,) = builders.registered(
        builders.an_arm(number="PARTS", description=builders.glock("38271-78832-HK"))
    )
    whole = {*storage_keys("3827178832HK")} - {*tail_keys("3827178832HK")}
    SerialKey.objects.filter(arm_id=arm).exclude(key__in=whole).delete()
    KeyStoreState.objects.update(recipe=1)
    return arm


def test_arms_of_before_get_the_keys_that_came_since(arms) -> None:
    before = keys()
    arm = registered_before_parts_had_keys()
    assert key_check.check(lambda _what, _count: None).wrong == (arm,)
    assert str(arm) not in found("78832HK")
    assert rekeying.is_needed()

    rekeying.run(lambda _: None, rows=2)

    assert key_check.check(lambda _what, _count: None).wrong == ()
    assert str(arm) in found("78832HK")
    assert before < keys()
    assert not rekeying.is_needed()
    assert not rekeying.begin()


def test_keys_that_were_half_made_by_an_earlier_release_are_made_again(
    arms, look_alikes
) -> None:
    look_alikes(2, FOUR_LIKE_A)
    rekeying.begin()
    rekeying.advance(rows=99)
    arm = registered_before_parts_had_keys()
    KeyStoreState.objects.update(other_recipe=1, through=arm)

    rekeying.run(lambda _: None)

    assert str(arm) in found("78832HK")
    assert KeyStoreState.objects.get().recipe == RECIPE


def test_a_register_without_arms_needs_no_keys_made_anew() -> None:
    assert not rekeying.is_needed()


def test_a_character_in_two_classes_is_refused(look_alikes) -> None:
    with pytest.raises(InvalidInput, match="leave each in one class"):
        look_alikes(2, ["0O", "OQ"])


def test_the_keys_are_made_by_a_job_that_ends(arms, look_alikes) -> None:
    look_alikes(2, FOUR_LIKE_A)

    job = jobs.begin_rekeying(by=SYSTEM, at=NOW)
    assert job is not None
    same = jobs.begin_rekeying(by=SYSTEM, at=NOW)
    tasks.enqueue(job.pk, by=SYSTEM, at=NOW)

    done = Job.objects.get()
    assert same == job
    assert (done.state, done.done) == (JobState.DONE, done.expected)
    assert rekeying.standing().version == 2
    assert jobs.begin_rekeying(by=SYSTEM, at=NOW) is None


def test_MT_06_a_process_that_was_overtaken_makes_no_more_keys(
    arms, look_alikes
) -> None:
    look_alikes(2, FOUR_LIKE_A)
    job = jobs.begin_rekeying(by=SYSTEM, at=NOW)
    assert job is not None

    def overtake(progress: Progress) -> None:
        Job.objects.update(worker="another")

    with pytest.raises(RuleBroken) as refused:
        jobs.rekey(job, SYSTEM, NOW, JobContext(progress=overtake))

    assert refused.value.rule == "MT-06"


@pytest.mark.parametrize("read", ["T6472", "012345"])
def test_a_number_cut_anywhere_is_found_in_the_database(read) -> None:
    (arm,) = builders.registered(
        builders.an_arm(number="LONG", description=builders.glock("T647217A012345"))
    )

    assert str(arm) in found(read)


def test_a_second_number_of_a_registered_arm_is_found_in_the_database() -> None:
    (arm,) = builders.registered(
        builders.an_arm(
            number="TWO",
            description=builders.glock("KLD22999 (frame) and THP33110 (barrel)"),
        )
    )

    assert str(arm) in found("THP33110")
