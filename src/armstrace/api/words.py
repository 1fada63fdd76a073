"""What fields are called in the description of the API, each said once.

What a dataclass says of its own fields in its docstring goes first.
"""

from collections.abc import Mapping
from typing import Any

LETTERS = {
    **dict.fromkeys(("recovery_id", "earlier_id"), "R"),
    **dict.fromkeys(("arm_id", "report_arm_id", "same_as"), "A"),
    **dict.fromkeys(("mark_id", "probe_id", "first_id", "second_id"), "B"),
    "comparison_id": "K",
    "exhibit_id": "E",
    "count_id": "N",
    "subject_id": "P",
    "declaration_id": "D",
    "application_id": "Q",
}
"""The letter of the number that people write, by the name of a field."""
LONG = {"notes": 4_000, "offences": 4_000, "text": 400, "serial": 400, "other": 400}
"""Texts that may be longer than 500 characters, or must be shorter."""
EXAMPLES: dict[str, list[object]] = {
    "happened_on": ["2026-01-31"],
    "decided_on": ["2026-01-31"],
    "country": ["XV"],
    "reason": ["read again from a photograph"],
    "serial": ["BK48010"],
    "seen": [5120],
    "year": [2025],
}
IN_ADDRESSES: dict[str, object] = {
    "agency": "VNP",
    "calibre": "9x19",
    "capacity": "STAFF",
    "code": "trace",
    "examined": "WAITING",
    "holder": "H-1",
    "import_mark": "XV 20",
    "Idempotency-Key": "0b8f1c9e-7f0d-4c0e",
    "Justification": "case 2026/9",
    "kind": ["SAME_ARM"],
    "least": 0.5,
    "make": "GLOCK",
    "model": "17",
    "place": "Room 2/Shelf 4",
    "reason": "UNMARKED",
    "region": "North",
    "state": "VALID",
    "text": "R12",
    "type": "pistol",
}
"""Examples of what stands in an address and has none of its own."""


def example_of(
    name: str, schema: Mapping[str, Any], shapes: Mapping[str, Any]
) -> object:
    """Give an example of a parameter.

    Args:
        schema: What it may be; its own example goes first.
        shapes: What schemas point to, by name.
    """
    forms = [schema, *schema.get("anyOf", ()), *schema.get("allOf", ())]
    forms += [
        shapes[each["$ref"].rpartition("/")[2]] for each in forms if "$ref" in each
    ]
    for each in forms:
        for told in (each.get("examples"), each.get("enum")):
            if told:
                return told[0]
    if "date" in {each.get("format") for each in forms}:
        return EXAMPLES["happened_on"][0]
    types = {each.get("type") for each in forms}
    plain = {"integer": 12, "boolean": True}
    first = next((plain[each] for each in types if each in plain), None)
    return schema.get("default") or IN_ADDRESSES.get(name, first)


WORDS = {
    "accepted_because": "Why a scan is used that is not as it should be.",
    "ammunition": "Maker and lot of the ammunition, as written.",
    "arm_id": "The registered arm.",
    "breech_face_pattern": "The pattern of the breech face.",
    "calibre": "Calibre or gauge, as written.",
    "comparison_id": "The kept comparison that it rests on.",
    "component": "The part that bears the mark.",
    "condition": "The condition in which it is.",
    "country": "Country, ISO 3166-1 alpha-2.",
    "decided_on": "Day of the decision.",
    "diversion": "Where, when and how the arm left the legal world.",
    "document": "The paper or entry that records it.",
    "due_back_on": "Day on which it is to be back.",
    "earlier_id": "The other recovery.",
    "earliest_on": "The earliest day that it can have been.",
    "errand": "What it is handed over for: a code of Errand.",
    "established": "How the point of diversion was established.",
    "exception": "Why it is not traced, for a standing EXCEPTED.",
    "examined_on": "Day of the examination.",
    "find": "What was found, a code of Find.",
    "firing_pin_shape": "The shape of the firing pin.",
    "ground": "The ground for tracing, for a standing OPEN.",
    "happened_on": "Day on which it happened.",
    "holder": "Number of the holder.",
    "import_country": "Country of the import mark, ISO 3166-1 alpha-2.",
    "import_year": "Year of the import mark.",
    "import_mark": "Import mark, as read on the arm.",
    "judgement": "What is said of the two.",
    "kind": "The kind, a code.",
    "latest_on": "The latest day that it can have been.",
    "licence_number": "Number of the licence.",
    "licence_type": "Type of the licence, a code of LicenceType; empty for none.",
    "make": "Maker, as written.",
    "maker": "Maker of the arm, where known.",
    "manner": "In what way it passes, a code of Passing.",
    "mark_ids": "The two marks, in any order.",
    "method": "How the mark was made.",
    "model": "Model, as written.",
    "model_version": "The version of matching that gave the probability.",
    "name": "The name.",
    "needed_by": "The court or case that needs it.",
    "notes": "Notes.",
    "number": "The number; empty lets the system give one.",
    "observed_on": "Day on which it was seen.",
    "office": "Office of the receiver.",
    "on": "The day, where it is known.",
    "outcome": "How the trace ended, for a standing CLOSED.",
    "photograph_id": "A stored picture of it at this moment.",
    "place": "Town or site; in a store room / shelf / bin.",
    "position": "Where on the part.",
    "probability": "The probability that was shown.",
    "reason": "Why; it is kept beside the record.",
    "received_from": "From whom it came.",
    "recovery_id": "The recovered item.",
    "region": "Region.",
    "rifling_grooves": "Number of grooves.",
    "rifling_twist": "Twist of the rifling.",
    "seal_number": "Number of the seal, as read.",
    "seal_state": "State of the seal, a code of SealState.",
    "standing": "How the trace is to stand.",
    "store_id": "Number of the store.",
    "text": "As written, in its own script.",
    "to_agency": "Code of the agency that it is offered to.",
    "type": "Type of arm, in words or as a code.",
    "valid_from": "First day of the licence.",
    "valid_until": "Last day of the licence.",
    "verdict": "The conclusion.",
    "way_out": "What is to become of it, a code of WayOut.",
    "witness": "Who witnessed it.",
    "year": "The year.",
    "year_of_manufacture": "Year of manufacture, where known.",
}
