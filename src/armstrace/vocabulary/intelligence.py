"""What is said of subjects, and of two records that may be one.

Source:
    Directive (EU) 2016/680, arts. 6 and 7: categories of persons; facts told apart
    from assessments.
"""

from collections.abc import Mapping, Sequence

from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.networks import LinkKind, NodeKind


class PersonCategory(Code):
    """In what part a person stands in the records (art. 6)."""

    SUSPECT = "SUSPECT", "suspect"
    CONVICTED = "CONVICTED", "convicted"
    VICTIM = "VICTIM", "victim"
    OTHER = "OTHER", "witness, contact or other person"
    UNKNOWN = "UNKNOWN", "not known"


class Basis(Code):
    """Whether something is a fact or somebody's assessment of it (art. 7)."""

    FACT = "FACT", "fact"
    ASSESSMENT = "ASSESSMENT", "personal assessment"


class Sameness(Code):
    """A person's word on whether two records mean one and the same."""

    SAME = "SAME", "the same"
    DIFFERENT = "DIFFERENT", "different"
    UNSURE = "UNSURE", "cannot tell"
    WITHDRAWN = "WITHDRAWN", "decision withdrawn"


# Kinds of node that are recorded as subjects; the others have records of their own.
SUBJECT_KINDS = (
    NodeKind.PERSON, NodeKind.GROUP, NodeKind.ORGANISATION, NodeKind.ADDRESS,
    NodeKind.PHONE, NodeKind.VEHICLE, NodeKind.PARCEL, NodeKind.ACCOUNT, NodeKind.ROUTE,
)  # fmt: skip

# Links that follow from records; nobody asserts them.
COMPUTED_KINDS = (
    LinkKind.SAME_ARM, LinkKind.HELD_BY, LinkKind.BOUGHT_FROM, LinkKind.LOST_IN,
    LinkKind.SAME_CONSIGNMENT, LinkKind.FIRED_BY_SAME_ARM, LinkKind.NEAR_SERIAL,
    LinkKind.NEAR_IN_TIME_AND_PLACE, LinkKind.TAKEN_TOGETHER, LinkKind.IN_CASE,
    LinkKind.TRACED_TO, LinkKind.NEAR_NAME, LinkKind.MAYBE_SAME_ARM,
)  # fmt: skip

# Links that a person asserts; sameness is judged, not asserted.
ASSERTED_KINDS = tuple(
    kind
    for kind in LinkKind
    if kind not in COMPUTED_KINDS and kind is not LinkKind.SAME_PERSON
)

ACTORS = (NodeKind.PERSON, NodeKind.HOLDER, NodeKind.GROUP, NodeKind.ORGANISATION)
THINGS = (
    NodeKind.ARM, NodeKind.RECOVERY, NodeKind.LOSS, NodeKind.PHONE, NodeKind.VEHICLE,
    NodeKind.PARCEL, NodeKind.ACCOUNT,
)  # fmt: skip
_BODIES = (NodeKind.GROUP, NodeKind.ORGANISATION, NodeKind.HOLDER)
_HUMANS = (NodeKind.PERSON, NodeKind.HOLDER)
_SITES = (NodeKind.ADDRESS, NodeKind.ROUTE)

# From what to what each asserted link leads; one that is not named joins any two.
JOINED: Mapping[LinkKind, tuple[Sequence[NodeKind], Sequence[NodeKind]]] = {
    LinkKind.MEMBER_OF: (ACTORS, _BODIES),
    LinkKind.LEADS: (ACTORS, _BODIES),
    LinkKind.ASSOCIATE_OF: (ACTORS, ACTORS),
    LinkKind.RELATIVE_OF: (_HUMANS, _HUMANS),
    LinkKind.USES: (ACTORS, (*THINGS, *_SITES)),
    LinkKind.LIVES_AT: (_HUMANS, (NodeKind.ADDRESS,)),
    LinkKind.HAD: (ACTORS, THINGS),
    LinkKind.SUPPLIED: (ACTORS, (*ACTORS, *THINGS)),
    LinkKind.BROKERED: (ACTORS, ACTORS),
    LinkKind.SENT: ((*ACTORS, NodeKind.ADDRESS), (*ACTORS, *THINGS, NodeKind.ADDRESS)),
    LinkKind.RECEIVED: ((*ACTORS, NodeKind.ADDRESS), (*ACTORS, *THINGS)),
    LinkKind.TRAVELLED: ((*ACTORS, *THINGS), (NodeKind.VEHICLE, NodeKind.ROUTE)),
}
