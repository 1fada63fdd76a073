"""What can be asked about declarations, lists for examination and their outcomes."""

from armstrace.risk.queries.lists import (
    DeclarationFilter,
    DeclarationsShown,
    Draw,
    Shift,
    declaration_rows,
    shift,
    waiting,
)
from armstrace.risk.queries.rows import (
    DeclarationPage,
    DeclarationRow,
    declaration_page,
    declarations_of_recovery,
)
from armstrace.risk.queries.traced import dealers, sign_rows
from armstrace.risk.queries.worth import back_test, indicator_rows
