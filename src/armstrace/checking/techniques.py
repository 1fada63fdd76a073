"""Controlled deliveries: was each hand-over acknowledged within the hour?"""

from collections.abc import Iterator
from datetime import datetime

from armstrace.accounts import actors
from armstrace.checking.finding import Finding, fine, problem
from armstrace.techniques import queries


def findings(at: datetime) -> Iterator[Finding]:
    """Count the hand-overs that nobody acknowledged."""
    late = queries.late_count(at=at, viewer=actors.system_actor())
    if late:
        sentence = f"{late} hand-overs of deliveries wait for an acknowledgement."
        advice = "Let who is named in them call the receiving side now."
        yield problem("hand-overs", sentence, advice)
    else:
        yield fine("hand-overs", "No hand-over waits longer than an hour.")
