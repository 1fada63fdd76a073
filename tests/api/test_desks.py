"""What the desks do in the pages, programmes do by the API."""

import json
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import ArmState
from tests import builders
from tests.api.test_api import SEIZURE
from tests.cast import TRADE
from tests.registry import trade
from tests.registry.at_desk import TODAY, held_pistol, holder_of, pass_to

type Caller = Callable[[Role, str], Client]
ARM = {
    "arm": {
        "number": "REG-7",
        "description": {
            "type": "pistol",
            "make": "Glock",
            "model": "17",
            "calibre": "9x19",
            "serial": "BKL905",
            "country": "Austria",
        },
    },
    "arrival": "MANUFACTURED",
    "happened_on": "2020-03-01",
    "country": "XV",
    "reason": "marks are those of the certificate",
}


def post(client: Client, path: str, body: object) -> dict[str, object]:
    answer = client.post(
        f"/api/v1/{path}", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()
    told: dict[str, object] = answer.json()
    return told


def get(client: Client, path: str, **asked: object) -> dict[str, object]:
    answer = client.get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, answer.content.decode()
    told: dict[str, object] = answer.json()
    return told


def test_a_register_registers_passes_loses_finds_and_corrects(caller: Caller) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    for number, name, licence in (("H-1", "Ama Sample", "L-1"), ("H-2", "Bo", "L-2")):
        holder = {"number": number, "name": name, "licence_number": licence}
        holder |= {"licence_type": "POSSESS", "valid_from": "2019-01-01"}
        holder |= {"taken_over": "county register, sheet 7"}
        post(clerk, "holders", holder | {"valid_until": "2035-01-01"})

    seen_first = {"holder": "H-1", "arrival": "TRANSFERRED"}
    arm = post(clerk, "registry/arms", ARM | seen_first)["id"]
    seen = get(clerk, f"registry/arms/{arm}")["seen"]
    sale = {"manner": "SALE", "taker": "H-2", "happened_on": "2021-05-04"}
    post(clerk, f"registry/arms/{arm}/handover", sale | {"seen": seen})
    for kind, day in (("STOLEN", "2022-06-01"), ("FOUND_AGAIN", "2022-07-01")):
        event = {"kind": kind, "happened_on": day, "place": "Port"}
        post(clerk, f"registry/arms/{arm}/events", event)
    fate = post(
        clerk,
        f"registry/arms/{arm}/correction",
        {"serial": "BKL906", "reason": "read again"},
    )["fate"]

    read = get(clerk, f"registry/arms/{arm}")
    kinds = [each["kind"] for each in read["events"]]
    assert kinds[:2] == ["TRANSFERRED", "TRANSFERRED"]
    assert kinds[-2:] == ["STOLEN", "FOUND_AGAIN"]
    assert (fate, read["marks"]["serial"]) == ("CORRECTED", "BKL906")
    rows = get(clerk, "registry/arms", holder="H-2")["rows"]
    assert [row["arm_id"] for row in rows] == [arm]
    sold, last = read["events"][1]["key"], read["events"][-1]["key"]
    wrong = {"manner": "INHERITANCE", "reason": "the son"}
    post(clerk, f"registry/arms/{arm}/events/{sold}/correction", wrong)
    post(clerk, f"registry/arms/{arm}/events/{last}/withdrawal", {"reason": "not it"})
    address = f"/api/v1/registry/arms/{arm}/events/last/withdrawal"
    unread = clerk.post(address, {"reason": "not it"}, "application/json")
    assert (unread.status_code, unread.json()["field"]) == (422, "event_key")
    assert "“event_key” must be" in unread.json()["detail"]
    life = [each["kind"] for each in get(clerk, f"registry/arms/{arm}")["events"]]
    assert (life[1], life[-1]) == ("INHERITED", "STOLEN")


def test_a_conversion_over_the_wire_changes_the_build_alone(caller: Caller) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    arm = post(clerk, "registry/arms", ARM)["id"]
    day = {"happened_on": "2022-06-01", "reason": "rebarrelled by a gunsmith"}

    post(clerk, f"registry/arms/{arm}/conversion", day | {"calibre": ".308 Win"})

    read = get(clerk, f"registry/arms/{arm}")
    assert read["events"][-1]["kind"] == "CONVERTED"
    assert read["marks"]["calibre"] == ".308 Win"
    assert read["marks"]["serial"] == ARM["arm"]["description"]["serial"]


def test_RG_02_an_act_on_what_changed_since_is_refused(caller: Caller) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    arm = post(clerk, "registry/arms", ARM)["id"]
    event = {"kind": "STOLEN", "happened_on": "2022-06-01", "seen": 999}

    answer = clerk.post(
        f"/api/v1/registry/arms/{arm}/events", event, content_type="application/json"
    )

    assert answer.status_code == 409
    assert answer.json()["rule"].startswith("RG-")


def test_an_arm_without_its_marks_or_with_a_loss_for_an_arrival_is_refused(
    caller: Caller,
) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    for wrong in ({"arm": {"number": "1", "description": None}}, {"arrival": "LOST"}):
        sent = json.dumps(ARM | wrong)

        answer = clerk.post("/api/v1/registry/arms", sent, "application/json")

        assert answer.status_code in {409, 422}, answer.content.decode()


def test_a_double_is_withdrawn_and_names_what_stands(caller: Caller) -> None:
    clerk = caller(Role.REGISTRAR, "REG")
    stands = post(clerk, "registry/arms", ARM)["id"]
    again = {"number": "REG-8", "description": ARM["arm"]["description"]}
    double = post(clerk, "registry/arms", ARM | {"arm": again})["id"]

    post(
        clerk,
        f"registry/arms/{double}/withdrawal",
        {"same_as": stands, "reason": "entered twice"},
    )

    assert get(clerk, f"registry/arms/{double}")["withdrawn_for"] == stands
    rows = get(clerk, "registry/arms")["rows"]
    assert [row["arm_id"] for row in rows] == [stands]
    post(clerk, f"registry/arms/{double}/reinstatement", {"reason": "two arms"})
    assert len(get(clerk, "registry/arms")["rows"]) == 2


def test_an_analyst_judges_and_decides(caller: Caller) -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    analyst = caller(Role.ANALYST, "VFH")

    ranked = get(analyst, f"judgements/R{recovery_id}")["candidates"]
    stated = {"recovery_id": f"R{recovery_id}", "arm_id": f"A{arm_id}"}
    sent = stated | {"judgement": "SAME", "reason": "marks", "probability": 0.1}
    refused = analyst.post(
        "/api/v1/judgements/arms", sent, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["field"]) == (422, "probability")
    post(analyst, "judgements/arms", stated | {"judgement": "SAME", "reason": "marks"})
    opened = {
        "standing": "OPEN",
        "decided_on": "2026-01-05",
        "ground": "INADEQUATELY_MARKED",
    }
    post(analyst, f"traces/R{recovery_id}/decisions", opened | {"reason": "a case"})

    assert ranked[0]["arm_id"] == f"A{arm_id}"
    judged = get(analyst, f"judgements/R{recovery_id}")["judged"]
    assert [each["judgement"] for each in judged] == ["SAME"]
    stands = get(analyst, f"traces/R{recovery_id}")["seen"]
    closed = {"standing": "CLOSED", "decided_on": "2026-01-06"}
    closed |= {"outcome": "RECORDS_UNAVAILABLE", "reason": "nothing on record"}
    late = analyst.post(
        f"/api/v1/traces/R{recovery_id}/decisions",
        closed | {"seen": 0},
        content_type="application/json",
    )
    assert (late.status_code, late.json()["rule"]) == (409, "TD-08")
    post(analyst, f"traces/R{recovery_id}/decisions", closed | {"seen": stands})
    decisions = get(analyst, f"traces/R{recovery_id}/decisions")
    assert [each["standing"] for each in decisions] == ["CLOSED", "OPEN"]


def test_what_another_state_was_asked_is_sent_and_read(caller: Caller) -> None:
    (recovery_id,) = builders.recovered()
    analyst, address = caller(Role.ANALYST, "VFH"), f"traces/R{recovery_id}/requests"

    asked = {"country": "AT", "asked_on": "2026-01-05", "channel": "INTERPOL"}
    post(analyst, address, asked | {"reference": "IA-7/26"})
    told = {"country": "AT", "answered_on": "2026-01-06", "answer": "NO_RECORD"}
    post(analyst, f"{address}/answer", told)

    (read,) = get(analyst, address)
    assert (read["reference"], read["answer"]) == ("IA-7/26", "NO_RECORD")


def test_an_exhibit_is_received_moved_and_counted(caller: Caller) -> None:
    made = post(caller(Role.OFFICER, "VNP"), "recoveries", SEIZURE)
    keeper = caller(Role.CUSTODIAN, "VNP")

    store = post(keeper, "custody/stores", {"name": "Room 2"})["store_id"]
    told = {"recovery_id": made["id"], "seal_number": "S-1", "seal_state": "UNBROKEN"}
    exhibit = post(
        keeper, "custody", told | {"received_from": "Patrol 4", "reason": "sealed"}
    )["id"]
    seen = get(keeper, f"custody/{exhibit}")["seen"]
    moved = {"act": "MOVED", "store_id": store, "place": "2 / A", "seen": seen}
    post(keeper, f"custody/{exhibit}/acts", moved)
    count = post(keeper, "custody/counts", {"store_id": store})["id"]
    post(keeper, f"custody/counts/{count}/numbers", {"numbers": [exhibit, "E999"]})
    post(keeper, f"custody/counts/{count}/close", {})

    (row,) = get(keeper, "custody", store_id=store)["rows"]
    assert (row["exhibit_id"], row["now"]["place"]) == (exhibit, "2 / A")
    compared = get(keeper, f"custody/counts/{count}")["compared"]
    assert (compared["found"], compared["unexpected"]) == ([exhibit], ["E999"])


def test_custody_takes_receipts_and_later_acts_each_where_they_belong(caller):
    made = post(caller(Role.OFFICER, "VNP"), "recoveries", SEIZURE)
    keeper = caller(Role.CUSTODIAN, "VNP")
    told = {"recovery_id": made["id"], "seal_number": "S-1", "seal_state": "UNBROKEN"}
    told |= {"reason": "sealed here", "received_from": "Inspector Kay"}

    def refused(path, body):
        address = f"/api/v1/custody{path}"
        answer = keeper.post(address, body, content_type="application/json")
        assert (answer.status_code, answer.json()["field"]) == (422, "act")
        return answer.json()["detail"]

    assert "BROUGHT, RECEIVED" in refused("", told | {"act": "MOVED"})
    exhibit = post(keeper, "custody", told)["id"]
    for act in ("RECEIVED", "BROUGHT"):
        assert "MOVED" in refused(f"/{exhibit}/acts", {"act": act})


def test_RS_05_a_handover_to_nobody_and_a_year_without_arms_name_their_field(caller):
    clerk = caller(Role.REGISTRAR, "REG")
    arm = post(clerk, "registry/arms", ARM)["id"]

    def refused(path, body):
        address = f"/api/v1/registry/arms/{arm}/{path}"
        answer = clerk.post(address, body, content_type="application/json")
        return answer.status_code, answer.json()["detail"]

    nobody = {"manner": "SALE", "taker": "", "happened_on": "2021-05-04"}
    status, said = refused("handover", nobody)
    assert (status, "giver" in said) == (422, True)
    nobody |= {"seen": get(clerk, f"registry/arms/{arm}")["seen"]}
    assert refused("handover", nobody) == (
        422,
        "Name the holder who receives the arm.",
    )
    for year in (-1, 0, 1499, 32768, 99999):
        wrong = {"year_of_manufacture": year, "reason": "read again"}
        status, said = refused("correction", wrong)
        assert status == 409
        assert said.startswith(f"“year_of_manufacture” is {year}")
    address, wrong = "/api/v1/recoveries", SEIZURE | {"year_of_manufacture": 99999}
    answer = caller(Role.OFFICER, "VNP").post(
        address, wrong, content_type="application/json"
    )
    assert answer.status_code in {409, 422}


def test_a_file_is_previewed_loaded_and_reported(
    caller: Caller, settings, tmp_path
) -> None:
    settings.HOME = tmp_path
    clerk = caller(Role.REGISTRAR, "REG")
    text = "holder_number,name,kind\nH-9,Ama Sample,PERSON\n,Bo Sample,PERSON\n"

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("holders.csv", text.encode())

    asked = {"kind": "holders"}
    seen = clerk.post("/api/v1/intake/preview", {"file": file(), **asked})
    load = clerk.post("/api/v1/intake", {"file": file(), **asked})

    assert seen.status_code == 200, seen.content.decode()
    assert load.status_code == 200, load.content.decode()
    card = get(clerk, f"intake/{load.json()['id']}")
    assert card["job"]["state"] == "DONE"
    address = f"/api/v1/intake/{card['id']}/report"
    assert clerk.get(address).status_code == 422
    report = clerk.get(address, headers={"Justification": "to mend the file"})
    assert b"H-9" in b"".join(report.streaming_content)


def test_the_return_is_read_entered_and_kept(caller: Caller) -> None:
    builders.recovered()
    focal = caller(Role.STATISTICIAN, "STAT")

    filled = get(focal, "returns/2025")
    kept = post(focal, "returns/2025/keep", {})

    assert {table["table_id"] for table in filled["tables"]} >= {"B1", "E1"}
    again = get(focal, f"returns/kept/{kept['return_id']}")
    assert again["content_hash"] == kept["content_hash"]
    release = focal.get("/api/v1/returns/2025/release.csv")
    assert release["Content-Type"] == "text/csv"
    for address in ("2025", f"kept/{kept['return_id']}"):
        book = focal.get(f"/api/v1/returns/{address}/return.xlsx")
        assert book.content.startswith(b"PK")


@pytest.mark.parametrize(
    "address",
    [
        "returns/2025/records?key=B1:PISTOL:SEIZED",
        "indicator/16.4.2/records?year=2025&method=metadata&part=DENOMINATOR",
    ],
)
def test_the_records_behind_a_count_are_walked(caller: Caller, address: str) -> None:
    recovered = builders.recovered(*(builders.a_recovery(f"C-{n}") for n in range(3)))
    focal = caller(Role.STATISTICIAN, "STAT")

    found, cursor, steps = [], 0, 0
    while steps < 3:
        told = get(focal, f"{address}&limit=2&cursor={cursor}")
        found += [row["id"] for row in told["rows"]]
        cursor, steps = told["next"], steps + 1

    assert sorted(found) == sorted(f"R{each}" for each in recovered)
    assert told["is_last"]


def test_RG_51_a_notice_by_programme_moves_no_arm_of_another(caller: Caller) -> None:
    arm_id = held_pistol()
    pass_to(arm_id, "P3")
    trade.agency()
    trade.assigned()
    dealer = caller(Role.TRADE, TRADE.agency)
    told = {"arm_number": f"A{arm_id}", "kind": "SOLD_TO_DEALER"}
    told |= {"happened_on": str(TODAY), "number": ""}

    done = post(dealer, "trade/notices", told | {"holder_from": "L-P3"})
    by_number = json.dumps(told | {"holder_from": "P3"})
    other = dealer.post("/api/v1/trade/notices", by_number, "application/json").json()

    assert (done["id"], done["fate"], done["rule"]) == ("", "REFUSED", "RG-51")
    assert "registry" in str(done["detail"])
    assert (other["rule"], other["detail"]) == (done["rule"], done["detail"])
    assert holder_of(arm_id) == "P3"


def test_no_number_of_the_register_is_read_as_that_of_another_arm(
    caller: Caller,
) -> None:
    arm = held_pistol()
    event = {"kind": "LOST", "happened_on": str(TODAY), "reason": "told by letter"}

    refused = caller(Role.REGISTRAR, "VFR").post(
        f"/api/v1/registry/arms/A000{arm}/events",
        json.dumps(event),
        content_type="application/json",
    )

    assert refused.status_code == 422
    assert Arm.objects.get(pk=arm).state != ArmState.LOST
