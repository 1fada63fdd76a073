"""Which buttons a page offers: what the viewer may do to this record."""

from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import NotPermitted


def reaches(viewer: Actor, action: str, agency: str) -> bool:
    """Tell whether the viewer may do this to a record of this agency."""
    try:
        viewer.require(action, agency=agency)
    except NotPermitted:
        return False
    return True
