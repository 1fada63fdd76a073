"""Stores are counted as sets, and every difference is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.custody import counting as comparing
from armstrace.custody import queries
from armstrace.custody.actions import counting, handing
from armstrace.custody.models import CountDifference, CountedNumber, Exhibit, Store
from armstrace.vocabulary.custody import CountAnswer, CountFinding, CustodyAct
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests import cast
from tests.custody import desk

NAME = desk.KEEPER.name
NUMBERS = st.sampled_from([f"E{n}" for n in range(1, 8)])


@pytest.mark.pure
@given(st.sets(NUMBERS), st.lists(NUMBERS), st.sets(NUMBERS))
def test_the_lists_of_a_count_are_what_a_slow_count_gives(expected, seen, known):
    found = comparing.compare(expected, seen, known)

    for number in {*expected, *seen}:
        assert (number in found.found) == (number in expected and number in seen)
        assert (number in found.missing) == (number in expected and number not in seen)
        away = number in seen and number not in expected
        assert (number in found.elsewhere) == (away and number in known)
        assert (number in found.unexpected) == (away and number not in known)
        assert (number in found.twice) == (seen.count(number) > 1)


def counted(*texts, is_blind=True, place=""):
    """Count a store with three exhibits on two shelves, one elsewhere."""
    store, other = desk.store(), desk.store("Annexe")
    made = [
        desk.received(f"N-{n}", store=home, place=shelf)
        for n, (home, shelf) in enumerate(
            ((store, "1"), (store, "1 / a"), (store, "10"), (other, "")), 1
        )
    ]
    count = counting.open_count(
        store_id=store.pk, place=place, is_blind=is_blind, by=desk.KEEPER, at=cast.NOW
    )
    names = {f"{n}": f"E{one.pk}" for n, one in enumerate(made, 1)}
    scanned = [names.get(text, text) for text in texts]
    counting.add_numbers(count_id=count.pk, texts=scanned, by=desk.KEEPER, at=cast.NOW)
    return count, [f"E{one.pk}" for one in made]


def note(count, *texts):
    return counting.add_numbers(
        count_id=count.pk, texts=texts, by=desk.KEEPER, at=cast.NOW
    )


def close(count):
    counting.close_count(count_id=count.pk, by=desk.KEEPER, at=cast.NOW)
    return queries.count_page(count.pk, viewer=desk.KEEPER)


def answer(count, number, finding=CountFinding.MISSING, said="at the range", **by):
    return counting.answer_differences(
        count_id=count.pk,
        stated=[
            counting.StatedDifference(number, finding, CountAnswer.EXPLAINED, said)
        ],
        by=by.get("by", desk.KEEPER),
        at=cast.NOW,
    )


@pytest.mark.django_db
def test_a_count_tells_found_missing_unexpected_twice_and_elsewhere():
    count, (one, two, three, four) = counted("1", "2", "2", "4", "X-99", "")

    page = close(count)

    assert page.compared.found == (one, two)
    assert page.compared.missing == (three,)
    assert page.compared.twice == (two,)
    assert page.compared.elsewhere == (four,)
    assert page.compared.unexpected == ("X-99",)
    assert page.expected == 3
    assert [one.answer for one in page.differences] == [None] * 4
    assert {one.where for one in page.differences if one.number == four} == {"Annexe"}


@pytest.mark.django_db
def test_a_shelf_is_counted_with_what_is_deeper_in_it_and_not_its_namesake():
    count, (one, two, _, _) = counted(place="1")

    assert close(count).compared.missing == (one, two)


@pytest.mark.django_db
def test_any_number_of_a_bag_may_be_scanned():
    store = desk.store()
    made = desk.received(store=store)
    count = counting.open_count(store_id=store.pk, by=desk.KEEPER, at=cast.NOW)

    for text in (f"e{made.pk}", f"R{made.recovery_id}", "S-77", "C-5"):
        counting.add_numbers(
            count_id=count.pk, texts=[text], by=desk.KEEPER, at=cast.NOW
        )

    rows = CountedNumber.objects.values_list("exhibit_id", flat=True)
    assert list(rows) == [made.pk] * 4


@pytest.mark.django_db
def test_two_numbers_of_one_bag_are_not_seen_twice():
    count, (one, *_) = counted("1")
    recovery = Exhibit.objects.get(pk=one[1:]).recovery_id

    note(count, f"R{recovery}")
    assert (found := close(count)).compared.twice == ()
    assert found.compared.found == (one,)


@pytest.mark.django_db
def test_a_number_that_no_exhibit_bears_is_named_at_once():
    count, _ = counted("1")

    assert note(count, "E1000", "nonsense", "nonsense") == ("E1000", "nonsense")


@pytest.mark.django_db
def test_EX_40_a_number_noted_in_error_is_struck_out_and_kept():
    count, _ = counted("1", "nonsense")

    counting.strike_numbers(
        count_id=count.pk, texts=["nonsense"], by=desk.KEEPER, at=cast.NOW
    )
    with pytest.raises(RuleBroken, match="nonsense is not among") as refused:
        counting.strike_numbers(
            count_id=count.pk, texts=["nonsense"], by=desk.KEEPER, at=cast.NOW
        )

    assert refused.value.rule == "EX-40"
    assert CountedNumber.objects.get(as_scanned="nonsense").struck_by == NAME
    page = close(count)
    assert (page.scanned, page.compared.unexpected) == (1, ())


@pytest.mark.django_db
def test_an_open_blind_count_shows_nothing_that_is_expected():
    count, _ = counted("1")

    page = queries.count_page(count.pk, viewer=desk.KEEPER)

    assert (page.scanned, page.expected, page.compared) == (1, None, None)
    assert page.differences == ()


@pytest.mark.django_db
def test_an_open_count_may_be_opened_with_its_list():
    count, _ = counted("1", is_blind=False)

    assert queries.count_page(count.pk, viewer=desk.KEEPER).expected == 3


@pytest.mark.django_db
def test_the_result_stays_that_of_the_close_and_nothing_is_corrected():
    count, (_, _, three, four) = counted("4")
    before = close(count)
    elsewhere = desk.now(Exhibit.objects.get(pk=int(four[1:])))
    assert elsewhere.store.name == "Annexe"

    exhibit = Exhibit.objects.get(pk=int(three[1:]))
    later = cast.NOW.replace(hour=20)
    handing.act_on_exhibit(
        exhibit_id=exhibit.pk,
        act=CustodyAct.MOVED,
        told=desk.told(store_id=count.store_id, place="elsewhere"),
        by=desk.KEEPER,
        at=later,
    )

    assert queries.count_page(count.pk, viewer=desk.KEEPER) == before


@pytest.mark.django_db
def test_a_difference_is_explained_once_CU_23():
    count, (_, _, three, _) = counted("1", "2")
    close(count)

    answer(count, three)
    for number, finding in (
        (three, CountFinding.MISSING),
        ("E999", CountFinding.MISSING),
        (three, CountFinding.TWICE),
    ):
        with pytest.raises(RuleBroken) as refused:
            answer(count, number, finding)
        assert refused.value.rule == "EX-23"

    assert CountDifference.objects.get().explanation == "at the range"
    answered = queries.count_page(count.pk, viewer=desk.KEEPER).differences
    assert all(one.answer is not None for one in answered)
    (row,) = queries.count_rows(viewer=desk.KEEPER, page=PageRequest()).rows
    assert (row.scanned, row.answered) == (2, 1)


@pytest.mark.django_db
def test_an_answer_says_something():
    count, (one, *_) = counted()
    close(count)

    with pytest.raises(RuleBroken) as refused:
        answer(count, one, said=" ")

    assert refused.value.rule == "EX-03"
    assert not CountDifference.objects.exists()


@pytest.mark.django_db
def test_EX_21_a_closed_count_takes_no_more_numbers():
    count, _ = counted()
    close(count)

    for again in (
        lambda: close(count),
        lambda: note(count, "E1"),
        lambda: counting.strike_numbers(
            count_id=count.pk, texts=["E1"], by=desk.KEEPER, at=cast.NOW
        ),
    ):
        with pytest.raises(RuleBroken) as refused:
            again()
        assert refused.value.rule == "EX-21"
    assert not CountedNumber.objects.exists()


@pytest.mark.django_db
def test_EX_22_a_store_is_counted_once_at_a_time():
    count, _ = counted()

    with pytest.raises(RuleBroken) as refused:
        counting.open_count(store_id=count.store_id, by=desk.KEEPER, at=cast.NOW)

    assert refused.value.rule == "EX-22"
    assert count.reference in str(refused.value)


@pytest.mark.django_db
def test_EX_22_rooms_are_counted_at_the_same_time_and_none_twice():
    kept = desk.store().pk
    told = {"store_id": kept, "by": desk.KEEPER, "at": cast.NOW}
    counting.open_count(place="Room 1", **told)

    second = counting.open_count(place="Room 10 / a", **told)

    for place in ("", "room1", "Room 1 / shelf", "Room 10", "Room 10/a"):
        with pytest.raises(RuleBroken) as refused:
            counting.open_count(place=place, **told)
        assert refused.value.rule == "EX-22"
    assert counting.open_count(place="Room 10 / b", **told).pk > second.pk


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "rule"), [(" ", "EX-24"), ("Depot", "EX-25")])
def test_a_store_has_a_name_of_its_own(name, rule):
    desk.store()

    with pytest.raises(RuleBroken) as refused:
        desk.store(name)

    assert refused.value.rule == rule
    assert Store.objects.count() == 1


@pytest.mark.django_db
def test_a_stranger_counts_no_store_of_another_agency():
    count, _ = counted()

    with pytest.raises(NotFound):
        queries.count_page(count.pk, viewer=desk.OTHER_KEEPER)
    with pytest.raises(NotFound):
        counting.close_count(count_id=count.pk, by=desk.OTHER_KEEPER, at=cast.NOW)
    with pytest.raises(NotPermitted):
        counting.close_count(count_id=count.pk, by=cast.OFFICER, at=cast.NOW)
    assert queries.stores(viewer=desk.OTHER_KEEPER) == []
