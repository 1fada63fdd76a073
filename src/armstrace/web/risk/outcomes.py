"""The recovery of what a declaration held, and the declaration of a recovery."""

from armstrace.risk import queries
from armstrace.risk.actions import examining
from armstrace.risk.inputs import ExaminationInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.risk import Find
from armstrace.web import access, record_numbers


def of_recovery(recovery_id: int, *, viewer: Actor) -> dict[str, object]:
    """Give the declarations in which a recovery was found, for its page."""
    found = queries.declarations_of_recovery(recovery_id, viewer=viewer)
    return {"declarations": found}


def name_recovery(text: str, recovery_id: int, request: access.Request) -> None:
    """Name a recovery under the outcome that it was recorded from.

    Args:
        text: Number of the declaration, such as D12; empty for none.
    """
    number = record_numbers.identity_of(text)
    if number is None or number[0] != "risk.declaration":
        return
    page = queries.declaration_page(number[1], viewer=request.viewer)
    now = page.outcome
    if now is None or now.recovery_id is not None:
        return
    examining.record_examination(
        declaration_id=number[1],
        stated=ExaminationInput(
            Find(now.find), now.examined_on, now.notes, recovery_id
        ),
        **request.how,
    )
