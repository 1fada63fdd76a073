"""Twenty-two lives written by hand, each with its holder and diversion."""

from datetime import date
from typing import NamedTuple

import pytest

from armstrace.analysis.provenance.chain import chain_of
from armstrace.analysis.provenance.events import Event
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.tracing import DiversionKind, GapKind
from tests.analysis.provenance.lives import HOME, bought, event

pytestmark = pytest.mark.pure


class Life(NamedTuple):
    name: str
    events: list[Event]
    holder: str
    kind: str
    on: str = ""
    gaps: tuple[str, ...] = ()
    taken_from_holder: Known = Known.UNKNOWN
    companions: int = 0
    recovered_on: str = "2024-03-01"


def state_pistol() -> list[Event]:
    return [
        event("MANUFACTURED", "2001-02-01", "", "M1"),
        event("ISSUED_TO_STATE", "2001-08-01", "M1", "S1"),
    ]


LIVES = [
    Life(
        "stolen from its holder",
        [*bought(), event("STOLEN", "2019-07-01", "P1")],
        "P1",
        "HOLDER_THEFT",
        "2019-07-01",
    ),
    Life(
        "lost by its holder",
        [*bought(), event("LOST", "2018-01-05", "P1")],
        "P1",
        "HOLDER_LOSS",
        "2018-01-05",
    ),
    Life(
        "stolen from a dealer",
        [*bought()[:3], event("STOLEN", "2015-02-02", "D1")],
        "D1",
        "DEALER",
        "2015-02-02",
    ),
    Life(
        "stolen from an importer",
        [*bought()[:2], event("STOLEN", "2014-07-02", "I1")],
        "I1",
        "IMPORTER",
        "2014-07-02",
    ),
    Life(
        "stolen between importer and dealer",
        [*bought()[:2], event("STOLEN", "2014-07-02", "I1", "D1")],
        "I1",
        "IN_TRANSIT",
        "2014-07-02",
    ),
    Life(
        "stolen from State stock",
        [*state_pistol(), event("STOLEN", "2010-01-01", "S1")],
        "S1",
        "STATE_STOCK",
        "2010-01-01",
    ),
    Life(
        "still on the State's books",
        state_pistol(),
        "S1",
        "STATE_STOCK",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "one of five bought together",
        bought(on="2023-11-02"),
        "P1",
        "STRAW_PURCHASE",
        "2023-11-02",
        ("UNRECORDED_DISPOSAL",),
        companions=4,
    ),
    Life(
        "left its holder unrecorded",
        bought(),
        "P1",
        "HOLDER_SALE",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "taken from its lawful holder",
        bought(),
        "P1",
        "",
        taken_from_holder=Known.YES,
    ),
    Life(
        "kept after the licence ended",
        [*bought(), event("LICENCE_LAPSED", "2020-05-05", "P1")],
        "P1",
        "LICENCE_ENDED",
        "2020-05-05",
        ("UNRECORDED_DISPOSAL",),
        taken_from_holder=Known.YES,
    ),
    Life(
        "left behind by the dead",
        [*bought(), event("LICENCE_LAPSED", "2020-05-05", "P1", document="DEATH 7")],
        "P1",
        "HOLDER_LOSS",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "never sold by the dealer",
        bought()[:3],
        "D1",
        "DEALER",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "never sold by its maker",
        [event("MANUFACTURED", "2020-02-01", "", "M1")],
        "M1",
        "MANUFACTURER",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "destroyed on paper",
        [
            *bought(),
            event("RECOVERED", "2019-01-01"),
            event("CONFISCATED", "2019-06-01", "P1", "S2"),
            event("DESTROYED", "2020-01-01", "S2"),
        ],
        "S2",
        "DESTRUCTION_SITE",
        gaps=("AFTER_END",),
    ),
    Life(
        "deactivated and live again",
        [*bought(), event("DEACTIVATED", "2018-04-04", "P1", "P1")],
        "P1",
        "POST_DEACTIVATION",
        gaps=("AFTER_END",),
    ),
    Life(
        "vanished from the evidence store",
        [*bought(), event("RECOVERED", "2019-01-01", "P1", "S3")],
        "P1",
        "EVIDENCE_STORE",
        gaps=("UNRECORDED_DISPOSAL",),
    ),
    Life(
        "exported and come back",
        [*bought()[:3], event("EXPORTED", "2016-01-01", "D1", "F2", country="DE")],
        "F2",
        "",
        gaps=("ABROAD",),
    ),
    Life(
        "stolen, found again, then inherited and stolen",
        [
            *bought(),
            event("STOLEN", "2016-01-01", "P1"),
            event("FOUND_AGAIN", "2016-03-01", "", "P1"),
            event("INHERITED", "2018-01-01", "P1", "P2"),
            event("STOLEN", "2022-01-01", "P2"),
        ],
        "P2",
        "HOLDER_THEFT",
        "2022-01-01",
    ),
    Life(
        "sold on after it was stolen",
        [
            *bought(),
            event("STOLEN", "2016-01-01", "P1"),
            event("TRANSFERRED", "2017-01-01", "P8", "P9"),
        ],
        "P1",
        "HOLDER_THEFT",
        "2016-01-01",
        ("HOLDER_MISMATCH", "UNRECORDED_DISPOSAL"),
    ),
    Life(
        "given by someone who did not hold it",
        [*bought(), event("TRANSFERRED", "2017-01-01", "P8", "P9")],
        "P9",
        "",
        gaps=("HOLDER_MISMATCH", "UNRECORDED_DISPOSAL"),
    ),
    Life(
        "made abroad and sold here without an import",
        [bought()[0], bought()[3], event("LOST", "2020-01-01", "P1")],
        "P1",
        "HOLDER_LOSS",
        "2020-01-01",
        ("NO_IMPORT_RECORD",),
    ),
]


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_chain_resolves_to_its_holder_and_point_of_diversion(life):
    chain = chain_of(
        life.events,
        recovered_on=date.fromisoformat(life.recovered_on),
        home_country=HOME,
        taken_from_is_holder=life.taken_from_holder,
        companions=life.companions,
    )

    found = chain.proposal
    assert chain.last_lawful_holder.holder == life.holder
    assert (found.kind if found else "") == life.kind
    assert (found.on.isoformat() if found and found.on else "") == life.on
    assert tuple(gap.kind for gap in chain.gaps) == life.gaps


