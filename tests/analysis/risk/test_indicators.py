"""Each indicator hits on its case, and on nothing beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.risk import scoring, words
from armstrace.analysis.risk.catalogue import (
    NO_HIT,
    UNTOLD,
    Answer,
    Known,
    defaults,
    parameters,
)
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import History
from armstrace.analysis.risk.scoring import CUSTOMS
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.profiles import RiskSetting
from armstrace.vocabulary.risk import (
    Conduct,
    Conveyance,
    DeclarationKind,
    Find,
    Payment,
)

DAY = date(2025, 3, 10)
PLAIN = Declaration(
    number="P1", kind=DeclarationKind.PARCEL, declared_on=DAY, hs_code="61091000"
)
SETTINGS = (
    RiskSetting(source="test", name="brokers_are_disclosed", number=1),
    RiskSetting(source="test", name="watched_routes", listed=("AA>BB>CC",)),
    RiskSetting(source="test", name="near_conflict", listed=("AA",)),
    RiskSetting(source="test", name="conversion_countries", listed=("AA",)),
)


def parcel(**stated: Any) -> Declaration:
    numbers: dict[str, Any] = {
        key: Decimal(str(value)) if key in NUMBERS else value
        for key, value in stated.items()
    }
    return replace(PLAIN, **numbers)


NUMBERS = {"quantity", "weight_kg", "value", "licence_quantity"}


def ask(code: str, goods: Declaration, *earlier: Declaration) -> Answer:
    known = Known(parameters(SETTINGS, DAY), History())
    for each in earlier:
        known.history.add(each)
    return CUSTOMS[code].judge(goods, known)


LICENCE: dict[str, Any] = {"licence": "L1", "licence_is_valid": True}
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("CU-01", {"hs_code": "93052000", "licence": ""}, {"licence": "L1"}),
    ("CU-02", LICENCE | {"licence_is_valid": False}, {"licence_is_valid": True}),
    (
        "CU-02",
        LICENCE | {"licence_ends_on": date(2025, 3, 9)},
        {"licence_ends_on": DAY},
    ),
    (
        "CU-03",
        {"consignee": "Ora Ltd", "licence_consignee": "Una Ltd"},
        {"licence_consignee": "ORA Ltd."},
    ),
    (
        "CU-03",
        {"destination": "FR", "licence_destination": "BE"},
        {"licence_destination": "FR"},
    ),
    (
        "CU-04",
        {"route": ("TR", "BG"), "licence_transit": ("BG",)},
        {"licence_transit": ("BG", "TR")},
    ),
    (
        "CU-05",
        {"departed_on": DAY, "transit_notice_on": date(2025, 3, 11)},
        {"transit_notice_on": DAY},
    ),
    (
        "CU-06",
        {"hs_code": "73269098", "description": "Glock 19 slide, steel"},
        {"description": "slide for playground"},
    ),
    (
        "CU-07",
        {"description": "metal parts", "hs_code": "7326", "consignee_is_person": True},
        {"consignee_is_person": False},
    ),
    (
        "CU-08",
        {"hs_code": "93039000", "consignee_is_person": True, "quantity": 3},
        {"quantity": 2},
    ),
    (
        "CU-08",
        {"hs_code": "9304", "consignee_is_person": True, "origin": "AA"},
        {"origin": "BB", "quantity": 1},
    ),
    (
        "CU-10",
        {"hs_code": "97060000", "description": "pistol of 1936"},
        {"description": "pistol of 1860"},
    ),
    (
        "CU-10",
        {"hs_code": "97060000", "description": "old revolver 9 mm"},
        {"description": "old revolver"},
    ),
    (
        "CU-11",
        {"hs_code": "93020000", "quantity": 1, "weight_kg": 9},
        {"weight_kg": 1},
    ),
    (
        "CU-12",
        {"hs_code": "93020000", "quantity": 1, "value": 20, "currency": "EUR"},
        {"value": 300},
    ),
    ("CU-13", {"xray_flag": True}, {"xray_flag": False}),
    (
        "CU-16",
        {"consignee_address": "PO Box 12, Riva"},
        {"consignee_address": "12 Box Hill"},
    ),
    (
        "CU-17",
        {"hs_code": "93020000", "consignee_registered": False},
        {"consignee_registered": True},
    ),
    (
        "CU-18",
        {"payment": Payment.CRYPTO, "consignor": "Nova"},
        {"payment": Payment.CARD},
    ),
    (
        "CU-18",
        {"payment": Payment.CASH, "account_opened_on": date(2025, 3, 1)},
        {"account_opened_on": date(2024, 3, 1), "payment": Payment.CARD},
    ),
    ("CU-20", {"broker": "Ora", "licence_broker": "Una"}, {"licence_broker": "ora"}),
    ("CU-21", {"route": ("BB", "CC", "BB")}, {"route": ("BB",)}),
    (
        "CU-22",
        {"origin": "AA", "route": ("BB",), "destination": "CC"},
        {"route": ()},
    ),
    (
        "CU-23",
        {
            "end_user_certificate": "E1",
            "certificate_on": DAY,
            "contract_ends_on": date(2025, 3, 9),
        },
        {"contract_ends_on": DAY},
    ),
    (
        "CU-25",
        {"departure": "AA", "conveyance": Conveyance.BUS, "quantity": 2},
        {"conveyance": Conveyance.SHIP},
    ),
    (
        "CU-29",
        {"description": "deactivated rifle", "deactivation_certificate": ""},
        {"deactivation_certificate": "D1"},
    ),
    ("CU-33", {"conduct": Conduct.THIRD_PARTY}, {"conduct": Conduct.NO_REMARK}),
]


@pytest.mark.parametrize(("code", "hit", "change"), CASES)
def test_an_indicator_hits_and_does_not(
    code: str, hit: dict[str, Any], change: dict[str, Any]
) -> None:
    told = ask(code, parcel(**hit))

    assert isinstance(told, Message)
    assert str(told).endswith(".")
    assert ask(code, parcel(**(hit | change))) is NO_HIT
    assert ask(code, replace(PLAIN, hs_code=None)) in {UNTOLD, NO_HIT}


def sent(number: str, what: str, **stated: Any) -> Declaration:
    common = {"consignee_address": "5 Mill Lane", "consignee": "A Bo", "weight_kg": 1}
    return parcel(**(common | {"number": number, "description": what} | stated))


def test_CU_02_counts_what_came_before_under_the_same_authorisation() -> None:
    one = parcel(**LICENCE, licence_quantity=10, quantity=6)

    assert ask("CU-02", one) is NO_HIT
    assert isinstance(ask("CU-02", one, one), Message)


def test_CU_09_knows_who_sent_arms_before() -> None:
    pins = parcel(hs_code="73182400", consignor="Ora Ltd")
    before = parcel(hs_code="93052000", consignor="ORA LTD")

    assert ask("CU-09", pins) is NO_HIT
    assert isinstance(ask("CU-09", pins, before), Message)


def test_CU_14_puts_the_parts_of_one_arm_together() -> None:
    frame, barrel = sent("1", "pistol frame"), sent("2", "pistol barrel")

    assert ask("CU-14", barrel) is NO_HIT
    assert isinstance(ask("CU-14", barrel, frame), Message)
    late = replace(barrel, declared_on=date(2025, 6, 1))
    assert ask("CU-14", late, frame) is NO_HIT


def test_CU_14_counts_small_parcels_of_one_sender() -> None:
    parcels = [sent(str(n), "pistol slide", consignor="Ora") for n in range(3)]

    assert ask("CU-14", parcels[2], *parcels[:1]) is NO_HIT
    assert isinstance(ask("CU-14", parcels[2], *parcels[:2]), Message)


def test_CU_15_counts_names_and_not_parcels() -> None:
    same = [sent(str(n), "shirt") for n in range(5)]
    block = [
        sent(str(n), "shirt", consignee=f"Name {n}", consignor=f"Shop {n}")
        for n in range(4)
    ]
    one = [replace(each, consignor="Ora") for each in block]

    assert ask("CU-15", same[0], *same[1:]) is NO_HIT
    assert ask("CU-15", block[0], *block[1:]) is NO_HIT
    assert isinstance(ask("CU-15", one[0], one[1]), Message)
    assert isinstance(ask("CU-15", block[0], *one[1:]), Message)


def test_CU_23_finds_a_certificate_of_another_receiver() -> None:
    first = parcel(end_user_certificate="E1", consignee="Ora")

    assert ask("CU-23", first, first) is NO_HIT
    assert isinstance(ask("CU-23", replace(first, consignee="Una"), first), Message)


def test_CU_30_joins_a_machine_and_a_kit() -> None:
    printer, kit = sent("1", "3D printer"), sent("2", "pistol parts kit")

    assert ask("CU-30", kit) is NO_HIT
    assert isinstance(ask("CU-30", kit, printer), Message)


@pytest.mark.parametrize(
    ("code", "find"), [("CU-31", Find.PARTS), ("CU-32", Find.DRUGS)]
)
def test_links_to_what_was_found_before(code: str, find: Find) -> None:
    before, now = parcel(phone="+1 55", consignor="O"), parcel(phone="+1-55")
    known = Known(defaults(), History())
    judge = CUSTOMS[code].judge

    assert judge(now, known) is NO_HIT
    known.history.add_find(before, find)
    assert isinstance(judge(now, known), Message)


def test_a_declaration_without_a_country_is_scored_on_what_it_states() -> None:
    goods = parcel(hs_code="93052000", licence="")
    known = Known(defaults(), History())

    told = scoring.score(goods, known, scoring.default_weights())

    assert [point.code for point in told.points] == ["CU-01"]
    assert "CU-22" in told.untold


@pytest.mark.parametrize(
    "text",
    [
        "pistol slide",
        "canons de fusil",
        "cañón de pistola",
        "cano de pistola",
        "ماسورة مسدس",
        "стволы пистолетов",
    ],
)
def test_CU_06_reads_six_languages(text: str) -> None:
    assert isinstance(ask("CU-06", parcel(description=text)), Message)


@pytest.mark.parametrize(
    "text",
    [
        "oil barrel",
        "barrelhouse pistolero records",
        "pistolet à colle",
        "pistola de agua",
        "مسدس ماء",
        "клеевой пистолет",
        "canonical texts",
        "frame for pictures",
    ],
)
def test_CU_06_counts_whole_words_alone(text: str) -> None:
    assert ask("CU-06", parcel(description=text)) is NO_HIT


def test_every_indicator_has_a_weight_a_source_and_known_inputs() -> None:
    weights = scoring.default_weights().of
    names = set(Declaration.__dataclass_fields__)

    assert set(weights) == set(CUSTOMS)
    for each in CUSTOMS.values():
        assert set(each.inputs) <= names
        assert all(defaults().told(name) for name in each.parameters)
        assert str(each.source)
    assert all(one < other for one, other in pairwise(sorted(weights)))


@given(st.permutations(["Ana Lima", "John Smith", "علي حسن", "Олег Коваль"]))
def test_what_a_name_is_never_counts(names: list[str]) -> None:
    first = names[0]
    plain = [
        sent("1", "pistol frame"),
        sent("2", "pistol barrel", payment=Payment.CASH),
    ]
    named = [replace(each, consignee=first, consignor=names[1]) for each in plain]
    other = [replace(each, consignee="X Y", consignor="Z Z") for each in plain]

    told = [
        [score.log_odds for _, score in _score_all(rows)] for rows in (named, other)
    ]

    assert told[0] == told[1]


def _score_all(rows: list[Declaration]) -> list[Any]:
    return list(scoring.score_in_turn(rows, History(), today=DAY))


def test_descriptions_are_read_once() -> None:
    assert words.read("pistol slide") is words.read("pistol slide")
