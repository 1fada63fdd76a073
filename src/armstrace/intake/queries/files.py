"""What can be asked about a file on its way in: how it is understood, what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from armstrace.intake import preview as previews
from armstrace.intake import recording
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.mapping import mapping_of
from armstrace.intake.models import ColumnProfile
from armstrace.intake.profiles import library
from armstrace.intake.profiles.propose import Proposal, propose_profile
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.tables import reading
from armstrace.intake.tables.headings import is_note, is_totals
from armstrace.jobs.running import Tell, tell_nobody
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rows import fill

LOOK_AT_ROWS = 500


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a file is understood: by a profile, or as is proposed."""

    # The profile whose headings the file has; None where none fits.
    profile: Profile | None
    # What its headings and values suggest, where no profile fits.
    proposal: Proposal | None
    # Why a profile that knows the file is not used.
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedProfile:
    """A profile that someone saved, as it stands now.

    Args:
        profile: What it says; None where its text can no longer be read.
        fault: Why it cannot be used, where it cannot.
    """

    name: str
    kind: IntakeKind
    text: str
    saved_by: str
    known_at: datetime
    reason: str
    profile: Profile | None
    fault: Message | None = None


@dataclass(frozen=True, slots=True)
class ProfileText:
    """A profile as it is written."""

    name: str
    kind: IntakeKind
    text: str
    # Who saved it, when and why; None for one that is shipped.
    saved: SavedProfile | None


def profiles(*, viewer: Actor) -> list[Profile]:
    """Give the saved profiles, then the shipped ones that none replaces."""
    viewer.require("intake.profiles")
    saved = _own_profiles()
    names = {profile.name for profile in saved}
    return [
        *saved,
        *(p for p in library.built_in_profiles().values() if p.name not in names),
    ]


def profiles_on_record(*, viewer: Actor) -> list[SavedProfile]:
    """Give the profiles that people saved, by their names."""
    viewer.require("intake.profiles")
    return list(map(_read_saved, ColumnProfile.objects.current().order_by("name")))


def profile_text(name: str, *, viewer: Actor) -> ProfileText:
    """Give the text of a profile, a saved one before a shipped one."""
    viewer.require("intake.profiles")
    row = ColumnProfile.objects.current().filter(name=name).first()
    if row is not None:
        saved = _read_saved(row)
        return ProfileText(name, saved.kind, row.text, saved)
    shipped = library.profile_named(name)
    return ProfileText(name, shipped.kind, shipped.text, None)


def profile_for(
    file: IncomingFile, *, viewer: Actor, kind: IntakeKind | None, name: str = ""
) -> Profile | None:
    """Find the profile of a file: the named one or one that fits, or None."""
    viewer.require("intake.view")
    if name:
        return _profile_named(name, kind)
    return _fitting(file, _beginning(file).headings, kind)[0]


def understanding(
    file: IncomingFile, *, viewer: Actor, kind: IntakeKind | None, name: str = ""
) -> Understanding:
    """Tell how a file is understood: by a profile, else as is proposed.

    A profile that fits its headings and lacks what every row needs does not stand in
    the way: the file is understood as is proposed, and a remark says why.
    """
    viewer.require("intake.view")
    if name:
        return Understanding(_profile_named(name, kind), None)
    beginning = _beginning(file)
    profile, remarks = _fitting(file, beginning.headings, kind)
    if profile is not None:
        return Understanding(profile, None, remarks)
    return Understanding(None, _propose(file, beginning, kind), remarks)


def proposal(file: IncomingFile, *, viewer: Actor, kind: IntakeKind | None) -> Proposal:
    """Propose how the columns of an unknown file may be understood."""
    viewer.require("intake.view")
    return _propose(file, _beginning(file), kind)


def preview(
    file: IncomingFile,
    profile: Profile,
    *,
    viewer: Actor,
    at: datetime,
    progress: Tell = tell_nobody,
    tell_rows: previews.TellRows | None = None,
) -> previews.Preview:
    """Tell what would become of a file's rows; nothing is written."""
    viewer.require("intake.load")
    recording.require_recording(profile.kind, by=viewer)
    return previews.look(
        file, profile, by=viewer, at=at, progress=progress, tell_rows=tell_rows
    )


def refusal_of(kind: IntakeKind, *, viewer: Actor) -> Message | None:
    """Say why the viewer may load no rows of a kind; None where it is open."""
    return recording.refusal_of(kind, by=viewer)


def _profile_named(name: str, kind: IntakeKind | None) -> Profile:
    profile = library.profile_named(name, _own_profiles())
    if kind not in (None, profile.kind):
        msg = message(
            "The profile %(name)s is for %(kind)s, not for %(wanted)s.",
            name=name,
            kind=profile.kind,
            wanted=kind,
        )
        raise InvalidInput(msg)
    return profile


def _fitting(
    file: IncomingFile, headings: Sequence[str], kind: IntakeKind | None
) -> tuple[Profile | None, tuple[Message, ...]]:
    remarks: list[Message] = []
    for profile in library.fitting(headings, kind=kind, others=_own_profiles()):
        try:
            mapping_of(profile, headings, name=file.name)
        except InvalidInput as why:
            remarks.append(
                message(
                    "The profile %(name)s is not used for this file: %(why)s",
                    name=profile.name,
                    why=why.message,
                )
            )
            continue
        return profile, tuple(remarks)
    return None, tuple(remarks)


def _propose(
    file: IncomingFile, beginning: "_Beginning", kind: IntakeKind | None
) -> Proposal:
    return propose_profile(
        beginning.headings,
        beginning.rows,
        kind=kind,
        name=file.name,
        title=beginning.title,
    )


def _own_profiles() -> list[Profile]:
    """Give the saved profiles that can be read; one that cannot locks nothing out."""
    rows = ColumnProfile.objects.current().order_by("name")
    return [
        found.profile for found in map(_read_saved, rows) if found.profile is not None
    ]


def _read_saved(row: ColumnProfile) -> SavedProfile:
    profile, fault = None, None
    try:
        profile = read_profile(row.text, origin=row.name)
    except InvalidInput as why:
        fault = why.message
    return fill(SavedProfile, row, profile=profile, fault=fault)


@dataclass(frozen=True, slots=True)
class _Beginning:
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    title: str


def _beginning(file: IncomingFile) -> _Beginning:
    known = library.all_headings(_own_profiles())
    request = reading.Request(file.path, file.name, known)
    with reading.open_table(request) as table:
        numbered = zip(table.rows, range(LOOK_AT_ROWS), strict=False)
        width = len(table.headings)
        rows = [
            row.cells
            for row, _ in numbered
            if not (row.is_blank or is_totals(row) or is_note(row, width))
        ]
        title = " ".join(cell for row in table.above for cell in row.cells if cell)
        return _Beginning(table.headings, rows, title)