def test_an_arm_without_records_has_no_holder_and_no_proposal():
    chain = chain_of([], recovered_on=date(2024, 1, 1), home_country=HOME)

    assert chain.last_lawful_holder is None
    assert chain.proposals == ()
    assert chain.gaps == ()


def test_every_hop_of_a_proposal_cites_a_record():
    for life in LIVES:
        chain = chain_of(
            life.events,
            recovered_on=date.fromisoformat(life.recovered_on),
            home_country=HOME,
            taken_from_is_holder=life.taken_from_holder,
            companions=life.companions,
        )
        keys = {event.key for event in life.events}
        assert all(set(one.evidence) <= keys for one in chain.proposals)
        assert all(one.evidence and one.why for one in chain.proposals)


def test_no_time_to_crime_is_told_where_only_the_year_of_recovery_is_known():
    events = [*bought(on="2015-05-04"), event("INHERITED", "2023-03-02", "P1", "P2")]

    chain = chain_of(events, recovered_on=DateSpan.of_year(2023), home_country=HOME)

    assert chain.time_to_crime_days is None
    assert chain.days_from_first_retail_sale is None
    assert chain.last_lawful_holder.since == date(2023, 3, 2)
    assert all(
        gap.days is None for gap in chain.gaps if gap.until == date(2023, 12, 31)
    )


def test_time_to_crime_counts_from_the_last_lawful_acquisition():
    events = [*bought(on="2015-05-04"), event("INHERITED", "2023-03-02", "P1", "P2")]

    chain = chain_of(events, recovered_on=date(2024, 3, 1), home_country=HOME)

    assert chain.time_to_crime_days == 365
    assert (
        chain.days_from_first_retail_sale == (date(2024, 3, 1) - date(2015, 5, 4)).days
    )


def test_a_report_that_comes_after_the_recovery_is_trusted_less():
    early = [*bought(), event("STOLEN", "2019-07-01", "P1")]
    told_late = event("STOLEN", "2019-07-01", "P1", known_at=LATE)

    before = chain_of(early, recovered_on=date(2024, 3, 1), home_country=HOME)
    after = chain_of(
        [*bought(), told_late], recovered_on=date(2024, 3, 1), home_country=HOME
    )

    assert after.proposals[0].confidence < before.proposals[0].confidence


@pytest.mark.parametrize(
    "life", [bought(), bought()[:3], [*bought(), event("EXPORTED", "2020-01-01", "P1")]]
)
def test_an_arm_that_was_never_recovered_leaves_nobody_without_a_record(life):
    told = chain_of(life, recovered_on=date(2026, 6, 1), home_country=HOME)

    assert [gap.until for gap in told.gaps] == [date(2026, 6, 1)]
    assert not told.without_recovery().gaps


def test_an_undated_event_is_a_gap_of_its_own():
    events = [*bought()[:3], event("MARKED", None), event("LOST", "2021-01-01", "D1")]

    chain = chain_of(events, recovered_on=date(2024, 3, 1), home_country=HOME)

    assert [gap.kind for gap in chain.gaps] == [GapKind.UNDATED]


def test_a_border_is_crossed_where_the_country_changes():
    chain = chain_of(bought(), recovered_on=date(2024, 3, 1), home_country=HOME)

    assert [(c.country_from, c.country_to) for c in chain.crossings] == [("AT", HOME)]


def test_an_unrecorded_disposal_is_less_sure_than_a_reported_theft():
    silent = chain_of(bought(), recovered_on=date(2024, 3, 1), home_country=HOME)
    told = chain_of(
        [*bought(), event("STOLEN", "2019-07-01", "P1")],
        recovered_on=date(2024, 3, 1),
        home_country=HOME,
    )

    assert silent.proposals[0].kind is DiversionKind.HOLDER_SALE
    assert silent.proposals[0].confidence < told.proposals[0].confidence


LATE = event("LOST", "2024-06-01").known_at
