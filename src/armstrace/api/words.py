"""What fields are called in the description of the API, each said once.

What a dataclass says of its own fields in its docstring goes first.
"""

from collections.abc import Mapping
from typing import Any

from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.texts import LONGEST_NOTES

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
    "campaign_id": "I",
    "lot_id": "Y",
}
"""The letter of the number that people write, by the name of a field."""
LONG = {
    "notes": LONGEST_NOTES,
    "offences": 4_000,
    "text": 400,
    "serial": 400,
    "other": 400,
}
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


WORDS: dict[str, str] = read_table(__package__, "words.toml")
