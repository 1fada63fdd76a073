"""What is derived from the register: does it fit a sample of the records?"""

from collections.abc import Iterator
from datetime import datetime

from armstrace.checking.finding import Finding, fine, problem
from armstrace.registry import derived

ANEW = "Run armstrace rekey --anew, and find out who altered the database."


def findings(at: datetime) -> Iterator[Finding]:
    """Set keys and frequencies of matching beside a sample of the register."""
    del at
    found = derived.sample()
    if found.without_keys:
        sentence = (
            f"Of {found.arms:,} arms looked at, {len(found.without_keys):,} are found "
            f"by no search, first A{found.without_keys[0]}."
        )
        yield problem("derived keys", sentence, ANEW)
    if found.uncounted or not found.is_sum_right:
        sentence = "The frequencies by which matching weighs are not the register's."
        yield problem("frequencies", sentence, ANEW)
    if not (found.without_keys or found.uncounted) and found.is_sum_right:
        sentence = f"Keys and frequencies of {found.arms:,} arms fit their records."
        yield fine("derived keys", sentence)
