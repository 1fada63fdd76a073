"""When decisions on traces are due, as the jurisdiction profile says."""

from datetime import date

from armstrace.records import jurisdiction


def decision_days(on: date) -> int | None:
    """Give the days from record to trace decision, None where no rule sets any."""
    return jurisdiction.profile().deadline_days("TRACE_DECISION", on)
