import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.marks import search_keys
from armstrace.analysis.matching import keys

pytestmark = pytest.mark.pure

CHARACTERS = string.ascii_uppercase + string.digits
serials = st.text(CHARACTERS, min_size=3, max_size=14)


@st.composite
def one_edit(draw) -> tuple[str, str]:
    """Draw a serial and the same with one character edited."""
    serial = draw(serials)
    place = draw(st.integers(0, len(serial) - 1))
    other = draw(st.sampled_from(CHARACTERS))
    before, after = serial[:place], serial[place:]
    swapped = after[1:2] + after[:1] + after[2:]
    read = draw(
        st.sampled_from(
            [before + after[1:], before + other + after[1:], before + other + after,
             before + swapped, serial + other, serial]
        )
    )  # fmt: skip
    return serial, read


def retrieves(serial: str, read: str, *, tier: int) -> bool:
    return not set(keys.storage_keys(serial)).isdisjoint(keys.query_keys(read, tier))


@given(one_edit())
def test_tier_1_retrieves_any_one_edit(pair):
    assert retrieves(*pair, tier=1)


@given(serials, st.data())
@settings(max_examples=60)
def test_tier_2_retrieves_two_edits_one_of_which_keeps_the_kind_of_sign(serial, data):
    read = serial
    for is_any in (True, False):
        place = data.draw(st.integers(0, max(len(read) - 1, 0)))
        kept = read[place : place + 1].isdigit()
        alike = string.digits if kept else string.ascii_uppercase
        signs = CHARACTERS if is_any else alike
        other = data.draw(st.sampled_from([*signs, ""]))
        read = read[:place] + other + read[place + 1 :]
    if len(read) < 2:
        return

    assert retrieves(serial, read, tier=2)


@given(serials, st.data())
@settings(max_examples=40)
def test_unread_characters_still_retrieve(serial, data):
    unread = data.draw(st.sets(st.integers(0, len(serial) - 1), min_size=1, max_size=2))
    read = "".join("?" if n in unread else c for n, c in enumerate(serial))
    if len(serial) - len(unread) < 2:
        return

    assert retrieves(serial, read, tier=2)


@given(serials, st.data())
@settings(max_examples=60)
def test_an_unread_character_and_an_edit_elsewhere_still_retrieve(serial, data):
    unread = data.draw(st.integers(0, len(serial) - 1))
    edited = data.draw(st.integers(0, len(serial)).filter(lambda n: n != unread))
    written = data.draw(st.sampled_from([*CHARACTERS, ""]))
    signs = ["?" if n == unread else c for n, c in enumerate(serial)]
    read = "".join([*signs[:edited], written, *signs[edited + 1 :]])
    if len(read) - 1 < 2:
        return

    assert retrieves(serial, read, tier=2)


@pytest.mark.parametrize("lost", [1, 2])
def test_a_star_stands_for_a_lost_end_in_tier_1(lost):
    assert retrieves("TAB12345", "TAB12345"[:-lost] + "*", tier=1)


@pytest.mark.parametrize("lost", [3, 4])
def test_a_star_stands_for_a_longer_lost_end_in_tier_2(lost):
    assert retrieves("TAB12345", "TAB12345"[:-lost] + "*", tier=2)


@pytest.mark.parametrize(
    ("registered", "read"),
    [("ASTI69745", "69745"), ("69745", "ASTI69745"), ("12345AB", "12345")],
)
def test_a_lost_or_added_prefix_of_letters_is_retrieved(registered, read):
    assert retrieves(registered, read, tier=1)


@pytest.mark.parametrize("serial", ["", "?", "**", "A?", "?*"])
def test_too_little_read_gives_no_keys(serial):
    assert keys.query_keys(serial, 2) == ()


@given(st.lists(st.text(CHARACTERS + "?*ПЖ", max_size=30), max_size=20))
def test_the_bulk_table_holds_the_single_keys(many):
    table, rows = keys.storage_key_table(many)

    pairs = {(key, row) for row, serial in enumerate(many)
             for key in keys.storage_keys(serial)}  # fmt: skip
    assert set(zip(table.tolist(), rows.tolist(), strict=True)) == pairs
    assert np.all(table[1:] >= table[:-1])


@given(st.text(max_size=300))
def test_keys_are_signed_64_bit_and_bounded_for_any_text(text):
    stored = keys.storage_keys(text)

    assert all(-(2**63) <= key < 2**63 for key in stored)
    assert len(stored) <= 28
    assert len(keys.query_keys(text, 1)) <= 20_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("382-78832", {"382", "78832"}),
        ("T6368-15 C00284", {"T6368", "15C00284", "T636815", "C00284"}),
        ("AB 12", set()),
        ("12345", set()),
        ("raspado - 382", set()),
        ("SN 382/78832", {"382", "78832"}),
    ],
)
def test_a_number_in_parts_has_beginnings_and_ends(text, found):
    assert set(search_keys.ends(text)) == found


@given(st.text(max_size=60))
def test_ends_of_any_text_are_shorter_than_its_key(text):
    key = search_keys.search_key(text)

    for end in search_keys.ends(text):
        assert key != end
        assert key.startswith(end) or key.endswith(end)


def test_keys_of_ends_stand_in_the_bulk_table_too():
    ends = search_keys.ends("382-78832")
    table, rows = keys.storage_key_table(["A1", "38278832"], ends={1: ends})

    stored = set(zip(table.tolist(), rows.tolist(), strict=True))
    for key in keys.storage_keys("38278832", ends=ends):
        assert (key, 1) in stored
