"""What the pages do, a machine can do too, unless it is for a person alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import armstrace

SRC = Path(armstrace.__file__).parent
SIGN_IN = "a person signs in and proves who it is; an administrator gives accounts"
COVERT = "two persons sign in person; covert names stay off the wire"
BENCH = "an examiner looks at the scan"
PERSON = "a person answers for it with their name, after looking"
FOR_PERSONS = {
    "correct_case": PERSON,
    **dict.fromkeys(("verify_deactivation", "refuse_deactivation"), PERSON),
    "record_reactivation": PERSON,
    **dict.fromkeys(("sign_paper", "countersign_paper", "end_paper"), PERSON),
    **dict.fromkeys(("sign_count", "answer_count", "dispose_surplus"), PERSON),
    **dict.fromkeys(("open_depot", "act_on_arms"), PERSON),
    **dict.fromkeys(("receive_lot", "recall_lot"), PERSON),
    **dict.fromkeys(("describe_class", "set_region", "replace_scan"), BENCH),
    **dict.fromkeys(("load_reference_set", "withdraw_reference_set"), BENCH),
    "decide_sharing": "two laboratories agree on one another",
    "store_document": "part of the entry of a case, which takes no file on the wire",
    **dict.fromkeys(("publish_year", "withdraw_publication"), PERSON),
    **dict.fromkeys(("keep_release", "load_figures"), PERSON),
    **dict.fromkeys(("save_profile", "withdraw_profile"), PERSON),
    **dict.fromkeys(("propose_calibration", "propose_rates"), PERSON),
    **dict.fromkeys(("propose_serials", "use_tuning", "take_tuning_back"), PERSON),
    **dict.fromkeys(("save_filter", "forget_filter"), "how a page is narrowed"),
    "change_application": "a draft is changed at its form; a machine sends it whole",
    "change_authorisation": "a draft is changed at its form; a machine sends it whole",
    "correct_refusal": PERSON,
    "load_list": "a person chooses the list, and looks at what it brings",
    "sign_document": PERSON,
    "take_in": "a photograph and an arm lie on the desk, before a person",
    "open_campaign": PERSON,
    **dict.fromkeys(("settle_double", "publish_counts", "correct_counts"), PERSON),
    **dict.fromkeys(("correct_lot", "drop_witness"), PERSON),
    "store_image": "on the wire it comes with its recovery: store_photograph",
    "pass_on": "files leave by it, and the API sends none of the linked picture",
    "record_recoveries": "on the wire a source sends it: receive_recovery",
}
"""Acts of the pages that the API leaves out, and why."""
ERASED = "two people look at what goes, and answer for it with their names"
WHOLE_APPS = {"accounts": SIGN_IN, "techniques": COVERT, "retention": ERASED}


def acts() -> Iterator[tuple[str, str]]:
    """Give each action with its app."""
    for path in SRC.glob("*/actions*/**/*.py"):
        yield from _acts_in(path)
    for path in SRC.glob("*/actions.py"):
        yield from _acts_in(path)


def _acts_in(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if {"by", "at"} <= {each.arg for each in node.args.kwonlyargs}:
            yield node.name, path.relative_to(SRC).parts[0]


def named_in(interface: str) -> set[str]:
    """Give all names that the code of an interface uses."""
    found: set[str] = set()
    for path in (SRC / interface).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add(node.name)
    return found


def test_each_act_of_the_pages_is_in_the_api_or_for_persons_alone() -> None:
    pages, api = named_in("web"), named_in("api")
    left_out = {
        name
        for name, app in acts()
        if name in pages and name not in api and app not in WHOLE_APPS
    }

    assert left_out - FOR_PERSONS.keys() == set(), "give it to the API, or say why not"
    assert FOR_PERSONS.keys() - left_out == set(), "the API has it by now"
