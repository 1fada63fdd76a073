"""Save column profiles, and withdraw them."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.intake.models import ColumnProfile
from armstrace.intake.profiles.schema import lacks, read_profile
from armstrace.records import lengths
from armstrace.records.rules import REASONED
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.messages import message


def save_profile(*, text: str, reason: str, by: Actor, at: datetime) -> ColumnProfile:
    """Save a column profile; a saved one of its name is superseded.

    Source:
        Rule of this design (what a file does not say, a profile states).
    """
    # A profile is for all who load such files, so that whoever mends none saves none.
    by.require("intake.mend")
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


def withdraw_profile(*, name: str, reason: str, by: Actor, at: datetime) -> None:
    """Withdraw a saved profile: no file is read by it any more.

    Its text stays as a superseded version, and files that were loaded by it keep it.

    Raises:
        RuleBroken: ``RS-01``, no reason is given.

    Source:
        Rule of this design (nothing is lost; a profile locks no file out).
    """
    by.require("intake.mend")
    lengths.require_reason(REASONED, reason)
    current = ColumnProfile.objects.current().filter(name=name)
    closed = list(current)
    if not closed:
        msg = message("No profile named %(name)s is saved.", name=name)
        raise NotFound(msg)
    with ledger.entry("intake.profile_withdrawn", by=by, at=at) as entry:
        current.update(superseded_at=at)
        entry.about_all(closed)
        # A version that ends when it begins says who withdrew it, and why.
        last = ColumnProfile.objects.create(
            name=name,
            kind=closed[0].kind,
            text="",
            saved_by=by.name,
            known_at=at,
            superseded_at=at,
            reason=reason.strip(),
        )
        entry.about(last)
