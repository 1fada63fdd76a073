"""Save column profiles."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.intake.models import ColumnProfile
from armstrace.intake.profiles.schema import lacks, read_profile
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import message


def save_profile(*, text: str, reason: str, by: Actor, at: datetime) -> ColumnProfile:
    """Save a column profile; a saved one of its name is superseded.

    Args:
        text: The profile as TOML.
        reason: Why it is saved or changed.
        by: Who saves it.
        at: When, with time zone.

    Returns:
        The saved profile.

    Raises:
        NotPermitted: ``by`` may not load files.
        InvalidInput: The text is no profile, or leaves open what every row needs;
            the sentence names the first fault.

    Source:
        Rule of this design (what a file does not say, a profile states).
    """
    by.require("intake.load")
    lengths.require_fits(reason, lengths.REASON)
    profile = read_profile(text, origin="the profile")
    for lack in lacks(profile):
        raise InvalidInput(message("The profile is not saved: %(lack)s", lack=lack))
    with ledger.entry("intake.profile_saved", by=by, at=at) as entry:
        current = ColumnProfile.objects.current().filter(name=profile.name)
        closed = list(current)
        current.update(superseded_at=at)
        entry.about_all(closed)
        saved = ColumnProfile.objects.create(
            name=profile.name,
            kind=profile.kind.value,
            text=text,
            saved_by=by.name,
            known_at=at,
            reason=reason,
        )
        entry.about(saved)
    return saved
