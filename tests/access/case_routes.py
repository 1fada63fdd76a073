"""What opens the pages of cases, procedures, techniques; ``routes`` has the others."""

from tests.access.doors import NONE, Door

PAGES = {
    "steps": Door("step.view"),
    "step-figures": Door("procedure.supervise"),
    "step-act": Door("step.do"),
    "step-waiver": Door("step.waive"),
    **dict.fromkeys(("recovery-close", "recovery-reopen"), Door("recovery.close")),
    "procedures": Door("procedure.view", "procedure.keep"),
    **dict.fromkeys(("procedure", "procedure-file"), Door("procedure.view")),
    "procedure-edit": Door("procedure.keep"),
    **dict.fromkeys(
        ("procedure-use", "procedure-revert"), Door(NONE, "procedure.keep")
    ),
    "cases": Door("case.view"),
    "case-open": Door("case.open"),
    "techniques": Door("technique.view"),
    "operation": Door("technique.view"),
    "operation-act": Door(("technique.ask", "technique.work", "technique.authorise")),
    "operation-covers": Door("technique.work"),
    "case-techniques": Door("case.view"),
    "technique-ask": Door("technique.ask"),
    "case": Door("case.view"),
    "own-cases": Door("case.view"),
    "case-part": Door("case.view"),
    "case-print": Door("case.view"),
    "case-ask": Door(NONE, "case.work"),
    "case-act": Door("case.work"),
    "case-add": Door("case.work"),
    "case-entry": Door("case.view", "case.work"),
    "case-entry-withdraw": Door(NONE, "case.work"),
    "case-entry-done": Door(NONE, "case.work"),
    "case-entry-with": Door("case.work"),
    "case-entry-undo": Door(NONE, "case.work"),
    "case-item": Door("case.view"),
    "case-document": Door("case.view"),
}

API = {
    "list_cases": Door("case.view", "case.open"),
    "open_case": Door("case.view", "case.open"),
    "read_case": Door("case.view"),
    "list_entries": Door("case.view", "case.work"),
    "add_entry": Door("case.view", "case.work"),
    "correct_entry": Door(NONE, "case.work"),
    "withdraw_entry": Door(NONE, "case.work"),
    "add_to_entry": Door(NONE, "case.work"),
    "undo_entry": Door(NONE, "case.work"),
    "finish_task": Door(NONE, "case.work"),
    "add_items": Door(NONE, "case.work"),
    "change_member": Door(NONE, "case.seal"),
    "seal_case": Door(NONE, "case.seal"),
    "ask_other_units": Door(NONE, "case.work"),
    "close_case": Door(NONE, "case.close"),
    "reopen_case": Door(NONE, "case.close"),
}
