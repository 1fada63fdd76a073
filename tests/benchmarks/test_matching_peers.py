"""Peers of matching get the same readings, in plain words, and are counted alike."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching.cards import Card, Query
from benchmarks import matching_peers as peers
from benchmarks import matching_peers_databases as databases
from benchmarks import matching_peers_memory as memory
from benchmarks import matching_peers_reading as reading
from benchmarks import matching_peers_table as tables
from benchmarks.matching_figures import Answer, Result
from benchmarks.matching_register import Register

SERIALS = st.text("AB01", min_size=1, max_size=6)


def register_of(serials: list[str]) -> Register:
    profiles = [Card("", make="TAURUS", model="PT 92", calibre="9X19")]
    serial = np.array([one.encode() for one in serials])
    return Register([], profiles, np.zeros(len(serials), np.int32), serial)


def row(name: str, ms: list[float], first: list[bool], *, batch: bool = False) -> dict:
    result = Result(name)
    for one, is_first in zip(ms, first, strict=True):
        result.take(Answer([("7" if is_first else "8", 1.0)]), "7", "none", one)
    return tables.Measured(name, result, tables.Memory(), is_batch=batch).row()


@pytest.mark.parametrize(
    ("written", "number"),
    [("АВ-12 34", "AB1234"), ("s/n 12?4*", "SN124"), (" ٣٤.x ", "34X"), ("—", "")],
)
def test_a_serial_is_upper_case_latin_without_punctuation(
    written: str, number: str
) -> None:
    assert reading.number(written) == number


@given(st.text(max_size=30))
def test_plain_words_of_plain_words_are_the_same(text: str) -> None:
    once = reading.words(text)

    assert reading.words(once) == once
    assert all(char.isalnum() or char == " " for char in once)


def test_a_peer_gets_no_synonyms() -> None:
    query = reading.query("1", Description(make="F.N. Herstal", calibre="9mm Para"))

    assert (query.make, query.calibre) == ("F N HERSTAL", "9MM PARA")


def test_the_likest_arm_comes_first_and_unread_fields_do_not_count() -> None:
    query = Query(serial="AB123", make="TAURUS")
    near = Card("near", serial="AB124", make="TAURUS", model="PT 92")
    same = Card("same", serial="AB123", make="TAURUS", model="OTHER")

    best = reading.ranked(query, [near, same])

    assert [registry_id for registry_id, _ in best] == ["same", "near"]
    assert best[0][1] == pytest.approx(1)


@given(SERIALS, SERIALS)
def test_likeness_lies_between_nothing_and_one(one: str, other: str) -> None:
    likeness = reading.likeness(Query(serial=one), Card("", serial=other))

    assert 0 <= likeness <= 1 + 1e-9
    assert likeness == pytest.approx(
        reading.likeness(Query(serial=other), Card("", serial=one))
    )


def test_all_peers_are_fewer_for_a_large_register() -> None:
    large, left_out = peers.chosen("all", 10_000_000)

    assert peers.chosen("all", 1_000_000) == (list(peers.PEERS), [])
    assert "duckdb-jw" in large
    assert "rapidfuzz-jw" in left_out
    assert peers.chosen("splink, pg-exact", 10_000_000) == (["splink", "pg-exact"], [])


def test_a_peer_that_is_not_known_is_named() -> None:
    with pytest.raises(ValueError, match="no peer is called elastic"):
        peers.chosen("splink,elastic", 5000)


@given(st.sampled_from(list(peers.PEERS)), st.integers(1, 10**8))
def test_a_slow_peer_gets_fewer_readings(name: str, size: int) -> None:
    asked = peers.asked_of(name, size, 2500)

    assert peers.FEWEST <= asked <= 2500
    assert asked >= peers.asked_of(name, size * 2, 2500)


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = peers.Peer("no_such_package", databases.sqlite_exact, 1)
    monkeypatch.setitem(peers.PEERS, "absent", absent)
    monkeypatch.delenv("DATABASE_URL", raising=False)

    assert peers.lacking("absent") == "not installed: no_such_package"
    assert peers.lacking("pg-exact").startswith("no PostgreSQL")
    assert peers.lacking("rapidfuzz-jw") == ""


@given(st.lists(SERIALS, min_size=1, max_size=20, unique=True), SERIALS)
def test_a_scan_within_two_edits_finds_what_a_slow_count_finds(
    serials: list[str], read: str
) -> None:
    held = memory.rapidfuzz_osa(register_of(serials), Path())

    near = {n for n, one in enumerate(serials) if OSA.distance(one, read) <= 2}
    assert set(held.find(Query(serial=read))) == near


def test_an_exact_index_finds_every_bearer(tmp_path: Path) -> None:
    held = databases.sqlite_exact(register_of(["A1", "A2", "A1"]), tmp_path)

    assert sorted(held.find(Query(serial="A1"))) == [0, 2]
    assert held.find(Query(serial="A3")) == []
    assert held.stored_bytes > 0


def test_peers_are_compared_on_the_readings_that_they_had() -> None:
    ours = row("armstrace sqlite", [1, 3, 100], [True, True, False])
    peer = row("peer", [20, 40], [False, True])

    told = tables.compared([ours, peer], ["armstrace sqlite"])[1]

    assert told["times_of"] == {"armstrace sqlite": 15}
    assert told["armstrace_recall_at_1"]["share"] == 1
    assert (told["only_armstrace_first"], told["only_peer_first"]) == (1, 0)
    assert "single" not in told


def test_a_peer_that_answers_at_once_is_compared_by_the_mean() -> None:
    ours = row("armstrace sqlite", [1, 1, 10], [True] * 3)
    peer = row("peer", [8, 8, 8], [True] * 3, batch=True)

    told = tables.compared([ours, peer], ["armstrace sqlite"])[1]

    assert told["times_of"] == {"armstrace sqlite": 2}


def test_readings_are_counted_by_their_error() -> None:
    result = Result("peer")
    result.take(Answer([("7", 1.0)]), "7", "dropped", 1)
    result.take(Answer([("8", 1.0), ("7", 0.5)]), "7", "dropped", 3)
    result.take(Answer([]), "", "dropped", 9)

    told = tables.Measured("peer", result, tables.Memory()).row()["by_error"]

    counts = {
        name: told["dropped"][name] for name in ("readings", "first", "within_ten")
    }
    assert counts == {"readings": 2, "first": 1, "within_ten": 2}
    assert told["dropped"]["p50_ms"] == 2
    assert told["not registered"]["readings"] == 1


def test_only_probabilities_have_a_calibration_error() -> None:
    result = Result("one")
    result.take(Answer([("7", 0.9)]), "7", "none", 1)

    likeness = tables.Measured("one", result, tables.Memory()).row()
    probability = tables.Measured(
        "one", result, tables.Memory(), states_probability=True
    ).row()

    assert "calibration_error" not in likeness
    assert probability["calibration_error"] == pytest.approx(0.1)


def test_the_table_has_a_line_for_each_method_and_names_what_is_missing() -> None:
    ours = row("armstrace sqlite", [1], [True])
    absent = tables.Measured("tantivy-1", missing="not installed: tantivy").row()

    lines = tables.table(tables.compared([ours, absent], ["armstrace sqlite"]))

    assert lines.count("| armstrace sqlite |") == 1
    assert "tantivy-1: not installed: tantivy" in lines
