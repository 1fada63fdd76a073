"""Rules that every record keeps, whatever it is of."""

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

DESIGN = Source("design", "two times on every record")

REASONED = Rule[str](
    "RS-01",
    message("A correction needs a reason; write why the record changes."),
    DESIGN,
    is_visible,
)
"""The facts are the reason that is given."""

UNCONTESTED = Rule[bool](
    "RS-02",
    message(
        "A person has corrected this record since, and it is now stated in another "
        "way; compare the two and choose."
    ),
    DESIGN,
    lambda is_contested: not is_contested,
)
"""The fact is whether a person corrected what the source states anew."""
