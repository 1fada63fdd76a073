"""Rules of loading that need no database."""

from armstrace.vocabulary.actors import Agencies, Role
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

type Stated = tuple[str, Agencies]
"""The agency that a row states, and those for which the actor may record."""

type Granted = tuple[bool, Role, tuple[Role, ...]]
"""Whether an actor may record it, the actor's role, and the roles that may."""

# The fact is the columns that the profile reads and the file lacks.
NOTHING_BLANKED = Rule[tuple[str, ...]](
    "IN-07",
    lambda lacking: message(
        "It is on record already, and the file has no column %(columns)s, which the "
        "profile reads: what stands there on record would be lost; send the file "
        "with the column, or take it out of the profile.",
        columns=lacking,
    ),
    Source("design", "what a file does not state is not taken from the record"),
    lambda lacking: not lacking,
)

OPEN_AGENCY = Rule[Stated](
    "IN-06",
    lambda told: message(
        "It is a recovery of “%(agency)s”, and you may record those of %(own)s only; "
        "correct the agency, or let that agency load the row.",
        agency=told[0],
        own=told[1].own,
    ),
    Source("design", "an agency records its own recoveries"),
    lambda told: told[0] in told[1],
)

LOSSES_OPEN = Rule[Granted](
    "IN-08",
    lambda told: message(
        "It is a report of loss or theft, which the role “%(role)s” may not record; "
        "it waits for %(others)s.",
        role=told[1],
        others=list(told[2]),
    ),
    Source("design", "who may load a file loads the rows that the role may record"),
    lambda told: told[0],
)
