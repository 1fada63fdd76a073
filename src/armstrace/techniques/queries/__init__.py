"""What can be asked about operations."""

from armstrace.techniques.queries.detail import (
    OperationPage,
    authorisers,
    bases,
    operation_page,
    workers,
)
from armstrace.techniques.queries.lists import (
    OperationRow,
    hand_overs_to_sign,
    is_open,
    lessons,
    operation_rows,
)
from armstrace.techniques.queries.waiting import (
    Waiting,
    late_count,
    waiting,
)
