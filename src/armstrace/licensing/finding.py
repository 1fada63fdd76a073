"""The holder that a person names by a number."""

from django.db.models import Q, QuerySet

from armstrace.audit import declarations
from armstrace.licensing.models import Holder
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


def named_by(text: str) -> Q:
    """Give the condition that a number names a holder.

    Args:
        text: The holder's number, or the one by which the record goes here, as H12.
    """
    found = declarations.identify(text)
    own = Q(pk=found.key) if found and found.label == "licensing.holder" else Q()
    return Q(number=text.strip()) | own


def find_holder(text: str, rows: QuerySet[Holder]) -> Holder | None:
    """Find the holder that a number names among some; None where none is there.

    Raises:
        InvalidInput: It is the number of one, and another goes by it here.
    """
    found = list(rows.filter(named_by(text)).order_by("pk"))
    if len(found) < 2:
        return next(iter(found), None)
    by_number = next(each for each in found if each.number == text.strip())
    other = next(each for each in found if each != by_number)
    said = message(
        "%(number)s may mean two holders: write %(one)s for the one whose number it "
        "is, or %(other)s for the one whose record has it here.",
        number=text.strip(),
        one=by_number.reference,
        other=other.number,
    )
    raise InvalidInput(said, field="holder")
