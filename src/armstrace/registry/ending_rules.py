"""Rules of an arm that ends at the desk, outside the stores and lots of the State."""

from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

ENDS = Source("protocol", "art. 6")

# The facts are what happens to the arm, and whether it is missing.
FOUND_FIRST = Rule[tuple[LifeEventKind, bool]](
    "RG-47",
    message("The arm is reported missing; record first that it was found again."),
    ENDS,
    lambda facts: facts[0] is not LifeEventKind.DESTROYED or not facts[1],
)
# The facts are what happened to the arm, and the document that says so.
PROVEN_END = Rule[tuple[LifeEventKind, str]](
    "RG-48",
    message(
        "A destruction is recorded with the number of the document that proves it; "
        "write it as the document."
    ),
    ENDS,
    lambda facts: facts[0] is not LifeEventKind.DESTROYED or is_visible(facts[1]),
)
